"""Until when an attempt runs and how it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kapuas_quiz.core.attempt import (
    Course,
    Ending,
    deadline,
    elapsed_ms,
    ending,
    remaining_ms,
    room_is_over,
)

EIGHT = datetime(2024, 11, 4, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def running(*, closed_at: datetime | None = None) -> Course:
    return Course(EIGHT, EIGHT + 20 * MINUTE, closed_at)


def test_an_own_clock_counts_from_the_own_start() -> None:
    late = EIGHT + 5 * MINUTE
    assert deadline("sendiri", 20, room_started_at=EIGHT, started_at=late) == EIGHT + 25 * MINUTE


def test_a_common_clock_counts_from_the_start_of_the_room() -> None:
    late = EIGHT + 5 * MINUTE
    assert deadline("serentak", 20, room_started_at=EIGHT, started_at=late) == EIGHT + 20 * MINUTE


def test_a_room_is_over_only_when_its_common_time_has_run_out() -> None:
    over = EIGHT + 20 * MINUTE
    assert room_is_over("serentak", 20, room_started_at=EIGHT, now=over)
    assert not room_is_over("serentak", 20, room_started_at=EIGHT, now=over - MINUTE)
    assert not room_is_over("serentak", 20, room_started_at=None, now=over)
    assert not room_is_over("sendiri", 20, room_started_at=EIGHT, now=over)


def test_an_attempt_that_has_not_started_has_not_ended() -> None:
    waiting = Course(None, None, EIGHT)
    assert ending(waiting, handed_in_ms=None, now=EIGHT + MINUTE) is None
    assert (waiting.limit_ms, elapsed_ms(waiting, EIGHT)) == (None, 0)


def test_time_runs_out_at_the_deadline_and_not_before() -> None:
    over = EIGHT + 20 * MINUTE
    assert ending(running(), handed_in_ms=None, now=over - timedelta(microseconds=1)) is None
    assert ending(running(), handed_in_ms=None, now=over + MINUTE) == Ending(over, "waktu-habis")


def test_closing_ends_what_is_running() -> None:
    closed = EIGHT + 9 * MINUTE
    course = running(closed_at=closed)
    assert ending(course, handed_in_ms=None, now=closed) == Ending(closed, "ditutup")
    assert course.limit_ms == 9 * 60_000


def test_closing_after_the_deadline_does_not_change_why_it_ended() -> None:
    course = running(closed_at=EIGHT + 40 * MINUTE)
    assert ending(course, handed_in_ms=None, now=EIGHT + 50 * MINUTE) == Ending(
        EIGHT + 20 * MINUTE, "waktu-habis"
    )


def test_a_hand_in_ends_at_its_own_moment() -> None:
    assert ending(running(), handed_in_ms=90_500, now=EIGHT + 30 * MINUTE) == Ending(
        EIGHT + timedelta(seconds=90, milliseconds=500), "diserahkan"
    )


def test_time_left_is_never_negative() -> None:
    assert remaining_ms(running(), EIGHT + 19 * MINUTE) == 60_000
    assert remaining_ms(running(), EIGHT + 21 * MINUTE) == 0
    assert remaining_ms(Course(None, None, None), EIGHT) is None
    assert elapsed_ms(running(), EIGHT + MINUTE) == 60_000


def test_closing_for_one_ends_that_attempt_and_leaves_its_deadline() -> None:
    shut = EIGHT + 9 * MINUTE
    course = Course(EIGHT, EIGHT + 20 * MINUTE, None, shut_at=shut)
    assert ending(course, handed_in_ms=None, now=shut + MINUTE) == Ending(shut, "ditutup")
    assert (course.limit_ms, remaining_ms(course, shut + MINUTE)) == (9 * 60_000, 0)


def test_who_was_closed_does_not_wait_for_a_pause_to_end() -> None:
    shut = EIGHT + 9 * MINUTE
    course = Course(EIGHT, EIGHT + 20 * MINUTE, None, EIGHT + 8 * MINUTE, shut)
    assert ending(course, handed_in_ms=None, now=shut) == Ending(shut, "ditutup")
    assert remaining_ms(course, shut) == 0


def test_a_deadline_that_a_pause_holds_back_is_not_why_an_attempt_ended() -> None:
    at = EIGHT + 30 * MINUTE
    course = Course(EIGHT, at, None, paused_at=EIGHT + MINUTE, shut_at=at)
    assert ending(course, handed_in_ms=None, now=at) == Ending(at, "ditutup")
