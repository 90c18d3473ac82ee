"""Forms of what is done to a room or to one person there: each asks why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # stubs lag
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from kapuas_quiz.core.time_code import MOST_MINUTES

OTHER = "Lainnya"
POWER = SelectChoice("Listrik padam", _l("Listrik padam"))
NETWORK = SelectChoice("Jaringan terputus", _l("Jaringan terputus"))
UNREST = SelectChoice("Gangguan di ruang", _l("Gangguan di ruang"))
PHONE = SelectChoice("HP bermasalah", _l("HP bermasalah"))
LAST = SelectChoice(OTHER, _l("Lainnya"))
SPAN = _l("Tulis 1 sampai %(n)s menit.", n=MOST_MINUTES)


class ReasonForm(FlaskForm):
    """Why: a ready-made reason, own words, or both. Several stand on a page, and the page has the token."""

    class Meta:
        csrf = False

    reason = SelectField(_l("Alasan"), choices=[POWER, NETWORK, UNREST, LAST])
    more = StringField(
        _l("Keterangan (wajib bila alasannya Lainnya)"), validators=[Optional(), Length(max=200)]
    )

    def validate_reason(self, field: SelectField) -> None:
        """Ask for words where the ready-made reasons do not fit."""
        if field.data == OTHER and not (self.more.data or "").strip():
            raise ValidationError(_l("Tulis alasannya di bawah ini."))

    @property
    def said(self) -> str:
        """Return the reason as it is written down, in Indonesian whatever the page speaks."""
        own = (self.more.data or "").strip()
        if self.reason.data == OTHER:
            return own
        return f"{self.reason.data}. {own}" if own else str(self.reason.data)


class TimeForm(ReasonForm):
    """More minutes; `known`: how often such time had been given when the page was drawn."""

    minutes = IntegerField(
        _l("Tambahan (menit)"),
        validators=[InputRequired(_l("Tulis berapa menit.")), NumberRange(1, MOST_MINUTES, SPAN)],
    )
    known = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def show_known(self, known: int) -> None:
        """Let the form carry how often time was given by now, whatever was sent with it."""
        self.known.raw_data, self.known.data = None, known


class TimeForOneForm(TimeForm):
    """More minutes for one person."""

    reason = SelectField(
        _l("Alasan"),
        choices=[
            PHONE,
            NETWORK,
            SelectChoice("Perlu bantuan membaca", _l("Perlu bantuan membaca")),
            UNREST,
            LAST,
        ],
    )


class PauseForm(ReasonForm):
    """Why the clocks stand still."""

    reason = SelectField(
        _l("Alasan"),
        choices=[POWER, NETWORK, SelectChoice("Waktu ibadah", _l("Waktu ibadah")), UNREST, LAST],
    )


class CloseForm(ReasonForm):
    """Why one person's test ends now."""

    reason = SelectField(
        _l("Alasan"),
        choices=[
            SelectChoice("Meninggalkan ruang", _l("Meninggalkan ruang")),
            SelectChoice("Sakit", _l("Sakit")),
            SelectChoice("Kartu tertukar", _l("Kartu tertukar")),
            SelectChoice("Tata tertib", _l("Tata tertib")),
            LAST,
        ],
    )


class ReopenForm(TimeForm):
    """Why somebody goes on whose test had ended, and how long."""

    minutes = IntegerField(
        _l("Waktu sejak sekarang (menit)"),
        validators=[InputRequired(_l("Tulis berapa menit.")), NumberRange(1, MOST_MINUTES, SPAN)],
    )
    reason = SelectField(
        _l("Alasan"),
        choices=[
            SelectChoice("Menyerahkan tanpa sengaja", _l("Menyerahkan tanpa sengaja")),
            SelectChoice("Ditutup karena keliru", _l("Ditutup karena keliru")),
            LAST,
        ],
    )


class PhoneForm(ReasonForm):
    """Why somebody goes on with another phone."""

    reason = SelectField(
        _l("Alasan"),
        choices=[
            SelectChoice("HP mati atau rusak", _l("HP mati atau rusak")),
            SelectChoice("HP terkunci", _l("HP terkunci")),
            SelectChoice("HP tertukar", _l("HP tertukar")),
            LAST,
        ],
    )


FORMS_FOR_ONE: dict[str, type[ReasonForm]] = {
    "waktu": TimeForOneForm,
    "tutup": CloseForm,
    "buka": ReopenForm,
    "pindah": PhoneForm,
}
