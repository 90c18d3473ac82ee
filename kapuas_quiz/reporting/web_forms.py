"""Forms of this room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from kapuas_quiz.banks.reports import LONGEST_REPORT


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


class FaultReportForm(FlaskForm):
    """What somebody finds wrong with an item."""

    text = TextAreaField(
        _l("Apa yang menurut Anda keliru?"),
        validators=[
            DataRequired(_l("Laporan masih kosong. Tulis singkat apa yang menurut Anda keliru.")),
            Length(max=LONGEST_REPORT, message=_l("Laporan terlalu panjang. Paling banyak 500 huruf.")),
        ],
        filters=[lambda text: text.replace("\r\n", "\n").strip() if text else text],
        render_kw={"rows": 3, "maxlength": LONGEST_REPORT},
    )


class TraineeReportForm(FaultReportForm):
    """The same on a page whose authority is the badge's token; `wording` is a revision's id."""

    class Meta:
        csrf = False

    wording = HiddenField()
