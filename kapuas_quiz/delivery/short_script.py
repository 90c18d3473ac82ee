"""Local names of a script made one or two letters long, for the way to a phone.

It knows the way these scripts are written, not all of JavaScript: strings stand in double quotes, regular
expressions hold no spaces, parameters of arrows stand in parentheses. What it does not recognise as a local
name keeps its name, so nothing but bytes is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from string import ascii_letters

TEXT = r'"(?:\\.|[^"\\\n])*"|/(?:\\.|[^/\\\n *])(?:\\.|[^/\\\n ])*/(?=[.,;)gi])'
TOKEN = re.compile(
    rf"(?P<text>{TEXT})|(?P<name>[A-Za-z_$][\w$]*)|(?P<rest>\s+|=>|\.\.\.|[\d.]+\w*|.)", re.DOTALL
)
BEFORE_OBJECT = frozenset([*"(,=:[?&|", "...", "return", "throw"])
NO_METHOD = frozenset(["if", "for", "while", "switch"])
# The browser's own names: a local that is called like one keeps its name.
BROWSER = frozenset(
    "K window document location history navigator performance crypto indexedDB localStorage fetch".split()
)
# Two letters that mean something to a browser.
RESERVED = frozenset(["as", "do", "if", "in", "of", "is"])


@dataclass(frozen=True)
class Word:
    """One name in a script.

    role: 'local', 'short' (key and value in one), 'own' (of an object), 'unsure' (left as it is everywhere).
    """

    place: int
    text: str
    role: str
    declared: bool


def with_short_names(source: str) -> str:
    """Return a script that does the same with shorter local names."""
    pieces = [found.group() for found in TOKEN.finditer(source)]
    words = list(_words(pieces))
    unsure = {word.text for word in words if word.role == "unsure"}
    local = {word.text for word in words if word.declared} - BROWSER - unsure
    uses = Counter(word.text for word in words if word.text in local and word.role != "own")
    taken = {word.text for word in words}
    free = (name for name in _letters() if name not in taken)
    short = {name: next(free) for name, _ in uses.most_common() if len(name) > 1}
    for word in words:
        if word.text in short and word.role != "own":
            key = f"{word.text}:" if word.role == "short" else ""
            pieces[word.place] = key + short[word.text]
    return "".join(pieces)


def _letters() -> Iterator[str]:
    yield from ascii_letters
    yield from ("".join(pair) for pair in product(ascii_letters, repeat=2) if "".join(pair) not in RESERVED)


def _words(pieces: Sequence[str]) -> Iterator[Word]:
    solid = [place for place, piece in enumerate(pieces) if not piece.isspace()]
    around: list[str] = []
    for index, place in enumerate(solid):
        piece = pieces[place]
        before = pieces[solid[index - 1]] if index else ""
        after = pieces[solid[index + 1]] if index + 1 < len(solid) else ""
        if piece in ("(", "["):
            around.append("parameters" if piece == "(" and _declares(pieces, solid, index) else piece)
        elif piece == "{":
            around.append(_kind(before))
        elif piece in (")", "]", "}"):
            around.pop()
        elif re.match(r"[A-Za-z_$]", piece) and piece[0] != '"':
            inside = around[-1] if around else ""
            adjacent = pieces[place + 1] if place + 1 < len(pieces) else ""
            yield _word(place, piece, before, after, adjacent, inside)


def _word(place: int, piece: str, before: str, after: str, adjacent: str, inside: str) -> Word:
    listed = before in ("{", ",") and after in (",", "}")
    shorthand = inside in ("object", "pattern") and (listed or before in ("{", ",") and after == "=")
    key = inside in ("object", "pattern") and adjacent == ":" and before in ("{", ",")
    member = before in ("{", "}", ",", ";", "get", "set", "async", "static")
    method = inside in ("object", "class") and after == "(" and member
    role = "own" if before == "." or key or method else "short" if shorthand else "local"
    if inside == "block" and listed:
        role = "unsure"
    declared = before in ("const", "let") or inside == "parameters" or (inside == "pattern" and shorthand)
    return Word(place, piece, role, declared and role != "own")


def _kind(before: str) -> str:
    if before in ("const", "let"):
        return "pattern"
    if before == "class":
        return "class"
    return "object" if before in BEFORE_OBJECT else "block"


def _declares(pieces: Sequence[str], solid: Sequence[int], index: int) -> bool:
    """Tell whether a parenthesis holds parameters: an arrow follows it, or a body after a method's name."""
    depth = 0
    for later in range(index, len(solid)):
        depth += {"(": 1, ")": -1}.get(pieces[solid[later]], 0)
        if depth == 0:
            after = pieces[solid[later + 1]] if later + 1 < len(solid) else ""
            return after == "=>" or (after == "{" and pieces[solid[index - 1]] not in NO_METHOD)
    return False
