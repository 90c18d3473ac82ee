"""Characters that a reader does not see: controls, and marks that turn the direction of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def unseen_characters(
    value: object, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path and the first such character, as U+1234, of each text in lists and mappings."""
    waiting = [(path, value)]
    while waiting:
        where, part = waiting.pop()
        if isinstance(part, dict):
            waiting += [((*where, str(name)), inner) for name, inner in part.items()]
        elif isinstance(part, list):
            waiting += [((*where, index), inner) for index, inner in enumerate(part)]
        elif isinstance(part, str) and (found := _UNSEEN.search(part)):
            yield where, f"U+{ord(found.group()):04X}"
