"""Each person sees an own order, the same again after a reload and on every Python."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.presentation import present


@dataclass(frozen=True)
class Placed:
    position: int
    content: dict[str, Any] = field(
        default_factory=lambda: {"type": "single_choice", "options": [{"id": i} for i in "abcd"]}
    )


FORM = [Placed(position) for position in range(1, 6)]


def test_the_order_is_the_one_that_was_worked_out_once():
    assert present(FORM, 1) == {
        "items": [4, 2, 1, 5, 3],
        "options": {
            "4": ["d", "c", "a", "b"],
            "2": ["d", "c", "a", "b"],
            "1": ["a", "b", "d", "c"],
            "5": ["a", "c", "d", "b"],
            "3": ["d", "c", "a", "b"],
        },
        "drawn": {},
    }


@given(st.integers(0, 2**63))
def test_everything_is_shown_once_and_nothing_else(seed):
    shown = present(FORM, seed)
    assert sorted(shown["items"]) == [1, 2, 3, 4, 5]
    assert set(shown["options"]) == {"1", "2", "3", "4", "5"}
    assert all(sorted(options) == list("abcd") for options in shown["options"].values())


@given(st.permutations(FORM), st.integers(0, 2**63))
def test_the_order_in_which_the_form_is_read_does_not_matter(form, seed):
    assert present(form, seed) == present(FORM, seed)


def test_neighbours_see_different_orders():
    assert len({tuple(present(FORM, seed)["items"]) for seed in range(50)}) > 30


def test_the_key_stands_at_every_place_about_equally_often():
    places = [present(FORM, seed)["options"]["1"].index("b") for seed in range(400)]
    assert all(70 <= places.count(place) <= 130 for place in range(4))
