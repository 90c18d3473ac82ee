"""Tests keep clear of prayer, service and rest."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kapuas_quiz.core.schedule import WIB, collisions

MONDAY, FRIDAY, SUNDAY = 2, 6, 8


def found(day: int, hour: int, minute: int, minutes: int = 20) -> list[str]:
    return [one.occasion for one in collisions(datetime(2024, 12, day, hour, minute, tzinfo=WIB), minutes)]


@pytest.mark.parametrize(
    ("day", "hour", "minute", "occasions"),
    [
        (MONDAY, 8, 0, []),
        (MONDAY, 11, 40, []),
        (MONDAY, 11, 41, ["ishoma"]),
        (MONDAY, 12, 59, ["ishoma"]),
        (MONDAY, 13, 0, []),
        (MONDAY, 17, 0, ["magrib"]),
        (FRIDAY, 11, 10, []),
        (FRIDAY, 11, 11, ["jumat"]),
        (FRIDAY, 12, 30, ["jumat"]),
        (FRIDAY, 13, 0, []),
        (SUNDAY, 8, 0, ["minggu"]),
        (SUNDAY, 11, 0, []),
        (SUNDAY, 12, 0, ["ishoma"]),
    ],
)
def test_a_test_of_twenty_minutes_says_what_it_runs_into(
    day: int, hour: int, minute: int, occasions: list[str]
) -> None:
    assert found(day, hour, minute) == occasions


def test_a_long_test_runs_into_all_of_them_in_order() -> None:
    assert found(SUNDAY, 7, 30, 11 * 60) == ["minggu", "ishoma", "magrib"]


def test_a_moment_in_utc_is_read_by_the_clock_of_the_hall() -> None:
    noon = datetime.fromisoformat("2024-12-02T05:00:00+00:00")
    one = collisions(noon, 20)[0]
    assert (one.since.hour, one.until - one.since) == (12, timedelta(hours=1))


def test_a_test_over_midnight_looks_at_both_days() -> None:
    assert found(SUNDAY - 1, 23, 30, 9 * 60) == ["minggu"]
