"""How the trail is narrowed down, and what somebody types about a change of the law."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    BooleanField,
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from kapuas_quiz.banks.instruments import load_instruments
from kapuas_quiz.core.articles import typed_place
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


class PlaceForm(FlaskForm):
    """A place in the law: an instrument of the register and, unless all of it changed, an article."""

    class Meta:
        csrf = False

    instrument = SelectField(
        _l("Peraturan"), [InputRequired(_l("Pilih peraturannya."))], validate_choice=True
    )
    article = StringField(
        _l("Pasal (kosongkan bila seluruh peraturan)"),
        [Length(max=60, message=_l("Paling panjang 60 huruf."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [SelectChoice(name, name) for name in load_instruments()]
        self.instrument.choices = [SelectChoice("", _l("pilih")), *names]

    def validate_article(self, field: Any) -> None:
        """Refuse a place that cannot be read: it would touch nothing, silently."""
        if (field.data or "").strip() and typed_place(field.data) is None:
            raise ValidationError(_l("Tulis satu tempat, misalnya 94 atau Pasal 120 ayat (2) huruf c."))

    @property
    def place(self) -> str:
        """Return the article as the register writes it; empty for the whole instrument."""
        return typed_place(self.article.data or "") or ""


class AmendmentForm(PlaceForm):
    """What happened to a place in the law."""

    class Meta:
        csrf = True

    change = RadioField(
        _l("Yang terjadi"),
        [InputRequired(_l("Pilih salah satu."))],
        choices=[SelectChoice("diubah", _l("Diubah")), SelectChoice("dicabut", _l("Dicabut"))],
    )
    note = TextAreaField(
        _l("Dengan peraturan apa, sejak kapan"),
        [
            InputRequired(_l("Tulis dengan peraturan apa dan sejak kapan.")),
            Length(min=10, max=500, message=_l("Tulis 10 sampai 500 huruf.")),
        ],
        render_kw={"rows": 3, "maxlength": 500},
    )
    unsure_too = BooleanField(_l("Tahan juga soal yang pasalnya belum diketahui"))
