"""Gains by hand."""

import pytest

from kapuas_quiz.core.gain import Change, group_gain, normalised_gain, person_change

BEFORE = {"nila": 0.4, "tirta": 0.5, "bayu": 0.6, "intan": 0.5, "gita": 0.2}
AFTER = {"nila": 0.6, "tirta": 0.6, "bayu": 0.8, "intan": 0.8, "puspa": 0.9}


def test_only_people_who_took_both_tests_are_compared() -> None:
    """Differences 0.2, 0.1, 0.2, 0.3: mean 0.2, sd 0.08165, t 3.1824, so 0.2 +- 0.1299."""
    gain = group_gain(BEFORE, AFTER)
    assert gain.n == 4
    assert (gain.before, gain.after) == pytest.approx((0.5, 0.7))
    assert gain.change is not None
    assert (gain.change.value, gain.change.low, gain.change.high) == pytest.approx(
        (0.2, 0.0701, 0.3299), abs=1e-4
    )
    assert gain.normalised == pytest.approx(0.4)
    assert gain.status is Change.UP


def test_who_is_missing_is_counted_and_compared() -> None:
    gain = group_gain(BEFORE, AFTER)
    assert (gain.missing.n, gain.missing.mean_before, gain.n_post_only) == (1, 0.2, 1)
    assert gain.missing.scored_lower
    assert not group_gain(AFTER, AFTER).missing.scored_lower


def test_a_loss_is_named_too() -> None:
    assert group_gain(AFTER, {name: value - 0.3 for name, value in AFTER.items()}).status is Change.DOWN


def test_three_people_are_too_few_for_a_verdict() -> None:
    few = {"a": 0.1, "b": 0.2, "c": 0.3}
    assert group_gain(few, {name: 0.9 for name in few}).status is Change.TOO_LITTLE


def test_nobody_has_no_gain() -> None:
    gain = group_gain({}, {})
    assert (gain.n, gain.before, gain.change, gain.normalised) == (0, None, None, None)
    assert not gain.near_ceiling


def test_a_group_near_the_ceiling_is_told_so() -> None:
    assert group_gain({"a": 0.9}, {"a": 0.95}).near_ceiling
    assert normalised_gain(1.0, 1.0) is None


def test_a_person_has_changed_only_beyond_the_error_of_measurement() -> None:
    assert person_change((12, 25), (16, 25))[1] is Change.UNSURE
    assert person_change((10, 25), (21, 25))[1] is Change.UP
    assert person_change((21, 25), (10, 25))[1] is Change.DOWN
    assert person_change((0, 0), (10, 25))[1] is Change.TOO_LITTLE
