"""One invented trainee whose telephone stayed at home, and who wrote on paper."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kapuas_quiz.core.items import Answer
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.paper_assignment import due_label
from kapuas_quiz.delivery.paper_attempts import PaperSheet, Times
from kapuas_quiz.delivery.paper_entry import store_sheet
from kapuas_quiz.delivery.paper_forms import booklet_of
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import FormItemView
from kapuas_quiz.scoring.seen import seen_items

WROTE_FOR = timedelta(minutes=17)
TYPED_AFTER = timedelta(minutes=25)


def write_on_paper(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    answer: Callable[[FormItemView], Answer],
    receipt_key: bytes,
    actor: Actor,
    began: datetime,
) -> None:
    """Let somebody write on the booklet of their form, and the trainer type it before the room closes."""
    test = session.get_one(Assessment, session.get_one(Sitting, sitting_id).assessment_id)
    name = f"{due_label(session, test, enrolment_id, began)}1"
    booklet = booklet_of(session, training_id=test.training_id, name=name)
    items = seen_items(booklet.form, booklet.presentation["drawn"])
    store_sheet(
        session,
        sitting_id=sitting_id,
        enrolment_id=enrolment_id,
        sheet=PaperSheet(
            name, Times(began, began + WROTE_FOR), {item.position: answer(item) for item in items}
        ),
        go_on=False,
        receipt_key=receipt_key,
        actor=actor,
        now=began + TYPED_AFTER,
    )
