"""Points by hand."""

from collections.abc import Mapping
from typing import Any

from kapuas_quiz.core.scoring import Points, Question, grade_answers, score


def grade(content: Mapping[str, Any], answer: Any) -> float | None:
    """Grade a stand-in for an item: the key is worth 1, 'setengah' half, unknown options nothing at all."""
    if answer not in ("a", "b", "setengah"):
        return None
    return 0.5 if answer == "setengah" else float(answer == content["key"])


FORM = (
    Question(1, "pemungutan", {"key": "a"}),
    Question(2, "pemungutan", {"key": "b"}),
    Question(3, "dasar", {"key": "a"}),
    Question(4, "dasar", {"key": "b"}),
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
