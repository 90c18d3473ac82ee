"""Answer sheets: every type has places, and what stands in them comes back as the answer."""

from __future__ import annotations

from typing import Any

import pytest

from kapuas_quiz.core.items import Content, accepts, arrange, draw, grade, key_answer, present, seen
from kapuas_quiz.core.paper import Slot, read_sheet, slots_of, tally, written
from kapuas_quiz.core.presentation import booklet_seed, present_booklet
from tests.core.items.samples import DRAWN, KEYS, content

SEED = 5


def drawn(name: str) -> Content:
    whole = content(name)
    return seen(whole, draw(whole, SEED))


def places(name: str, position: int = 7) -> tuple[Slot, ...]:
    whole = drawn(name)
    return slots_of([(position, present(whole, arrange(whole, SEED)))])


@pytest.mark.parametrize("name", [*KEYS, *DRAWN])
def test_the_right_answer_written_on_a_sheet_is_read_as_the_right_answer(name: str) -> None:
    slots, key = places(name), key_answer(drawn(name))
    answers, faults = read_sheet(slots, {slot.label: written(slot, key) for slot in slots})
    assert (answers, faults) == ({7: key}, ())
    assert grade(drawn(name), answers[7]) == 1.0


@pytest.mark.parametrize("name", [*KEYS, *DRAWN])
def test_an_empty_sheet_answers_nothing(name: str) -> None:
    assert read_sheet(places(name), {}) == ({7: None}, ())
    assert accepts(drawn(name), None)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("b", "b"), (" B ", "b"), ("2", "b"), ("0", None), ("-", None), ("", None)],
)
def test_letters_in_any_case_numbers_for_letters_and_signs_for_blank(typed: str, answer: Any) -> None:
    slot = Slot(1, "1", None, {"A": "a", "B": "b"})
    assert read_sheet([slot], {"1": typed}) == ({1: answer}, ())


@pytest.mark.parametrize("typed", ["C", "3", "AB", "?", "x" * 300])
def test_what_is_no_option_is_named(typed: str) -> None:
    slot = Slot(1, "1", None, {"A": "a", "B": "b"})
    assert read_sheet([slot], {"1": typed}) == ({1: None}, ("1",))


def test_several_letters_may_stand_together_in_any_order() -> None:
    slot = Slot(3, "3", "", {"A": "a", "B": "b", "C": "c"}, many=True)
    assert read_sheet([slot], {"3": "c, A"}) == ({3: {"a": "1", "c": "1"}}, ())
    assert read_sheet([slot], {"3": "ad"})[1] == ("3",)


def test_a_zero_is_an_answer_where_numbers_are_written() -> None:
    (slot,) = places("number")
    assert read_sheet([slot], {"7": "0"})[0] == {7: {slot.field: "0"}}


def test_ranks_are_numbers_of_the_steps_and_never_letters() -> None:
    first = places("ordering")[0]
    assert first.label == "7A"
    assert read_sheet([first], {"7A": "A"})[1] == ("7A",)


def test_the_tally_counts_letters_other_answers_and_blanks() -> None:
    choice, words = Slot(1, "1", None, {"A": "a", "B": "b"}), Slot(2, "2", "teks", {})
    slots = [choice, Slot(3, "3", None, choice.marks), Slot(4, "4", None, choice.marks), words]
    assert str(tally(slots, {"1": "a", "3": "A", "4": "0", "2": "KPU"})) == "A2 lain 1 kosong 1"


class Placed:
    """An item at a place."""

    def __init__(self, position: int, whole: Content) -> None:
        self.position, self.content = position, whole


def test_a_booklet_keeps_the_order_of_the_form_and_is_the_same_for_everybody() -> None:
    items = [Placed(number, content(name)) for number, name in enumerate([*KEYS, *DRAWN], 1)]
    seed = booklet_seed("sidik", 1)
    one = present_booklet(items, seed)
    assert one["items"] == list(range(1, len(items) + 1))
    assert one == present_booklet(list(reversed(items)), seed)
    other = present_booklet(items, booklet_seed("sidik", 2))
    assert one["drawn"] != other["drawn"]
