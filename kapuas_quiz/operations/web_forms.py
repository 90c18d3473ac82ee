"""What staff fill in on the start page and those behind it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, IPAddress, Length, Regexp

PLAIN = r"^[ -~]+$"
PLAIN_WORDS = _l("Pakai huruf, angka, dan tanda biasa saja, agar semua HP membacanya dengan benar.")


class AddressForm(FlaskForm):
    """The network address that phones shall use."""

    ip = StringField(validators=[IPAddress()])


class FolderForm(FlaskForm):
    """The folder into which the running database is copied."""

    folder = StringField(validators=[InputRequired(), Length(max=300)])


class WifiForm(FlaskForm):
    """The name and the WPA password of the room's Wi-Fi, both in printable ASCII."""

    name = StringField(
        _l("Nama Wi-Fi"),
        name="nama",
        validators=[
            InputRequired(_l("Tulis nama Wi-Fi persis seperti pada titik akses.")),
            Length(max=32, message=_l("Nama Wi-Fi paling panjang 32 huruf.")),
            Regexp(PLAIN, message=PLAIN_WORDS),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )
    password = StringField(
        _l("Kata sandi Wi-Fi"),
        name="sandi",
        validators=[
            InputRequired(_l("Tulis kata sandi Wi-Fi. Wi-Fi tanpa kata sandi jangan dipakai untuk tes.")),
            Length(8, 63, message=_l("Kata sandi WPA terdiri atas 8 sampai 63 huruf.")),
            Regexp(PLAIN, message=PLAIN_WORDS),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )
