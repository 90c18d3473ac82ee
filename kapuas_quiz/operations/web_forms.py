"""What staff fill in on the start page."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import IPAddress


class AddressForm(FlaskForm):
    """The network address that phones shall use."""

    ip = StringField(validators=[IPAddress()])
