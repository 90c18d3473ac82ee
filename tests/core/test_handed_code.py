"""Codes that are read out: whatever was answered comes back, and a misheard group is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.badge import ALPHABET
from kapuas_quiz.core.handed_code import Handed, read_code, read_groups, write_code
from kapuas_quiz.core.items.base import Parts

SECRET, HP = "rahasia-nila", "hp-nila-0001"
Asked = list[tuple[int, Parts | None]]
NAMES = ("a", "b", "c", "d", "e", "f")


def choice(options: int) -> Parts:
    return [([""], NAMES[:options])]


parts = st.one_of(
    st.integers(2, 6).map(choice),
    st.integers(2, 6).map(lambda n: [(NAMES[:n], ["1"])]),
    st.integers(2, 4).map(lambda n: [(NAMES[:n], ["x", "y"]), (["z"], ["1", "2", "3"])]),
    st.none(),
)
forms: st.SearchStrategy[Asked] = st.lists(parts, min_size=1, max_size=40).map(
    lambda p: list(enumerate(p, 1))
)


def answers_to(each: Parts) -> st.SearchStrategy[Any]:
    """Return the answers that one item may have."""
    fields = {name: st.sampled_from([None, *values]) for names, values in each for name in names}
    filled = st.fixed_dictionaries(fields).map(lambda given: {n: v for n, v in given.items() if v})
    return fields[""] if "" in fields else filled.map(lambda given: given or None)


@st.composite
def hand_ins(draw: st.DrawFn) -> tuple[Asked, Handed]:
    asked = draw(forms)
    answers = {position: draw(answers_to(each)) for position, each in asked if each}
    return asked, Handed(answers, draw(st.integers(0, 5000)), draw(st.integers(0, 1023)))


def written(asked: Asked, handed: Handed) -> str:
    return " ".join(write_code(handed, asked, secret=SECRET, device=HP))


def read(text: str, asked: Asked, *, secret: str = SECRET, device: str = HP) -> Handed | None:
    groups = read_groups(text)
    whole = bool(groups) and all(group.fits for group in groups)
    return read_code(groups, asked, secret=secret, device=device) if whole else None


@given(hand_ins())
def test_what_was_written_is_read_again(made: tuple[Asked, Handed]) -> None:
    asked, handed = made
    assert read(written(asked, handed), asked) == handed


def as_typed(code: str) -> Sequence[str]:
    return (
        code.lower(),
        code.replace(" ", ""),
        code.replace(" ", "-"),
        code.replace("0", "o").replace("1", "L"),
        code.replace(" ", "").replace("1", "i"),
        f"  {code.replace(' ', ', ')}  ",
    )


@given(hand_ins())
def test_however_it_is_typed_it_is_the_same_code(made: tuple[Asked, Handed]) -> None:
    asked, handed = made
    assert {read(text, asked) == handed for text in as_typed(written(asked, handed))} == {True}


@given(hand_ins(), st.integers(0, 10**6), st.sampled_from(ALPHABET))
def test_one_misheard_character_names_its_group(made: tuple[Asked, Handed], place: int, heard: str) -> None:
    asked, handed = made
    groups = write_code(handed, asked, secret=SECRET, device=HP)
    index, letter = place % len(groups), place // 7 % 6
    wrong = groups[index][:letter] + heard + groups[index][letter + 1 :]
    if wrong == groups[index]:
        return
    groups[index] = wrong
    judged = read_groups(" ".join(groups))
    assert [n for n, group in enumerate(judged) if not group.fits] == [index]


@given(hand_ins(), st.integers(0, 10**6))
def test_two_groups_in_the_wrong_order_are_noticed(made: tuple[Asked, Handed], place: int) -> None:
    asked, handed = made
    groups = write_code(handed, asked, secret=SECRET, device=HP)
    if len(groups) < 2:
        return
    index = place % (len(groups) - 1)
    groups[index : index + 2] = groups[index : index + 2][::-1]
    assert [n for n, group in enumerate(read_groups(" ".join(groups))) if not group.fits] == [
        index,
        index + 1,
    ]


def test_a_group_with_a_missing_character_is_named_and_the_others_stay_good() -> None:
    groups = write_code(Handed({}, 3, 7), [(n, choice(5)) for n in range(1, 31)], secret=SECRET, device=HP)
    judged = read_groups(" ".join([groups[0], groups[1][1:], *groups[2:]]))
    assert [group.fits for group in judged] == [True, False, True, True, True]


def test_thirty_questions_of_five_options_take_thirty_characters_and_twenty_take_twenty_four() -> None:
    def length(questions: int) -> int:
        asked: Asked = [(n, choice(5)) for n in range(1, questions + 1)]
        everything = Handed(dict.fromkeys(range(1, questions + 1), "e"), 5000, 1023)
        return sum(map(len, write_code(everything, asked, secret=SECRET, device=HP)))

    assert (length(20), length(30)) == (24, 30)


@given(hand_ins())
def test_a_code_is_of_one_attempt_and_one_device_only(made: tuple[Asked, Handed]) -> None:
    asked, handed = made
    code = written(asked, handed)
    assert read(code, asked, secret="rahasia-bayu") is None
    assert read(code, asked, device="hp-nila-0002") is None


def test_a_late_minute_is_written_as_the_last_one() -> None:
    asked: Asked = [(1, choice(3))]
    assert read(written(asked, Handed({1: "b"}, 1, 9999)), asked) == Handed({1: "b"}, 1, 1023)
