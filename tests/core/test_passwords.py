"""What is guessed first is refused."""

import pytest

from kapuas_quiz.core.passwords import too_easy


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaa", "1212121212", "1234567890", "0987654321", "abcdefghij", "Qwertyuiop", "jihgfedcba"],
)
def test_runs_and_repetitions_are_too_easy(password: str) -> None:
    assert too_easy(password)


@pytest.mark.parametrize("password", ["perahu senja teduh", "sungai-7-dermaga", "R4mbai hutan kota"])
def test_a_few_words_are_not(password: str) -> None:
    assert not too_easy(password)
