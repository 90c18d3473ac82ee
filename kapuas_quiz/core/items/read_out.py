"""Answers of few possibilities, as they can be read out: each field has one of a few values, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from kapuas_quiz.core.items.base import Answer, Parts

MOST_WAYS = 2**21
"""Ways to answer beyond which an item is too long to be read out: above it, more than four characters."""

ALONE = ""
"""The name of the only field of an answer that is a text."""


def radices(parts: Parts) -> list[int]:
    """Return in how many ways each field can stand: its values, and nothing."""
    return [len(values) + 1 for names, values in parts for _ in names]


def is_short(parts: Parts | None) -> bool:
    """Tell whether an answer is short enough to be read out."""
    return parts is not None and prod(radices(parts)) <= MOST_WAYS


def digits_of(parts: Parts, answer: object) -> list[int]:
    """Return the place of each field's value from 1, 0 for nothing."""
    given = answer if isinstance(answer, dict) else {ALONE: answer}
    return [
        values.index(given[name]) + 1 if given.get(name) in values else 0 for name, values in _fields(parts)
    ]


def answer_of(parts: Parts, digits: Sequence[int]) -> Answer:
    """Return the answer with these digits, None where all of them are 0."""
    given = {
        name: values[digit - 1] for (name, values), digit in zip(_fields(parts), digits, strict=True) if digit
    }
    return given.get(ALONE, given or None)


def _fields(parts: Parts) -> Iterator[tuple[str, Sequence[str]]]:
    return ((name, values) for names, values in parts for name in names)
