"""Guessing is slowed down by badge, never by neighbour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kapuas_quiz.core.brake import Brake

NOON = datetime(2024, 11, 4, 5, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_badge_waits_after_five_failures_until_the_first_is_a_minute_old() -> None:
    brake = Brake()
    for number in range(5):
        assert brake.wait_seconds("nila", NOON + number * SECOND) == 0
        brake.fail("nila", NOON + number * SECOND)
    assert brake.wait_seconds("nila", NOON + 10 * SECOND) == 50
    assert brake.wait_seconds("nila", NOON + 60 * SECOND) == 0


def test_a_neighbour_does_not_wait() -> None:
    brake = Brake()
    for _ in range(9):
        brake.fail("nila", NOON)
    assert brake.wait_seconds("bayu", NOON) == 0
