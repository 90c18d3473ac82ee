"""Answers of a phone without network, as a code that can be read out over the telephone.

25 bits of HMAC-SHA256 with the attempt's secret come first; the answers, the journal's last number and the
minute of the hand-in follow as digits of one number of mixed radix. Five characters and a check character
make a group, so that a group that was misheard, or stands at another's place, is named.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import NamedTuple

from kapuas_quiz.core.badge import ALPHABET, READ_AS, check_of
from kapuas_quiz.core.items.base import Answer, Parts
from kapuas_quiz.core.items.read_out import answer_of, digits_of, radices

GROUP = 5
"""Characters of a group without its check character."""

GROUP_BITS = 5 * GROUP
NUMBERS = 5001
MINUTES = 1024
Asked = Sequence[tuple[int, Parts | None]]
"""Position and possible answers of each item, in the order in which the person sees them."""


@dataclass(frozen=True)
class Handed:
    """What a code says: answers of the items that it carries, the last journal number, the minute."""

    answers: Mapping[int, Answer]
    last_seq: int
    minute: int


class Group(NamedTuple):
    """Six characters as they were read, and whether they fit each other and their place."""

    text: str
    fits: bool


def write_code(handed: Handed, asked: Asked, *, secret: str, device: str) -> list[str]:
    """Return the groups of the code: five characters and a check character each.

    Answers that the items could not have count as none; later minutes as the last one, 1023.
    """
    digits: list[int] = []
    for position, parts in asked:
        digits += digits_of(parts, handed.answers.get(position)) if parts else []
    digits += [handed.last_seq, min(handed.minute, MINUTES - 1)]
    number = 0
    for radix, digit in zip(_radices(asked), digits, strict=True):
        number = number * radix + digit
    places = range(n_groups(asked) - 2, -1, -1)
    values = [number >> GROUP_BITS * place & (1 << GROUP_BITS) - 1 for place in places]
    return [_group(value, index) for index, value in enumerate([_mac(secret, device, number), *values])]


def n_groups(asked: Asked) -> int:
    """Return how many groups a code for these items has."""
    bits = (prod(_radices(asked)) - 1).bit_length()
    return 1 + -(-bits // GROUP_BITS)


def read_groups(text: str) -> list[Group]:
    """Read a code as people type it: any case, O for 0, I and L for 1, groups as they wrote them.

    Where the spaces do not make groups of six, six characters make one.
    """
    written = [word for word in re.split(r"[\s.,;/-]+", text.upper().translate(READ_AS)) if word]
    joined = "".join(written)
    if not (len(written) > 1 and all(4 < len(word) < 8 for word in written)):
        written = [joined[start : start + GROUP + 1] for start in range(0, len(joined), GROUP + 1)]
    return [Group(word, _fits(word, index)) for index, word in enumerate(written)]


def read_code(groups: Sequence[Group], asked: Asked, *, secret: str, device: str) -> Handed | None:
    """Return what a code says; None where it is not the code of this attempt and device."""
    if len(groups) != n_groups(asked) or not is_signed(groups, secret=secret, device=device):
        return None
    return _handed(_number(groups[1:]), asked)


def is_signed(groups: Sequence[Group], *, secret: str, device: str) -> bool:
    """Tell whether the groups, which all fit, were written with this secret on this device."""
    return _number(groups[:1]) == _mac(secret, device, _number(groups[1:]))


def _number(groups: Sequence[Group]) -> int:
    number = 0
    for group in groups:
        for character in group.text[:-1]:
            number = number << 5 | ALPHABET.index(character)
    return number


def _handed(number: int, asked: Asked) -> Handed | None:
    digits: list[int] = []
    for radix in reversed(_radices(asked)):
        number, digit = divmod(number, radix)
        digits.insert(0, digit)
    if number:
        return None
    carried = [(position, parts) for position, parts in asked if parts]
    ends = [0]
    for _, parts in carried:
        ends.append(ends[-1] + len(radices(parts)))
    answers = {
        position: answer_of(parts, digits[start:end])
        for (position, parts), (start, end) in zip(carried, pairwise(ends), strict=True)
    }
    return Handed(answers, digits[-2], digits[-1])


def _radices(asked: Asked) -> list[int]:
    return [*(radix for _, parts in asked if parts for radix in radices(parts)), NUMBERS, MINUTES]


def _mac(secret: str, device: str, number: int) -> int:
    said = hmac.new(secret.encode(), f"kode|{device}|{number}".encode(), hashlib.sha256).digest()
    return int.from_bytes(said[:4], "big") >> 32 - GROUP_BITS


def _group(value: int, index: int) -> str:
    values = [value >> 5 * place & 31 for place in range(GROUP - 1, -1, -1)]
    return "".join(ALPHABET[value] for value in (*values, check_of([index % 32, *values])))


def _fits(word: str, index: int) -> bool:
    if len(word) != GROUP + 1 or any(character not in ALPHABET for character in word):
        return False
    values = [ALPHABET.index(character) for character in word]
    return check_of([index % 32, *values[:-1]]) == values[-1]
