"""Minutes that are read out to a phone without network."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.time_code import number_of, read_out, take, time_code

SECRET = "rahasia-pengerjaan-satu-"
NUMBERS, MINUTES = st.integers(1, 40), st.integers(1, 99)
SECRETS = st.text("abcdefghijklmnopqrstuvwxyzABCDEF0123456789-_", min_size=24, max_size=24)


@given(SECRETS, NUMBERS, MINUTES, st.integers(1, 5))
def test_a_phone_takes_the_code_of_a_gift_it_has_not_heard_of(
    secret: str, number: int, minutes: int, missed: int
) -> None:
    code = time_code(secret, number, minutes)
    taken = take(secret, read_out(code), max(0, number - missed))
    assert taken is not None
    assert taken[1] == minutes
    assert time_code(secret, *taken) == code


@given(SECRETS, NUMBERS, MINUTES)
def test_a_code_says_its_minutes_in_its_first_two_digits(secret: str, number: int, minutes: int) -> None:
    code = time_code(secret, number, minutes)
    assert (len(code), int(code[:2])) == (6, minutes)
    assert code.isdigit()


@given(NUMBERS, MINUTES, st.integers(1, 9), st.integers(0, 1))
def test_other_minutes_do_not_fit_the_proof(number: int, minutes: int, step: int, place: int) -> None:
    code = time_code(SECRET, number, minutes)
    digits = list(code)
    digits[place] = str((int(digits[place]) + step) % 10)
    other = "".join(digits)
    taken = number_of(SECRET, other, [number])
    assert taken is None or time_code(SECRET, number, int(other[:2])) == other


def test_the_code_is_the_one_that_the_phone_computes() -> None:
    assert [time_code(SECRET, 1, 15), time_code(SECRET, 2, 15), time_code(SECRET, 1, 5)] == [
        "151751",
        "159254",
        "055548",
    ]


def test_a_gift_that_was_heard_is_not_taken_twice() -> None:
    assert take(SECRET, time_code(SECRET, 1, 15), 0) == (1, 15)
    assert take(SECRET, time_code(SECRET, 1, 15), 1) is None


def test_another_phone_cannot_use_it() -> None:
    assert take("rahasia-pengerjaan-lain-", time_code(SECRET, 1, 15), 0) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "00 00 00", "12a456", "１５０４２３"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert take(SECRET, typed, 0) is None


@pytest.mark.parametrize("minutes", [0, 100])
def test_minutes_that_cannot_be_read_out_are_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="read out"):
        time_code(SECRET, 1, minutes)
