"""What a reviewer types about an item."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length

from kapuas_quiz.banks.reports import LONGEST_REPORT
from kapuas_quiz.core.review import Decision


def _strip(text: str | None) -> str:
    return (text or "").strip()


class DecisionForm(FlaskForm):
    """A decision about the wording that `seen` names, with words where it needs them."""

    seen = HiddenField()
    then = HiddenField()
    within = HiddenField()
    decision = StringField(validators=[AnyOf([decision.value for decision in Decision])])
    comment = TextAreaField(
        _l("Catatan"),
        validators=[Length(max=1000, message=_l("Catatan terlalu panjang. Paling banyak 1.000 huruf."))],
        filters=[_strip],
        render_kw={"rows": 3, "maxlength": 1000},
    )


class AnswerForm(FlaskForm):
    """The sentence that closes a report; it is sent in the form of the decision, with that one's token."""

    class Meta:
        """Several of these stand on one page, told apart by their prefix."""

        csrf = False

    answer = TextAreaField(
        _l("Jawaban"),
        validators=[
            DataRequired(_l("Jawaban belum diisi. Tulis satu kalimat: apa yang diperiksa dan hasilnya.")),
            Length(max=LONGEST_REPORT, message=_l("Jawaban terlalu panjang. Paling banyak 500 huruf.")),
        ],
        filters=[_strip],
        render_kw={"rows": 2, "maxlength": LONGEST_REPORT},
    )
