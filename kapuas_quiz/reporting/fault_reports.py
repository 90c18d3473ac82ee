"""Reports of people who find an item wrong: trainees after its release, trainers from its page."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.reports import report_fault
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.reporting.items import planned_forms
from kapuas_quiz.reporting.opening import ItemNotHereError
from kapuas_quiz.reporting.people import closed_report


def report_by_trainee(
    session: Session, *, token: str, revision_id: uuid.UUID, text: str, now: datetime
) -> None:
    """Keep what a badge's bearer says about an item on the own review page; a second report changes nothing.

    text: not empty.
    Raises ItemNotHereError if that page does not show this wording, NothingPlannedError.
    """
    report = closed_report(session, token=token, now=now)
    reviews = [test.review for test in report.tests] if report else []
    seen = [
        review
        for review in reviews
        if revision_id in {item.revision_id for item in (*review.items, *review.right)}
    ]
    if not seen:
        raise ItemNotHereError(revision_id)
    attempt = str(seen[0].attempt_id)
    report_fault(session, revision_id=revision_id, text=text, source="peserta", reporter=attempt, now=now)
    session.commit()


def report_by_trainer(
    session: Session, *, training_id: uuid.UUID, item_id: str, text: str, actor: Actor, now: datetime
) -> bool:
    """Keep what a member of staff says about an item of a training; False if an own report is still open.

    text: not empty.
    Raises UnknownTrainingError, NothingPlannedError, ItemNotHereError.
    """
    places = [i for form in planned_forms(session, training_id) for i in form.items if i.item_id == item_id]
    if not places:
        raise ItemNotHereError(item_id)
    revision_id = places[0].revision_id
    kept = report_fault(
        session, revision_id=revision_id, text=text, source="pengajar", reporter=actor.id, now=now
    )
    if kept:
        record(session, at=now, actor=actor, action="soal.lapor", subject=item_id)
    session.commit()
    return kept
