"""Forms of this room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length


class OpenSittingForm(FlaskForm):
    """Open a room for the pre-test or the post-test."""

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


class CodeForm(FlaskForm):
    """The code typed off a badge; the badge itself is the authority, so no CSRF token."""

    class Meta:
        csrf = False

    code = StringField(_l("Kode di kartu"), name="kode", validators=[InputRequired(), Length(max=40)])
