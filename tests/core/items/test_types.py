"""Every type that is the same for everybody: graded by hand-worked examples, and silent about its key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kapuas_quiz.core.items import (
    accepts,
    arrange,
    draw,
    explain,
    grade,
    key_answer,
    present,
    say,
    seen,
    unread,
)
from kapuas_quiz.core.items.ordering import opaque_id
from tests.core.items.samples import DRAWN, KEYS, OPTIONS, content

BUKA, HITUNG, CATAT, SEGEL = (opaque_id(text) for text in ("Buka", "Hitung", "Catat", "Segel"))
LEFT = [opaque_id(f"<Kiri {n}") for n in (1, 2, 3)]
RIGHT = [opaque_id(f"Kanan {n}") for n in (1, 2, 3)]


@pytest.mark.parametrize("name", KEYS)
def test_the_right_answer_is_accepted_and_earns_the_whole_point(name: str) -> None:
    whole = content(name)
    assert accepts(whole, key_answer(whole))
    assert grade(whole, key_answer(whole)) == 1.0
    assert say(whole, key_answer(whole))


@pytest.mark.parametrize("name", DRAWN)
def test_the_right_answer_to_an_own_item_earns_the_whole_point_there(name: str) -> None:
    for seed in range(5):
        own = seen(content(name), draw(content(name), seed))
        assert grade(own, key_answer(own)) == 1.0


@pytest.mark.parametrize("name", KEYS | DRAWN)
@pytest.mark.parametrize("nonsense", [7, True, ["a"], {}, {"x": "1"}, {"x": 1}, "zzz", {1: "a"}])
def test_nonsense_is_no_answer_to_any_type(name: str, nonsense: Any) -> None:
    assert not accepts(content(name), nonsense)
    assert grade(content(name), nonsense) is None


@pytest.mark.parametrize("name", KEYS | DRAWN)
def test_no_right_answer_and_no_missing_one_is_unread(name: str) -> None:
    own = seen(content(name), draw(content(name), 1))
    assert not unread(own, key_answer(own))
    assert not unread(own, None)


@pytest.mark.parametrize("typed", ["tujuh", "sekitar 600", "6oo"])
def test_words_where_a_number_is_asked_are_unread(typed: str) -> None:
    assert unread(content("number"), {"nilai": typed})
    part = {"id": "p9", "type": "number", "key": 600, "tolerance": 0, "unit": "pemilih"}
    scene = {"type": "case", "parts": [*content("case")["parts"], part]}
    assert unread(scene, {"p9.nilai": typed})
    assert not unread(scene, {"p9.nilai": "600 pemilih"})
    form = seen(content("result_form"), draw(content("result_form"), 1))
    assert unread(form, {next(iter(key_answer(form))): typed})


@pytest.mark.parametrize("name", KEYS)
def test_an_answer_taken_back_is_accepted_and_not_graded(name: str) -> None:
    assert accepts(content(name), None)
    assert grade(content(name), None) is None
    assert say(content(name), None) == ""


OTHER_KEYS: dict[str, dict[str, Any]] = {
    "single_choice": {"key": "d"},
    "true_false": {"key": "benar"},
    "multiple_response": {"keys": ["b", "d", "e"], "scoring": "semua"},
    "ordering": {"steps": ["Segel", "Catat", "Hitung", "Buka"]},
    "matching": {
        "pairs": [{"left": f"Kiri {n}", "right": f"Kanan {4 - n}"} for n in (1, 2, 3)],
        "extra": ["Kanan lain"],
    },
    "number": {"key": 7, "tolerance": 2},
    "short_text": {"accepted": ["lain"]},
    "case": {
        "parts": [
            {"id": "p1", "type": "single_choice", "options": OPTIONS, "key": "c"},
            {"id": "p2", "type": "number", "key": 1},
            {"id": "p3", "type": "multiple_response", "options": OPTIONS, "keys": ["e"]},
            {"id": "p4", "type": "short_text", "accepted": ["Bawaslu"]},
        ]
    },
}


@pytest.mark.parametrize("name", KEYS)
def test_another_key_does_not_change_what_a_phone_gets(name: str) -> None:
    one, other = content(name), content(name, rationale="Lain.", **OTHER_KEYS[name])
    assert key_answer(one) != key_answer(other)
    order = sorted(arrange(one, 1))
    assert sorted(arrange(other, 1)) == order
    assert json.dumps(present(one)) == json.dumps(present(other))
    if name != "matching":
        return
    assert [row["id"] for row in present(one)["rows"]] == LEFT


def chosen(*ids: str) -> dict[str, str]:
    return dict.fromkeys(ids, "1")


@pytest.mark.parametrize(
    ("name", "answer", "points"),
    [
        ("true_false", "salah", 1.0),
        ("true_false", "benar", 0.0),
        ("multiple_response", chosen("a"), 0.5),
        ("multiple_response", chosen("a", "c", "b"), 0.5),
        ("multiple_response", chosen("a", "b"), 0.0),
        ("multiple_response", chosen("b", "d", "e"), 0.0),
        # Six pairs of steps; one neighbouring swap turns one of them: (5 - 1) / 6.
        ("ordering", {BUKA: "2", HITUNG: "1", CATAT: "3", SEGEL: "4"}, 4 / 6),
        ("ordering", {BUKA: "4", HITUNG: "3", CATAT: "2", SEGEL: "1"}, 0.0),
        ("ordering", {BUKA: "1", HITUNG: "2"}, 1 / 6),
        ("ordering", {BUKA: "1", HITUNG: "1", CATAT: "1", SEGEL: "1"}, 0.0),
        ("matching", {LEFT[0]: RIGHT[0], LEFT[1]: RIGHT[0]}, 1 / 3),
        ("matching", {LEFT[0]: opaque_id("Kanan lain")}, 0.0),
        ("number", {"nilai": "1.200"}, 1.0),
        ("number", {"nilai": "1200"}, 1.0),
        ("number", {"nilai": " 1 200,0 "}, 1.0),
        ("number", {"nilai": "1,200"}, 0.0),
        ("number", {"nilai": "1201"}, 0.0),
        ("number", {"nilai": "1.200 pemilih"}, 1.0),
        ("number", {"nilai": "+1200"}, 1.0),
        ("number", {"nilai": "1.200 kursi"}, 0.0),
        ("number", {"nilai": "seribu"}, 0.0),
        ("short_text", {"teks": "KOTAK   suara."}, 1.0),
        ("short_text", {"teks": "kotak"}, 1.0),
        ("short_text", {"teks": "bilik"}, 0.0),
        # Four parts: right, right, half, none.
        ("case", {"p1": "b", "p2.nilai": "12,5", "p3.a": "1"}, 2.5 / 4),
        ("case", {"p4.teks": "panwascam"}, 1 / 4),
    ],
)
def test_points_are_those_worked_out_by_hand(name: str, answer: Any, points: float) -> None:
    assert grade(content(name), answer) == pytest.approx(points)


def test_all_or_nothing_is_all_or_nothing() -> None:
    strict = content("multiple_response", scoring="semua")
    assert grade(strict, chosen("a")) == 0.0
    assert grade(strict, chosen("a", "b", "c")) == 0.0
    assert grade(strict, chosen("a", "c")) == 1.0


def test_a_tolerance_is_absolute_and_includes_its_ends() -> None:
    about = content("number", tolerance=5)
    assert [grade(about, {"nilai": text}) for text in ("1.195", "1205", "1194", "1205,1")] == [1, 1, 0, 0]


def test_a_step_order_is_never_shown_as_it_should_become() -> None:
    steps = content("ordering")
    right = [step["id"] for step in steps["steps"]]
    orders = {tuple(arrange(steps, seed)) for seed in range(300)}
    assert tuple(right) not in orders
    assert len(orders) > 15


def test_an_option_that_is_to_stay_last_does() -> None:
    options = [*OPTIONS[:4], {"id": "e", "text": "Tidak satu pun", "last": True}]
    for name in ("single_choice", "multiple_response"):
        kept = content(name, options=options)
        assert {arrange(kept, seed)[-1] for seed in range(50)} == {"e"}


def test_the_options_of_a_part_are_shuffled_within_the_part() -> None:
    case = content("case")
    orders = {
        tuple(option["id"] for option in present(case, arrange(case, seed))["parts"][0]["options"])
        for seed in range(50)
    }
    assert len(orders) > 20
    assert [part["id"] for part in present(case, arrange(case, 3))["parts"]] == ["p1", "p2", "p3", "p4"]


def test_answers_are_said_as_a_person_would_read_them() -> None:
    assert say(content("multiple_response"), chosen("c", "a")) == "Pilihan a; Pilihan c"
    assert say(content("ordering"), {HITUNG: "1", BUKA: "2"}) == "1. Hitung; 2. Buka"
    assert say(content("matching"), {LEFT[1]: RIGHT[0]}) == "Kiri 2 – Kanan 1"
    assert say(content("number"), {"nilai": "1.200"}) == "1.200 pemilih"
    assert say(content("number"), {"nilai": "1.200 Pemilih"}) == "1.200 Pemilih"
    assert explain(content("number", tolerance=5)).key_text == "1.200 ± 5 pemilih"
    assert explain(content("case")).key_text == "1. Pilihan b; 2. 12,5; 3. Pilihan a; Pilihan c; 4. Panwascam"
