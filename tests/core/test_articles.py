"""Places in the law as people write them."""

import pytest

from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.core.articles import overlap, places, typed_place, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pasal 94", ["Pasal 94"]),
        ("Pasal 94 huruf b", ["Pasal 94 huruf b"]),
        ("Pasal 187A ayat (2)", ["Pasal 187A ayat (2)"]),
        ("Pasal 120 ayat (1)–(2)", ["Pasal 120 ayat (1)", "Pasal 120 ayat (2)"]),
        ("Pasal 120 ayat (1)-(3)", [f"Pasal 120 ayat ({n})" for n in (1, 2, 3)]),
        ("Pasal 155 dan Pasal 159", ["Pasal 155", "Pasal 159"]),
        ("Pasal 1 angka 4 dan 5", ["Pasal 1 angka 4", "Pasal 1 angka 5"]),
        ("Pasal 113 ayat (2) huruf c–d", ["Pasal 113 ayat (2) huruf c", "Pasal 113 ayat (2) huruf d"]),
        ("Pasal 51 ayat (7) (PPK); Pasal 54 ayat (7) (PPS)", ["Pasal 51 ayat (7)", "Pasal 54 ayat (7)"]),
        ("Pasal 120 ayat (1), Pasal 121 ayat (1)", ["Pasal 120 ayat (1)", "Pasal 121 ayat (1)"]),
    ],
)
def test_a_text_names_places_with_lists_and_ranges_spelt_out(text, expected):
    assert [written(place) for place in places(text)] == expected


@pytest.mark.parametrize("text", ["judul", "", "Pasal", "Pasal abc", "ayat (2)", "Pasal 1 dan seterusnya"])
def test_what_cannot_be_read_is_not_guessed(text):
    assert places(text) is None


def test_only_one_article_of_the_register_of_facts_cannot_be_read():
    unread = {fact.article for fact in load_facts().values() if fact.article and not places(fact.article)}
    assert unread == {"judul"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (" 94 ", "Pasal 94"),
        ("187a", "Pasal 187A"),
        ("120 ayat (2)", "Pasal 120 ayat (2)"),
        ("pasal 120 ayat 2", "Pasal 120 ayat (2)"),
        ("Ps. 120", "Pasal 120"),
        ("Pasal 94 huruf B", "Pasal 94 huruf b"),
        ("Pasal 94 sampai 95 dan lain-lain", None),
        ("1-3", None),
        ("Lampiran", None),
        ("", None),
    ],
)
def test_one_place_is_understood_as_people_type_it(typed, expected):
    assert typed_place(typed) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Pasal 94", "Pasal 94 huruf b", True),
        ("Pasal 94 huruf b", "Pasal 94 huruf b", True),
        ("Pasal 94 huruf a", "Pasal 94 huruf b", False),
        ("Pasal 9", "Pasal 94", False),
        ("Pasal 94 ayat (1)", "Pasal 94 huruf b", True),
    ],
)
def test_a_place_overlaps_what_lies_within_it(one, other, expected):
    assert overlap(places(one)[0], places(other)[0]) is expected
