"""Throws that a seed decides, the same on every machine and Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from kapuas_quiz.core.canonical import lot

T = TypeVar("T")


class Dice:
    """A row of throws; equal parts give an equal row."""

    def __init__(self, *parts: object) -> None:
        self.parts = parts
        self.thrown = 0

    def below(self, limit: int) -> int:
        """Throw a whole number in 0 .. limit - 1."""
        self.thrown += 1
        return lot(*self.parts, self.thrown) % limit

    def between(self, low: int, high: int) -> int:
        """Throw a whole number in low .. high; the middle where there is no room."""
        return (low + high) // 2 if high < low else low + self.below(high - low + 1)

    def pick(self, things: Sequence[T]) -> T:
        """Take one."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """Take several, each once."""
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]
