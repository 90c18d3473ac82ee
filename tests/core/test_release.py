"""When items may be shown."""

from kapuas_quiz.core.release import FormUse, is_over


def test_a_form_is_over_once_a_post_test_was_held_and_every_sitting_is_sealed() -> None:
    assert is_over(FormUse(post_sittings=1, unsealed_sittings=0))


def test_a_form_that_somebody_may_still_meet_or_answer_is_not() -> None:
    assert not is_over(FormUse(post_sittings=1, unsealed_sittings=1))


def test_a_form_is_not_over_before_a_post_test() -> None:
    assert not is_over(FormUse(post_sittings=0, unsealed_sittings=0))
