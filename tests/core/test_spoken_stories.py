"""Random days without network: a code stands for its phone until the phone's own entries are all there."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.journal import Device, Event, Spoken, fold

LIMIT_MS = 20 * 60_000
CARRIED = (1, 2, 3)
entry = st.tuples(st.integers(1, 4), st.sampled_from(["a", "b", None]), st.booleans())
journals = st.lists(entry, min_size=1, max_size=12)


def journal(said: list[tuple[int, Any, bool]]) -> list[Event]:
    """Return the entries of a phone, one a second, with its hand-in at the end."""
    events = [
        Event("hp-1", seq, "ragu" if flag else "jawab", n, bool(a) if flag else a, seq * 1000, 10**9)
        for seq, (n, a, flag) in enumerate(said, 1)
    ]
    return [*events, Event("hp-1", len(events) + 1, "selesai", None, None, len(events) * 1000 + 1, 10**9)]


def state(events: list[Event]) -> dict[int, Any]:
    """Return what the phone shows after these entries; None was taken back or never answered."""
    answers: dict[int, Any] = dict.fromkeys(range(1, 5))
    for event in events:
        if event.kind == "jawab" and event.position:
            answers[event.position] = event.answer
    return answers


def code_of(events: list[Event]) -> Spoken:
    answers = {n: answer for n, answer in state(events).items() if n in CARRIED}
    return Spoken("hp-1", len(events), answers, events[-1].at_ms, 10**9)


def counted(events: list[Event], spoken: list[Spoken], *devices: Device) -> dict[int, Any]:
    result = fold(events, devices or [Device("hp-1", 1)], limit_ms=LIMIT_MS, spoken=spoken)
    return {n: result.answers[n].answer if n in result.answers else None for n in range(1, 5)}


@given(journals, st.integers(0, 13))
def test_what_counts_is_the_code_where_it_can_say_it_and_the_entries_elsewhere(
    said: list[tuple[int, Any, bool]], arrived: int
) -> None:
    events = journal(said)
    here = events[:arrived]
    after = state(events)
    expected = {n: after[n] if n in CARRIED else state(here)[n] for n in range(1, 5)}
    assert counted(here, [code_of(events)]) == expected


@given(journals, st.integers(0, 13), st.integers(1, 13))
def test_of_two_codes_the_later_one_speaks_whatever_their_order(
    said: list[tuple[int, Any, bool]], arrived: int, cut: int
) -> None:
    events = journal(said)
    later, sooner = code_of(events), code_of(events[: min(cut, len(events))])
    here = events[:arrived]
    assert counted(here, [sooner, later]) == counted(here, [later, sooner]) == counted(here, [later])


@given(journals)
def test_once_all_entries_are_there_a_code_changes_nothing(said: list[tuple[int, Any, bool]]) -> None:
    events, devices = journal(said), [Device("hp-1", 1)]
    code = code_of(events)
    assert fold(events, devices, limit_ms=LIMIT_MS, spoken=[code]) == fold(events, devices, limit_ms=LIMIT_MS)


@given(journals, journals, st.integers(0, 13))
def test_a_newer_phones_entries_count_over_an_older_phones_code(
    said: list[tuple[int, Any, bool]], newer: list[tuple[int, Any, bool]], arrived: int
) -> None:
    events = journal(said)
    second = [event._replace(device="hp-2", at_ms=event.at_ms + 60_000) for event in journal(newer)]
    devices = [Device("hp-1", 1, superseded_ms=60_000), Device("hp-2", 2)]
    alone = {n: answer for n, answer in state(second).items() if any(e.position == n for e in second[:-1])}
    chosen = {e.position for e in second if e.kind == "jawab"}
    result = counted([*events[:arrived], *second], [code_of(events)], *devices)
    assert {n: result[n] for n in chosen if n} == {n: alone[n] for n in chosen if n}


@given(journals)
def test_a_code_of_after_the_limit_does_not_count(said: list[tuple[int, Any, bool]]) -> None:
    late = code_of(journal(said))._replace(at_ms=LIMIT_MS + 1)
    assert set(counted([], [late]).values()) == {None}
