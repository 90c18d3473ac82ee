"""What certifiers and operators type about decisions."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, StringField, TextAreaField  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from kapuas_quiz.core.standard import PassRule

PERCENT = NumberRange(1, 100, _l("Tulis bilangan bulat 1 sampai 100."))
DIGITS = {"inputmode": "numeric"}
FLOOR = "batas-"


class RuleForm(FlaskForm):
    """The rule by which a list is drafted; one more field per competency is added by `rule_form`."""

    cut = IntegerField(
        _l("Nilai ambang batas (persen soal benar)"), [InputRequired(), PERCENT], render_kw=DIGITS
    )
    counts = SelectField(
        _l("Tes yang dihitung"),
        choices=[
            SelectChoice("post", _l("Tes akhir saja")),
            SelectChoice("best", _l("Yang lebih baik dari tes awal dan tes akhir")),
        ],
    )

    def floors(self) -> list[IntegerField]:
        """Return the fields of the competencies."""
        return [field for field in self if field.name.startswith(FLOOR)]

    def rule(self) -> PassRule:
        """Return what was typed as a rule of proportions."""
        floors = {f.name.removeprefix(FLOOR): f.data / 100 for f in self.floors() if f.data}
        return PassRule(cut=(self.cut.data or 0) / 100, floors=floors or None, counts=self.counts.data)


def rule_form(titles: Mapping[str, str], rule: PassRule) -> RuleForm:
    """Return the form with a field for each competency, filled in with a rule.

    titles: of the reporting competencies by key.
    """

    class Filled(RuleForm):
        pass

    for key, title in titles.items():
        field = IntegerField(title, [Optional(), PERCENT], render_kw={**DIGITS, "placeholder": "–"})
        setattr(Filled, FLOOR + key, field)
    floors = {FLOOR + key: round(share * 100) for key, share in (rule.floors or {}).items()}
    return Filled(data={"cut": round(rule.cut * 100), "counts": rule.counts, **floors})


class DecideForm(FlaskForm):
    """The decision on one line."""

    outcome = RadioField(
        _l("Keputusan"),
        choices=[SelectChoice("lulus", _l("Lulus")), SelectChoice("belum", _l("Belum lulus"))],
        validators=[DataRequired(_l("Pilih salah satu."))],
    )
    reason = TextAreaField(_l("Alasan"), [Length(max=1000)], render_kw={"rows": 4})


class LockForm(FlaskForm):
    """What the minutes say about the days."""

    notes = TextAreaField(
        _l("Catatan kejadian untuk berita acara"), [Length(max=4000)], render_kw={"rows": 4}
    )


class PublishForm(FlaskForm):
    """The agenda number of the signed minutes."""

    minutes_number = StringField(_l("Nomor berita acara"), [Length(max=80)])


class RevokeForm(FlaskForm):
    """Why a certificate is no longer valid."""

    reason = TextAreaField(
        _l("Alasan pencabutan"),
        [
            DataRequired(_l("Tulis alasannya; semua orang yang memeriksa sertifikat akan membacanya.")),
            Length(max=500),
        ],
        render_kw={"rows": 3},
    )
