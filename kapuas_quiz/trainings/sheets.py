"""Read the sheets of a roster file."""

from __future__ import annotations

from collections.abc import Sequence

from kapuas_quiz.core.tables import NoHeaderError, Sheet, find_table
from kapuas_quiz.spreadsheets import reading


def read_sheets(content: bytes) -> list[Sheet]:
    """Read a file by its content, whatever its name says.

    Raises UnreadableFileError.
    """
    return reading.read_sheets(content, reading.Wanted(_has_header))


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    try:
        find_table([Sheet("", rows)])
    except NoHeaderError:
        return False
    return True
