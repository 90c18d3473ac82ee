"""Kecamatan and desa as people write them."""

import csv
from collections import Counter

import pytest

from kapuas_quiz.core.places import Gazetteer, likeness, place_key, read_places
from kapuas_quiz.settings import ROOT

WAVE_3 = ["Timpah", "Kapuas Tengah", "Kapuas Hulu", "Mandau Talawang", "Pasak Talawang", "Mantangai"]


@pytest.fixture(scope="module")
def kapuas() -> Gazetteer:
    with (ROOT / "kapuas_quiz" / "data" / "wilayah.csv").open(encoding="utf-8", newline="") as file:
        return read_places(csv.DictReader(file))


def test_the_regency_has_17_kecamatan_and_231_desa_and_kelurahan(kapuas: Gazetteer) -> None:
    assert len(kapuas.kecamatan) == 17
    assert len(kapuas.desa_of("")) == 231
    assert len(kapuas.desa_of("62.03.09")) == 38


def test_no_two_places_beside_each_other_are_confused(kapuas: Gazetteer) -> None:
    for kecamatan in kapuas.kecamatan:
        keys = Counter(place_key(desa.name) for desa in kapuas.desa_of(kecamatan.code))
        assert max(keys.values()) == 1
    assert len({place_key(one.name) for one in kapuas.kecamatan}) == 17


def test_every_place_is_found_by_its_own_name(kapuas: Gazetteer) -> None:
    for place in kapuas.places:
        found = (
            kapuas.match_kecamatan(place.name)
            if place.is_kecamatan
            else kapuas.match_desa(place.name.upper(), place.kecamatan_code)
        )
        assert found.exact == place


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kapuas tengah", "Kapuas Tengah"),
        ("KEC. KAPUAS TENGAH", "Kapuas Tengah"),
        ("Kaps. Tengah", "Kapuas Tengah"),
        ("Kaps.Hulu", "Kapuas Hulu"),
        ("  Kecamatan   Mandau-Talawang ", "Mandau Talawang"),
        ("Pasak Tlwg.", "Pasak Talawang"),
        ("PPK Timpah", "Timpah"),
        ("Mantangai", "Mantangai"),
    ],
)
def test_a_kecamatan_is_found_as_people_write_it(kapuas: Gazetteer, written: str, meant: str) -> None:
    found = kapuas.match_kecamatan(written).exact
    assert found is not None and found.name == meant


@pytest.mark.parametrize(
    ("written", "kecamatan", "meant"),
    [
        ("Ds. Tbg. Muroi", "62.03.09", "Tumbang Muroi"),
        ("Sungai Kapar", "62.03.09", "Sei Kapar"),
        ("SRI WIDADI", "62.03.09", "Sriwidadi"),
        ("Karetau Mantaa", "62.03.15", "Karetau Manta'a"),
        ("Karetau Manta’a", "62.03.15", "Karetau Manta'a"),
        ("Barunang 2", "62.03.12", "Barunang II"),
        ("Kel. Selat Hilir", "62.03.01", "Selat Hilir"),
        ("Timpah", "62.03.10", "Timpah"),
    ],
)
def test_a_desa_is_found_as_people_write_it(
    kapuas: Gazetteer, written: str, kecamatan: str, meant: str
) -> None:
    found = kapuas.match_desa(written, kecamatan).exact
    assert found is not None and found.name == meant


def test_a_near_miss_is_suggested_and_not_taken(kapuas: Gazetteer) -> None:
    found = kapuas.match_kecamatan("Mantangi")
    assert found.exact is None
    assert [place.name for place in found.near] == ["Mantangai"]
    assert likeness("Mantangi", found.near[0]) > 0.9


def test_the_beginning_of_a_name_is_suggested(kapuas: Gazetteer) -> None:
    assert [p.name for p in kapuas.match_desa("Lahei", "62.03.09").near] == ["Lahei Mangkutup"]


def test_a_name_that_two_kecamatan_share_is_not_decided(kapuas: Gazetteer) -> None:
    found = kapuas.match_desa("Sidomulyo")
    assert found.exact is None
    assert {place.kecamatan for place in found.near} == {"Mantangai", "Tamban Catur"}


@pytest.mark.parametrize("text", ["", "  ", "–", "Jakarta Selatan Raya", "12345"])
def test_what_is_no_place_here_has_no_match(kapuas: Gazetteer, text: str) -> None:
    found = kapuas.match_kecamatan(text)
    assert found.exact is None and found.near == ()


def test_a_name_is_found_by_code_and_an_unknown_code_stands_for_itself(kapuas: Gazetteer) -> None:
    assert kapuas.name("62.03.10.2004") == "Timpah"
    assert kapuas.name("00.00") == "00.00"
    assert [kapuas.match_kecamatan(name).exact is not None for name in WAVE_3] == [True] * 6
