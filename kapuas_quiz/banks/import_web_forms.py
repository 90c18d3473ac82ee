"""The file that an author uploads."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class QuestionsForm(FlaskForm):
    """A spreadsheet of questions."""

    file = FileField(_l("Berkas Excel atau CSV"), [FileRequired(_l("Pilih berkasnya dahulu."))])
