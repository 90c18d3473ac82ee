"""What an imported row says wrong, or should be looked at for, with its cell and in words."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from kapuas_quiz.banks.fault_words import told
from kapuas_quiz.banks.importing import Line
from kapuas_quiz.banks.question_rows import field_of

Cells = Sequence[tuple[str, str]]


def refusals(line: Line) -> Cells:
    """Return cell and words for each thing that keeps a row out."""
    found = told(line.refusals)
    return [(line.row.address(field_of(path, line.said)), words) for path, words in found]


def remarks(line: Line) -> Cells:
    """Return cell and words for each thing to look at."""
    return [(line.row.address(column), _remark(line, code)) for column, code in line.remarks]


def _remark(line: Line, code: str) -> str:
    if code == "tanpa-jenjang" or line.twin is None:
        return _("jenjang kosong; dianggap paham.")
    other = _("baris %(n)s", n=line.twin.name) if line.twin.is_row else _("soal %(id)s", id=line.twin.name)
    if code == "sama":
        return _("pokok soal ini sama dengan %(lain)s.", lain=other)
    return _("pokok soal ini mirip dengan %(lain)s; periksa apakah memang berbeda.", lain=other)
