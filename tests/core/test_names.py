"""Names of people: kept as written, compared without titles."""

import pytest

from kapuas_quiz.core.names import are_alike, clean, name_fault, name_key


@pytest.mark.parametrize(
    "written",
    [
        "Nila Pertiwi",
        "NILA PERTIWI",
        "Hj. Nila Pertiwi, S.Sos",
        "Dra. Nila Pertiwi, M.Si",
        "Nila Pertiwi S.Pd.I",
        "  nila   pertiwi, A.Md.Kep., SKM ",
        "Níla Pertiwi",
    ],
)
def test_titles_and_case_do_not_make_another_person(written: str) -> None:
    assert name_key(written) == "nila pertiwi"


@pytest.mark.parametrize("name", ["Se", "St", "H", "M. Rimba", "Gita SE Permata"])
def test_a_name_is_never_eaten_by_its_titles(name: str) -> None:
    assert name_key(name)


def test_apostrophes_of_every_kind_are_one() -> None:
    assert name_key("Ma'ruf") == name_key("Ma’ruf") == name_key("Ma`ruf") == "maruf"


def test_two_spellings_are_alike_and_two_people_are_not() -> None:
    assert are_alike("nila pertiwi", "nila pertiwy")
    assert not are_alike("nila pertiwi", "gita pertiwi")


def test_white_space_and_invisible_characters_are_cleaned() -> None:
    assert clean(" Nila\u200b \n Pertiwi\u00a0 ") == "Nila Pertiwi"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "nama-kosong"),
        ("--", "nama-tanpa-huruf"),
        ("x" * 121, "nama-panjang"),
        ("Nila 6203101504850001", "nama-berangka"),
        ("=Nila Pertiwi", "nama-tanda-lain"),
        ("<b>Nila</b>", "nama-tanda-lain"),
        ("Nila_Pertiwi", "nama-tanda-lain"),
        ("Nila", None),
        ("D'Rimba Samudra", None),
        ('Gita "Ita" Permata, S.Sos.', None),
    ],
)
def test_a_fault_is_named(name: str, fault: str | None) -> None:
    assert name_fault(name) == fault
