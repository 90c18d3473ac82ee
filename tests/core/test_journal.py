"""What counts of an answer journal: worked examples, and stories against the plainest model."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.journal import Answer, Clash, Device, Event, Gap, continues, fold

HP = Device("hp-1", 1)


def chose(seq: int, position: int, answer: str | None, at_ms: int = 1000, **values: object) -> Event:
    return Event(
        **{
            "device": "hp-1",
            "seq": seq,
            "kind": "jawab",
            "position": position,
            "answer": answer,
            "at_ms": at_ms,
            "received_ms": 10**9,
            **values,
        }  # type: ignore[arg-type]
    )


def handed_in(seq: int, at_ms: int) -> Event:
    return Event("hp-1", seq, "selesai", None, None, at_ms, 10**9)


def test_the_last_choice_counts() -> None:
    result = fold([chose(1, 3, "a"), chose(2, 3, "b", 2000)], [HP], limit_ms=None)
    assert result.answers == {3: Answer("b", False, 2000)}


def test_a_flag_is_kept_beside_the_answer() -> None:
    flagged = chose(2, 3, None, kind="ragu")
    assert fold([chose(1, 3, "a"), flagged], [HP], limit_ms=None).answers[3] == Answer("a", False, 1000)
    on = chose(2, 3, True, kind="ragu")  # type: ignore[arg-type]
    assert fold([chose(1, 3, "a"), on], [HP], limit_ms=None).answers[3] == Answer("a", True, 1000)


def test_at_the_limit_counts_and_after_it_does_not() -> None:
    events = [chose(1, 1, "a", 60_000), chose(2, 1, "b", 60_001)]
    assert fold(events, [HP], limit_ms=60_000).answers[1].answer == "a"


def test_a_choice_after_the_hand_in_does_not_count() -> None:
    result = fold([handed_in(1, 5000), chose(2, 1, "a", 6000)], [HP], limit_ms=None)
    assert (result.answers, result.handed_in_ms) == ({}, 5000)


def test_a_hand_in_is_void_once_its_phone_was_let_in_again() -> None:
    again = Device("hp-1", 1, since_ms=20_000)
    taken_back = handed_in(2, 5000)._replace(received_ms=5100)
    journal = [chose(1, 1, "a"), taken_back, chose(3, 1, "b", 30_000)]
    result = fold(journal, [again], limit_ms=None)
    assert (result.handed_in_ms, result.answers[1].answer) == (None, "b")
    second = handed_in(4, 40_000)._replace(received_ms=40_100)
    assert fold([*journal, second], [again], limit_ms=None).handed_in_ms == 40_000


def test_a_hand_in_after_the_limit_does_not_count() -> None:
    assert fold([handed_in(1, 60_001)], [HP], limit_ms=60_000).handed_in_ms is None


def test_nothing_happens_later_than_it_was_received() -> None:
    result = fold([chose(1, 1, "a", 99_000, received_ms=50_000)], [HP], limit_ms=60_000)
    assert result.answers[1] == Answer("a", False, 50_000)


def test_the_newer_device_wins_and_the_older_ones_unsent_answers_still_count() -> None:
    old, new = Device("hp-1", 1, superseded_ms=30_000), Device("hp-2", 2)
    events = [
        chose(1, 1, "a", 29_000),
        chose(2, 2, "a", 29_500),
        chose(3, 3, "a", 30_001),
        chose(1, 2, "b", 40_000, device="hp-2"),
    ]
    result = fold(events, [old, new], limit_ms=None)
    assert {n: answer.answer for n, answer in result.answers.items()} == {1: "a", 2: "b"}


def test_the_hand_in_of_a_superseded_device_is_void() -> None:
    old, new = Device("hp-1", 1, superseded_ms=30_000), Device("hp-2", 2)
    events = [handed_in(1, 20_000), chose(1, 2, "b", 40_000, device="hp-2")]
    result = fold(events, [old, new], limit_ms=None)
    assert (result.handed_in_ms, result.answers[2].answer) == (None, "b")


def test_what_is_stored_already_is_not_new() -> None:
    stored = [chose(1, 1, "a", received_ms=5)]
    assert continues(stored, [chose(2, 1, "b"), chose(1, 1, "a")]) == [chose(2, 1, "b")]


def test_the_same_number_with_other_content_is_a_clash() -> None:
    with pytest.raises(Clash):
        continues([chose(1, 1, "a")], [chose(1, 1, "b")])
    with pytest.raises(Clash):
        continues([], [chose(1, 1, "a"), chose(1, 1, "b")])


def test_a_missing_number_is_a_gap() -> None:
    with pytest.raises(Gap):
        continues([chose(1, 1, "a")], [chose(3, 1, "b")])


CHOICES = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["a", "b", None]), st.integers(0, 100)), max_size=25
)


@given(CHOICES, st.data())
def test_any_batches_repeated_and_overlapping_give_what_one_tidy_batch_gives(
    choices: list[tuple[int, str | None, int]], data: st.DataObject
) -> None:
    journal = [chose(seq, n, answer, at_ms) for seq, (n, answer, at_ms) in enumerate(choices, 1)]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(journal)), max_size=6)))
    stored: list[Event] = []
    for start, end in pairwise([0, *cuts, len(journal)]):
        overlap = data.draw(st.integers(0, start))
        batch = data.draw(st.permutations(journal[overlap:end]))
        stored += continues(stored, batch)
        stored += continues(stored, batch)
    limit = 50
    model: dict[int, str | None] = {}
    for n, answer, at_ms in choices:
        if at_ms <= limit:
            model[n] = answer
    result = fold(stored, [HP], limit_ms=limit)
    assert stored == journal
    assert {n: answer.answer for n, answer in result.answers.items()} == model
