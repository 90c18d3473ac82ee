"""What can be read out: every answer of few possibilities has digits, and the digits give it back."""

from __future__ import annotations

import random
from math import prod
from typing import Any

import pytest

from kapuas_quiz.core.items import ITEM_TYPES, accepts, arrange, draw, key_answer, possible, seen
from kapuas_quiz.core.items.read_out import MOST_WAYS, answer_of, digits_of, radices
from tests.core.items.samples import content

TYPED = {"number", "short_text", "result_form", "case"}
"""The sample of a case has parts that are typed."""


def drawn(name: str, **changes: Any) -> dict[str, Any]:
    whole = content(name, **changes)
    return dict(seen(whole, draw(whole, 7)))


@pytest.mark.parametrize("name", sorted(ITEM_TYPES.keys() - TYPED))
def test_an_answer_is_its_digits(name: str) -> None:
    item, dice = drawn(name), random.Random(name)
    parts = possible(item, arrange(item, 7))
    assert parts is not None
    assert answer_of(parts, digits_of(parts, key_answer(item))) == key_answer(item)
    for _ in range(50):
        digits = [dice.randrange(radix) for radix in radices(parts)]
        answer = answer_of(parts, digits)
        assert digits_of(parts, answer) == digits
        assert accepts(item, answer)


@pytest.mark.parametrize("name", sorted(TYPED))
def test_what_is_typed_cannot_be_read_out(name: str) -> None:
    assert possible(content(name)) is None


def test_a_case_of_choices_can_be_read_out() -> None:
    choices = [{"id": letter, "text": letter} for letter in "abc"]
    item = content(
        "case",
        parts=[
            {"id": "p1", "type": "single_choice", "options": choices, "key": "b"},
            {"id": "p2", "type": "multiple_response", "options": choices, "keys": ["a", "c"]},
            {"id": "p3", "type": "true_false", "key": "benar"},
        ],
    )
    parts = possible(item, arrange(item, 3))
    assert parts is not None
    answer = {"p1": "c", "p2.a": "1", "p2.b": "1", "p3": "salah"}
    assert answer_of(parts, digits_of(parts, answer)) == answer


def test_options_stand_in_the_order_in_which_the_person_sees_them() -> None:
    item = content("single_choice")
    order = arrange(item, 12345)
    assert possible(item, order) == [([""], order)]


def test_what_would_be_too_long_is_left_to_the_picture() -> None:
    many = [{"id": letter, "text": letter} for letter in "abcdefg"]
    part = {"type": "multiple_response", "options": many, "keys": ["a"]}
    item = content("case", parts=[{"id": f"p{n}", **part} for n in range(4)])
    parts = ITEM_TYPES["case"].possible(item, arrange(item, 1))
    assert parts is not None
    assert prod(radices(parts)) > MOST_WAYS
    assert possible(item, arrange(item, 1)) is None
