"""A cut network is told from people who think."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kapuas_quiz.core.outage import Arrival, Outage, Presence, outages

EIGHT = datetime(2024, 11, 4, 1, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return EIGHT + timedelta(minutes=minute)


def phone(*arrivals: tuple[float, float], until: float = 15) -> Presence:
    """Return a phone that started at eight: (minute of arrival, minute of the first choice in it)."""
    return Presence(EIGHT, at(until), tuple(Arrival(at(came), at(chosen)) for came, chosen in arrivals))


def cut_in(phones: list[Presence], now: float = 15) -> list[Outage]:
    return outages(phones, at(now))


STEADY = [(minute, minute) for minute in range(1, 15)]
CUT = [(1, 1), (2, 2), (14, 3), (14.5, 14.5)]
IDLE = [(1, 1), (2, 2), (14, 14)]


def test_most_phones_cut_off_and_back_is_an_outage() -> None:
    found = cut_in([phone(*CUT), phone(*CUT), phone(*STEADY)])
    assert found == [Outage(at(2), at(14))]
    assert found[0].minutes == 12


def test_half_of_the_phones_is_not_most() -> None:
    assert cut_in([phone(*CUT), phone(*STEADY)]) == []


def test_people_who_only_think_were_not_cut_off() -> None:
    assert cut_in([phone(*IDLE), phone(*IDLE), phone(*IDLE)]) == []


def test_one_witness_in_four_is_enough_because_many_stop_working_in_the_dark() -> None:
    assert cut_in([phone(*CUT), *[phone(*IDLE)] * 3]) == [Outage(at(2), at(14))]
    assert cut_in([phone(*CUT), *[phone(*IDLE)] * 4]) == []


def test_an_outage_that_lasts_is_not_over_yet() -> None:
    gone = phone((1, 1), (2, 2))
    assert cut_in([gone, gone, gone]) == []


def test_phones_come_back_one_by_one_and_it_is_over_when_half_are_back() -> None:
    late = [(1, 1), (2, 2), (14.5, 3)]
    later = [(1, 1), (2, 2)]
    found = cut_in([phone(*CUT), phone(*CUT), phone(*late), phone(*later)])
    assert found == [Outage(at(2), at(14))]


def test_phones_that_had_ended_do_not_count() -> None:
    assert cut_in([phone(*CUT), phone((1, 1), until=1.5), phone((1, 1), until=1.5)]) == [
        Outage(at(2), at(14))
    ]


def test_who_ran_out_of_time_in_the_dark_lost_it_up_to_the_end() -> None:
    gone = phone((1, 1), (2, 2), (20, 3), until=15)
    assert cut_in([gone, gone], now=21) == [Outage(at(2), at(15))]


def test_reading_the_first_question_for_long_is_no_part_of_the_outage_after_it() -> None:
    slow = phone((3, 3), (14, 4), (14.5, 14.5))
    assert cut_in([slow, slow, slow]) == [Outage(at(3), at(14))]


def test_phones_that_drop_out_one_after_the_other_are_one_outage() -> None:
    def gone_at(minute: int) -> Presence:
        return phone(*[(m, m) for m in range(1, minute + 1)], (14, 9), (14.5, 14.5))

    assert cut_in([gone_at(minute) for minute in (4, 5, 6, 7, 8)]) == [Outage(at(6), at(14))]


def test_two_outages_are_two() -> None:
    twice = [(1, 1), (5, 2), (6, 6), (12, 7), (12.5, 12.5)]
    assert cut_in([phone(*twice)]) == [Outage(at(1), at(5)), Outage(at(6), at(12))]


def test_an_empty_room_has_none() -> None:
    assert cut_in([]) == []
