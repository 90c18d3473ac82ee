"""What is filled in about a sheet of paper."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import to_utc
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

DAY, LONGEST = timedelta(days=1), timedelta(hours=6)
TIME = re.compile(r"([01]?[0-9]|2[0-3])[.: ]?([0-5][0-9])", re.ASCII)


def time_of_day(text: str) -> time | None:
    """Read a time as people write it: 8.05, 08:05, 0805; None for anything else."""
    found = TIME.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def _is_time(_form: Any, field: Field) -> None:
    if time_of_day(field.data or "") is None:
        raise ValidationError(_l("Tulis jam dengan angka, misalnya 08.30."))


class TimesForm(FlaskForm):
    """When the sheets were written on."""

    tanggal = DateField(_l("Tanggal pada lembar"), validators=[InputRequired(_l("Pilih tanggalnya."))])
    mulai = StringField(_l("Jam mulai"), validators=[_is_time])
    selesai = StringField(_l("Jam selesai"), validators=[_is_time])

    @property
    def began(self) -> datetime:
        """Return the beginning as a moment."""
        return _moment(self.tanggal.data, self.mulai.data)

    @property
    def ended(self) -> datetime:
        """Return the end as a moment: on the next day where a test went on past midnight."""
        ended = _moment(self.tanggal.data, self.selesai.data)
        return ended + DAY if ended < self.began and ended + DAY - self.began <= LONGEST else ended


class SheetForm(TimesForm):
    """A sheet to be stored; its places stand beside the form.

    cek: the booklet as it was read off the sheet, because letters mean other options in another booklet.
    """

    buku = HiddenField()
    cek = StringField(_l("Buku pada lembar"))
    lanjut = BooleanField(_l("Benar, satukan lembar ini dengan jawaban di HP"))

    def validate_cek(self, field: Field) -> None:
        """Refuse a sheet of another booklet than the page's."""
        if (field.data or "").strip().upper() != self.buku.data:
            raise ValidationError(_l("Ketik buku yang tertulis besar pada lembar, misalnya A1."))


class CorrectionForm(FlaskForm):
    """Why something was typed anew."""

    alasan = TextAreaField(
        _l("Alasan perbaikan"),
        validators=[DataRequired(_l("Tulis alasannya, misalnya: salah ketik nomor 7.")), Length(max=300)],
    )


class UndoForm(FlaskForm):
    """Why a sheet is taken back."""

    alasan = TextAreaField(
        _l("Alasan pembatalan"),
        validators=[
            DataRequired(_l("Tulis alasannya, misalnya: lembar ini milik Tirta Andara.")),
            Length(max=300),
        ],
    )


class TypedAgainForm(FlaskForm):
    """A second typing has nothing but its places."""


def _moment(day: date | None, written: str | None) -> datetime:
    at = time_of_day(written or "") or time()
    return to_utc(datetime.combine(day or date.min, at)).replace(tzinfo=UTC)
