"""Forms for what did not come over the network, and for receipts."""

from __future__ import annotations

import uuid

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length


class HandedForm(FlaskForm):
    """A code that is read out, or the text of a scanned picture; `orang`: the attempt it must be of."""

    isi = TextAreaField(_l("Kode dari HP"), id="kode-hp", validators=[Length(max=4000)])
    orang = HiddenField()

    @classmethod
    def of_query(cls) -> HandedForm:
        """Return the empty form, for the person whom the address names."""
        return cls(formdata=None, orang=request.args.get("orang", ""))

    @property
    def only(self) -> uuid.UUID | None:
        """Return the attempt that was chosen, None for all of the sitting."""
        try:
            return uuid.UUID(self.orang.data or "")
        except ValueError:
            return None


class ReceiptForm(FlaskForm):
    """A receipt that somebody shows, and whose it should be."""

    kode = StringField(_l("Kode bukti"), validators=[Length(max=40)])
    nama = StringField(_l("Nama (boleh kosong)"), validators=[Length(max=100)])

    class Meta:
        csrf = False
