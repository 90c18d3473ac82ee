"""The token and the typed code of a badge."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.badge import ALPHABET, badge_code, badge_token, code_digest, read_code, written_code

SECRET = bytes(range(32))
SOMEBODY = uuid.UUID("01930000-0000-7000-8000-000000000001")
codes = st.builds(badge_code, st.just(SECRET), st.uuids(), st.integers(1, 9))


def test_the_same_badge_is_derived_again_and_a_new_version_is_another() -> None:
    first = badge_token(SECRET, SOMEBODY, 1)
    assert first == badge_token(SECRET, SOMEBODY, 1)
    others = {badge_token(SECRET, SOMEBODY, 2), badge_token(bytes(32), SOMEBODY, 1)}
    assert first not in others and len(others) == 2


def test_a_token_has_192_bits_in_32_characters_safe_in_an_address() -> None:
    token = badge_token(SECRET, SOMEBODY, 1)
    assert len(token) == 32
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(codes)
def test_a_code_survives_its_own_writing(code: str) -> None:
    assert read_code(written_code(code)) == code
    assert read_code(f" {code.lower()[:3]} {code.lower()[3:]} ") == code


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    code = next(code for n in range(1, 200) if {"0", "1"} <= set(code := badge_code(SECRET, SOMEBODY, n)))
    assert read_code(code.replace("0", "o").replace("1", "l")) == code
    assert read_code(code.replace("1", "I")) == code


@given(codes, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, place: int, wrong: str) -> None:
    mistyped = code[:place] + wrong + code[place + 1 :]
    assert read_code(mistyped) == (code if mistyped == code else None)


@given(codes, st.integers(0, 6))
def test_two_swapped_neighbours_are_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert read_code(swapped) == (code if swapped == code else None)


@pytest.mark.parametrize("text", ["", "K7Q2", "K7Q2-9F2X1", "U7Q2-9F2X", "K7Q2-9F2*", "K7Q2–9F2X"])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert read_code(text) is None


def test_a_digest_needs_the_secret() -> None:
    assert code_digest(SECRET, "K7Q29F2X") != code_digest(bytes(32), "K7Q29F2X")
