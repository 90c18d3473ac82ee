"""The receipt of a sheet as a slip that the person takes home."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from babel.dates import format_datetime, get_timezone
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.paper_forms import TESTS
from kapuas_quiz.delivery.paper_typed import TypedSheet
from kapuas_quiz.trainings.service import training_view
from kapuas_quiz.web.typesetting import typeset

TEMPLATE = Path(__file__).with_name("paper_slip.typ")
WIB = get_timezone("Asia/Pontianak")


def slip_pdf(session: Session, *, sheet: TypedSheet, demo: bool, now: datetime) -> bytes:
    """Typeset the slip of a stored sheet."""
    data = {
        "test": TESTS[sheet.facts.assessment],
        "training": training_view(session, sheet.person.training_id).title,
        "name": sheet.person.name,
        "office": f"{sheet.person.office}, {sheet.person.place}",
        "booklet": sheet.booklet.name,
        "fingerprint": sheet.booklet.fingerprint,
        "answered": sheet.n_answered,
        "n_items": len(sheet.booklet.form.items),
        "tally": str(sheet.tally),
        "receipt": sheet.receipt,
        "printed": format_datetime(now, "d MMMM yyyy, HH.mm 'WIB'", tzinfo=WIB, locale="id"),
        "demo": demo,
    }
    return typeset(TEMPLATE, data, now=now)
