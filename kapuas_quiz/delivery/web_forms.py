"""Forms of this room."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # stubs lag
    DateField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from kapuas_quiz.core.schedule import WIB


class OpenSittingForm(FlaskForm):
    """Open a room for the pre-test or the post-test."""

    opened_at: datetime | None = None
    assessment = RadioField(
        _l("Tes"),
        choices=[
            SelectChoice("pre", _l("Tes awal (pre-test)")),
            SelectChoice("post", _l("Tes akhir (post-test)")),
        ],
    )
    room = StringField(
        _l("Ruang"),
        validators=[InputRequired(_l("Tulis nama ruang, misalnya Aula.")), Length(max=80)],
    )
    clock = RadioField(
        _l("Waktu"),
        default="serentak",
        choices=[
            SelectChoice("serentak", _l("Serentak: semua mulai bersama saat tombol Mulai ditekan")),
            SelectChoice("sendiri", _l("Sendiri: waktu tiap orang dihitung sejak ia mulai")),
        ],
    )
    begin_until = TimeField(_l("Boleh mulai sampai jam"), validators=[Optional()])

    def validate_begin_until(self, field: TimeField) -> None:
        """Refuse a time of today that is over."""
        until = self.last_beginning(self.opened_at) if self.opened_at else None
        if until is not None and self.opened_at and until <= self.opened_at:
            raise ValidationError(_l("Jam itu sudah lewat hari ini. Pilih jam kemudian, atau kosongkan."))

    def last_beginning(self, now: datetime | None) -> datetime | None:
        """Return the chosen time as a moment of today in WIB, None without one or with a common start."""
        if self.begin_until.data is None or now is None or self.clock.data != "sendiri":
            return None
        return datetime.combine(now.astimezone(WIB).date(), self.begin_until.data, WIB)


class PlannerForm(FlaskForm):
    """When a test might be held; a question only, so no CSRF token."""

    class Meta:
        csrf = False

    day = DateField(_l("Tanggal"), name="tanggal", validators=[InputRequired()])
    hour = TimeField(_l("Jam mulai (WIB)"), name="jam", validators=[InputRequired()])

    def moment(self) -> datetime | None:
        """Return the asked moment, None when nothing readable was asked."""
        if not (self.day.raw_data or self.hour.raw_data):
            return None
        if not self.validate() or self.day.data is None or self.hour.data is None:
            return None
        return datetime.combine(self.day.data, self.hour.data, WIB)


class CodeForm(FlaskForm):
    """The code typed off a badge; the badge itself is the authority, so no CSRF token."""

    class Meta:
        csrf = False

    code = StringField(_l("Kode di kartu"), name="kode", validators=[InputRequired(), Length(max=40)])


class NoteForm(FlaskForm):
    """What happened, for the minutes; the page has the token."""

    class Meta:
        csrf = False

    text = TextAreaField(
        _l("Apa yang terjadi?"),
        validators=[InputRequired(_l("Tulis apa yang terjadi.")), Length(max=500)],
    )
