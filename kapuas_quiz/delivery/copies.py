"""Up to which journal entry the spare laptop's copy reaches; see docs/decisions/0037."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

FILE = "salinan.json"


class _Read(NamedTuple):
    signature: tuple[int, int, int]
    mark: int


_last: dict[Path, _Read] = {}


def copied_up_to(data: Path) -> int | None:
    """Return the highest row number of `response_event` that is on the spare for certain.

    None: no spare is attached. 0: one is attached and nothing is known to be on it, which an unreadable
    file means too. A spare that went away keeps its last mark until somebody releases it.
    """
    path = data / FILE
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return 0
    signature = (found.st_mtime_ns, found.st_size, found.st_ino)
    last = _last.get(path)
    if last is None or last.signature != signature:
        last = _last[path] = _Read(signature, _mark(path))
    return last.mark


def _mark(path: Path) -> int:
    try:
        mark = json.loads(path.read_text(encoding="utf-8"))["mark"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return mark if isinstance(mark, int) and mark >= 0 else 0
