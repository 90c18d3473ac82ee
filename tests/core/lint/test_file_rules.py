"""Rules about a whole file, likeness between items, and waivers."""

import random

import pytest

from kapuas_quiz.core.authored import Waiver
from kapuas_quiz.core.items.ballot import BallotSource
from kapuas_quiz.core.lint import Batch, lint, view
from tests.core.bank_samples import raw_item
from tests.core.lint.judging import found, judged, options, single

LEVELS = ("ingat", "paham", "terapkan")


def spread_over(*keys: str) -> list:
    return [single(at + 1, key=key, options=options("Satu", "Dua", "Tiga")) for at, key in enumerate(keys)]


def waiver(rule: str = "pokok-soal-negatif") -> dict[str, str]:
    return {"rule": rule, "reason": "Pengecualian diuji di sini."}


def test_keys_that_gather_at_one_position_are_found():
    assert found("letak-kunci", *spread_over(*"b" * 12))[0][0] == ("items",)
    assert found("letak-kunci", *spread_over(*"abc" * 4)) == []


def test_a_few_items_prove_nothing():
    assert found("letak-kunci", *spread_over(*"b" * 7)) == []


def test_a_key_that_is_too_often_the_longest_is_found():
    long = [single(n, options=options("Satu", "Dua puluh", "Tiga"), key="b") for n in range(1, 13)]
    assert found("kunci-sering-terpanjang", *long)
    assert found("kunci-sering-terpanjang", *[single(n, key="a") for n in range(1, 13)]) == []


def test_a_level_without_items_is_found():
    assert [m for _, m in found("jenjang-kosong", single(level="paham"))] == [
        "belum ada soal jenjang 'ingat'; tambahkan.",
        "belum ada soal jenjang 'terapkan'; tambahkan.",
    ]
    assert found("jenjang-kosong", *[single(n, level=level) for n, level in enumerate(LEVELS, 1)]) == []


STEM = "Kotak suara tiba di kelurahan pada malam hari tanpa segel. Apa yang dilakukan PPS?"


def test_the_same_item_twice_stops():
    (remark,) = [r for r in judged(single(1, stem=STEM), single(2, stem=STEM)) if r.rule.id == "soal-kembar"]
    assert (remark.rule.severity, remark.place.path) == ("galat", ("items", 1, "stem"))
    assert found("soal-mirip", single(1, stem=STEM), single(2, stem=STEM)) == []


def test_a_stem_nearly_like_an_earlier_one_is_found():
    other = STEM.replace("PPS", "PPK").upper()
    assert found("soal-mirip", single(1, stem=STEM), single(2, stem=other))
    far = "Berapa lama pengumuman ditempel di kelurahan setelah kotak suara tiba?"
    assert found("soal-mirip", single(1, stem=STEM), single(2, stem=far)) == []


def test_likeness_is_found_across_files():
    banks = [view(0, "08-logistik", [single(1, stem=STEM)]), view(1, "09-koordinasi", [single(1, stem=STEM)])]
    (remark,) = [r for r in lint(Batch(banks, {})) if r.rule.id == "soal-kembar"]
    assert (remark.place.bank, remark.message) == (1, "sama dengan soal logistik-001; hapus salah satu.")


def test_the_near_likeness_found_cheaply_is_the_one_found_by_comparing_all():
    from kapuas_quiz.core.lint.likeness import LIKE, _alike, _runs

    chance = random.Random(3)
    stems = [" ".join(chance.choices("satu dua tiga empat".split(), k=6)) for _ in range(60)]
    sets = [_runs(stem) for stem in stems]
    slow = {
        later
        for later in range(len(sets))
        for earlier in range(later)
        if len(sets[later] & sets[earlier]) / len(sets[later] | sets[earlier]) >= LIKE
    }
    assert {later for later, _, _ in _alike(sets)} == slow
    assert 5 < len(slow) < 60


def test_ballots_with_one_stem_and_other_cells_are_not_alike():
    values = {key: value for key, value in raw_item().items() if key not in ("options", "key")}
    ballots = [
        BallotSource.model_validate(
            {**values, "id": f"logistik-{n:03}", "type": "ballot", "pairs": 2, "cells": [f"sel-{n}"]}
        )
        for n in (1, 2)
    ]
    assert found("soal-kembar", *ballots) == found("soal-mirip", *ballots) == []


NEGATIVE = "Manakah yang bukan tugas?"


def test_a_waiver_with_a_reason_sets_a_warning_aside_and_keeps_the_reason():
    item = single(stem=NEGATIVE, waive=[waiver()])
    (remark,) = [r for r in judged(item) if r.rule.id == "pokok-soal-negatif"]
    assert remark.waived == "Pengecualian diuji di sini."
    assert found("waive-menganggur", item) == []


def test_a_waiver_of_one_item_does_not_cover_another():
    remarks = judged(single(1, stem=NEGATIVE, waive=[waiver()]), single(2, stem="Apa yang tidak boleh?"))
    assert [r.waived is None for r in remarks if r.rule.id == "pokok-soal-negatif"] == [False, True]


def test_a_waiver_that_sets_nothing_aside_is_to_be_deleted():
    assert found("waive-menganggur", single(waive=[waiver()])) == [
        (
            ("items", 0, "waive", 0, "rule"),
            "'pokok-soal-negatif' tidak menemukan apa-apa lagi di sini; hapus.",
        )
    ]


def test_a_waiver_stands_where_its_rule_belongs():
    at_item = found("waive-menganggur", single(waive=[waiver("jenjang-kosong")]))
    assert "di atas items" in at_item[0][1]
    at_file = found("waive-menganggur", single(stem=NEGATIVE), waive=[Waiver.model_validate(waiver())])
    assert "waive soal itu" in at_file[0][1]


def test_a_waiver_at_the_top_covers_the_file():
    remarks = judged(single(), waive=[Waiver.model_validate(waiver("jenjang-kosong"))])
    assert {r.waived is not None for r in remarks if r.rule.id == "jenjang-kosong"} == {True}


def test_an_error_cannot_be_waived():
    twins = (single(1, stem=STEM), single(2, stem=STEM, waive=[waiver("soal-kembar")]))
    assert [r.waived for r in judged(*twins) if r.rule.id == "soal-kembar"] == [None]
    assert "tidak dapat dikesampingkan" in found("waive-menganggur", *twins)[0][1]


@pytest.mark.parametrize("name", ["salah-ketik", "waive-menganggur"])
def test_a_waiver_of_no_rule_is_an_error(name):
    (remark,) = [r for r in judged(single(waive=[waiver(name)])) if r.rule.id == "waive-tak-dikenal"]
    assert remark.rule.severity == "galat" and name in remark.message


def test_a_waiver_about_likeness_is_not_judged_while_files_are_missing():
    item = single(waive=[waiver("soal-mirip")])
    assert found("waive-menganggur", item)
    assert found("waive-menganggur", item, complete=False) == []
