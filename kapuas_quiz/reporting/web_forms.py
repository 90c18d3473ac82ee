"""Forms of this room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class OpenItemForm(FlaskForm):
    """Why somebody opens an item that must stay shut for trainees."""

    reason = StringField(
        _l("Alasan membuka sekarang"),
        validators=[
            DataRequired(_l("Alasan belum diisi. Tulis singkat mengapa soal perlu dibuka sekarang.")),
            Length(max=300, message=_l("Alasan terlalu panjang. Paling banyak 300 huruf.")),
        ],
        filters=[lambda text: text.strip() if text else text],
    )
