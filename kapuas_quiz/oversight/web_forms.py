"""How the trail is narrowed down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectChoice, SelectField  # type: ignore[attr-defined]  # absent in the stubs
from wtforms.validators import Optional

from kapuas_quiz.oversight.trail import Filter
from kapuas_quiz.oversight.words import GROUPS

UNKNOWN = _l("Pilihan ini tidak dikenal, jadi semua catatan ditampilkan.")
ALL = SelectChoice("", _l("semua"))


class FilterForm(FlaskForm):
    """Kind of act, who, and between which days; sent by GET, so without a token."""

    class Meta:
        csrf = False

    kelompok = SelectField(
        _l("Jenis"), choices=[ALL, *(SelectChoice(key, words) for key, words in GROUPS.items())], default=""
    )
    pelaku = SelectField(_l("Pelaku"), default="")
    sejak = DateField(_l("Sejak"), [Optional()])
    sampai = DateField(_l("Sampai"), [Optional()])

    def __init__(self, *args: Any, actors: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pelaku.choices = [ALL, *(SelectChoice(id_, name) for id_, name in actors)]

    def wanted(self) -> Filter:
        """Return what was asked for; what cannot be read counts as everything."""
        if not self.validate():
            for field in self:
                field.errors = [UNKNOWN] if field.errors else []
            return Filter()
        return Filter(self.kelompok.data or "", self.pelaku.data or "", self.sejak.data, self.sampai.data)
