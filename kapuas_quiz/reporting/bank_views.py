"""The page that shows the whole bank at a glance."""

from __future__ import annotations

from flask import render_template

from kapuas_quiz.core.item_quality import FEWEST
from kapuas_quiz.core.roles import Role
from kapuas_quiz.reporting.bank_overview import bank_overview
from kapuas_quiz.reporting.views import bp
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session


@bp.get("/ikhtisar-bank")
@allow(Role.OPERATOR, Role.TRAINER, Role.REVIEWER)
def bank() -> str:
    """Show what the bank holds and what it is enough for."""
    return render_template(
        "reporting/bank.html",
        page=bank_overview(session(), now=now()),
        fewest=FEWEST,
        may_open=actor().holds(Role.OPERATOR, Role.REVIEWER),
    )
