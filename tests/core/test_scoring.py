"""Points by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapuas_quiz.core.scoring import Points, grade_answers, score


@dataclass(frozen=True)
class Place:
    position: int
    competency: str
    content: Mapping[str, Any]


def grade(content: Mapping[str, Any], answer: Any) -> float | None:
    """Grade a stand-in for an item: the key is worth 1, 'setengah' half, unknown options nothing at all."""
    if answer not in ("a", "b", "setengah"):
        return None
    return 0.5 if answer == "setengah" else float(answer == content["key"])


FORM = (
    Place(1, "pemungutan", {"key": "a"}),
    Place(2, "pemungutan", {"key": "b"}),
    Place(3, "dasar", {"key": "a"}),
    Place(4, "dasar", {"key": "b"}),
)


def test_a_right_wrong_partial_and_omitted_answer_add_up() -> None:
    assert score(FORM, {1: "a", 2: "a", 3: "setengah"}, grade) == (
        Points("", 1.5, 4.0, 4, 3),
        Points("pemungutan", 1.0, 2.0, 2, 2),
        Points("dasar", 0.5, 2.0, 2, 1),
    )


def test_an_attempt_without_answers_has_no_points_of_four() -> None:
    assert score(FORM, {}, grade)[0] == Points("", 0, 4.0, 4, 0)


def test_an_invalid_option_and_a_place_off_the_form_do_not_count() -> None:
    assert score(FORM, {1: "z", 9: "a"}, grade)[0] == Points("", 0, 4.0, 4, 0)


def test_each_place_is_graded_by_its_own_content() -> None:
    assert grade_answers(FORM, {1: "a", 3: "b"}, grade) == {1: 1.0, 2: None, 3: 0.0, 4: None}


def test_a_form_without_items_has_no_proportion() -> None:
    assert score((), {}, grade)[0].proportion is None
    assert score(FORM, {1: "a", 2: "b"}, grade)[0].proportion == 0.5


def test_single_choice_items_are_graded_by_their_type() -> None:
    content = {"type": "single_choice", "key": "b", "options": [{"id": "a"}, {"id": "b"}]}
    form = [Place(n, "dasar", content) for n in (1, 2, 3)]
    assert score(form, {1: "b", 2: "a", 3: "x"})[1] == Points("dasar", 1.0, 3.0, 3, 2)
