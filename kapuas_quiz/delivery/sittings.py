"""The tests of a training and their rooms, as staff see them. Reads only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.schedule import Collision, collisions
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.forms.service import all_verified, assessments_of, doubted_items, forms_of
from kapuas_quiz.trainings.service import training_view


@dataclass(frozen=True)
class RoomView:
    """One sitting in a list."""

    id: uuid.UUID
    room: str
    clock: str
    opened_at: datetime
    started_at: datetime | None
    paused_at: datetime | None
    closed_at: datetime | None
    sealed_at: datetime | None
    n_joined: int
    n_ended: int


@dataclass(frozen=True)
class AssessmentRooms:
    """The pre-test or the post-test with its rooms, the first opened first.

    collisions: what it would run into if it started at the planned moment.
    """

    kind: str
    minutes: int
    rooms: tuple[RoomView, ...]
    collisions: tuple[Collision, ...]


@dataclass(frozen=True)
class TrainingTests:
    """Both tests of a training; `ready` once its forms are assembled.

    n_doubted: items in the forms that could not be drawn any more.
    """

    training_id: uuid.UUID
    training: str
    enrolled: int
    ready: bool
    verified: bool
    n_doubted: int
    tests: tuple[AssessmentRooms, ...]

    @property
    def next_kind(self) -> str:
        """Return which test the next room is likely for: the post-test once every pre-test room is closed."""
        rooms = [room for test in self.tests if test.kind == "pre" for room in test.rooms]
        return "post" if rooms and all(room.closed_at for room in rooms) else "pre"


def tests_of(session: Session, training_id: uuid.UUID, *, planned: datetime | None = None) -> TrainingTests:
    """Return the tests of a training, with what they would run into at a planned moment.

    Raises UnknownTrainingError.
    """
    training = training_view(session, training_id)
    forms = forms_of(session, training_id)
    return TrainingTests(
        training_id=training.id,
        training=training.title,
        enrolled=training.enrolled,
        ready=len(forms) == 2,
        verified=all_verified(session, training_id),
        n_doubted=len(doubted_items(session, training_id)),
        tests=tuple(
            AssessmentRooms(
                assessment.kind,
                assessment.minutes,
                _rooms(session, assessment.id),
                tuple(collisions(planned, assessment.minutes)) if planned else (),
            )
            for assessment in assessments_of(session, training_id)
        ),
    )


def _rooms(session: Session, assessment_id: uuid.UUID) -> tuple[RoomView, ...]:
    rows = session.execute(
        select(
            Sitting,
            func.count(Attempt.id),
            func.count(case((Attempt.ended_at.is_not(None), 1))),
        )
        .outerjoin(Attempt, Attempt.sitting_id == Sitting.id)
        .where(Sitting.assessment_id == assessment_id)
        .group_by(Sitting.id)
        .order_by(Sitting.opened_at)
    )
    return tuple(
        RoomView(
            id=sitting.id,
            room=sitting.room,
            clock=sitting.clock,
            opened_at=sitting.opened_at,
            started_at=sitting.started_at,
            paused_at=sitting.paused_at,
            closed_at=sitting.closed_at,
            sealed_at=sitting.sealed_at,
            n_joined=joined,
            n_ended=ended,
        )
        for sitting, joined, ended in rows
    )
