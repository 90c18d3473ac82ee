"""When items may be shown."""

from dataclasses import replace

import pytest

from kapuas_quiz.core.release import FormUse, is_over

DONE = FormUse(open_sittings=0, post_sittings=1, unsealed_post_sittings=1, open_attempts=0, expected=0)


def test_a_form_that_everybody_has_behind_them_is_over() -> None:
    assert is_over(DONE)


@pytest.mark.parametrize(
    "change",
    [{"open_sittings": 1}, {"open_attempts": 1}, {"expected": 1}, {"post_sittings": 0}],
)
def test_a_form_that_somebody_may_still_meet_is_not(change: dict[str, int]) -> None:
    assert not is_over(replace(DONE, **change))


def test_people_who_never_came_stop_counting_once_the_post_test_is_sealed() -> None:
    assert is_over(replace(DONE, expected=3, unsealed_post_sittings=0))


def test_sealing_does_not_release_while_another_sitting_is_open() -> None:
    assert not is_over(replace(DONE, open_sittings=1, unsealed_post_sittings=0))
