"""A training in counts: who took part, how the tests ran, what was decided. Nobody's marks."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.certificates.models import Certificate, CertificateRevocation, Decision, DecisionList
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec
from kapuas_quiz.trainings.models import Enrolment
from kapuas_quiz.trainings.places import place_name
from kapuas_quiz.trainings.service import TrainingView, training_view

KINDS = ("anggota", "paw", "mewakili", "sekretariat")


@dataclass(frozen=True)
class PlaceLine:
    """One kecamatan: how many take part, and how many finished each test."""

    kecamatan: str
    enrolled: int
    finished_pre: int
    finished_post: int


@dataclass(frozen=True)
class SittingLine:
    """One room of one test: its moments, how its attempts ended, how many were written on paper."""

    kind: str
    room: str
    opened_at: datetime
    started_at: datetime | None
    closed_at: datetime | None
    sealed_at: datetime | None
    joined: int
    started: int
    handed_in: int
    time_over: int
    closed: int
    paper: int


@dataclass(frozen=True)
class ListLine:
    """One decision list: its moments and counts; `against_rule` counts departures from the proposal."""

    number: int
    locked_at: datetime | None
    approved_at: datetime | None
    published_at: datetime | None
    minutes_number: str
    passed: int
    failed: int
    against_rule: int


@dataclass(frozen=True)
class Summary:
    """Everything an observer sees of a training; `verified` is None before forms were assembled."""

    training: TrainingView
    kinds: tuple[tuple[str, int], ...]
    places: tuple[PlaceLine, ...]
    sittings: tuple[SittingLine, ...]
    lists: tuple[ListLine, ...]
    issued: int
    revoked: int
    opened_early: int
    verified: bool | None


def summarize(session: Session, *, training_id: uuid.UUID, now: datetime) -> Summary:
    """Count what happened in one training.

    Raises UnknownTrainingError.
    """
    training = training_view(session, training_id)
    issued, revoked = _certificates(session, training_id)
    kinds = _kinds(session, training_id)
    return Summary(
        training=training,
        kinds=tuple((kind, kinds[kind]) for kind in KINDS if kinds[kind]),
        places=_places(session, training_id, now),
        sittings=_sittings(session, training_id, now),
        lists=_lists(session, training_id),
        issued=issued,
        revoked=revoked,
        opened_early=_opened_early(session, training_id),
        verified=_verified(session, training_id),
    )


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _over(now: datetime) -> ColumnElement[bool]:
    """Tell whether an attempt is over, stored or by its deadline."""
    return or_(Attempt.ended_at.is_not(None), Attempt.deadline_at < now)


def _time_over(now: datetime) -> ColumnElement[bool]:
    unnoticed = and_(Attempt.ended_at.is_(None), Attempt.deadline_at < now)
    return or_(Attempt.end_reason == "waktu-habis", unnoticed)


def _kinds(session: Session, training_id: uuid.UUID) -> Counter[str]:
    query = select(Enrolment.kind, func.count()).where(_taking_part(training_id)).group_by(Enrolment.kind)
    return Counter({kind: count for kind, count in session.execute(query)})


def _taking_part(training_id: uuid.UUID) -> ColumnElement[bool]:
    return and_(Enrolment.training_id == training_id, Enrolment.withdrawn_at.is_(None))


def _places(session: Session, training_id: uuid.UUID, now: datetime) -> tuple[PlaceLine, ...]:
    def finished(kind: str) -> ColumnElement[int]:
        return _count_of_people(and_(Assessment.kind == kind, Attempt.kind == "peserta", _over(now)))

    rows = session.execute(
        select(Enrolment.kecamatan, func.count(Enrolment.id.distinct()), finished("pre"), finished("post"))
        .outerjoin(Attempt, Attempt.enrolment_id == Enrolment.id)
        .outerjoin(Assessment, Assessment.id == Attempt.assessment_id)
        .where(_taking_part(training_id))
        .group_by(Enrolment.kecamatan)
    )
    lines = [PlaceLine(place_name(row[0]), row[1], row[2], row[3]) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.kecamatan))


def _count_of_people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, Enrolment.id)).distinct())


def _sittings(session: Session, training_id: uuid.UUID, now: datetime) -> tuple[SittingLine, ...]:
    counts = (
        func.count(Attempt.id),
        _count_if(Attempt.started_at.is_not(None)),
        _count_if(Attempt.end_reason == "diserahkan"),
        _count_if(_time_over(now)),
        _count_if(Attempt.end_reason == "ditutup"),
        _count_if(Attempt.medium == "kertas"),
    )
    moments = (Sitting.opened_at, Sitting.started_at, Sitting.closed_at, Sitting.sealed_at)
    rows = session.execute(
        select(Assessment.kind, Sitting.room, *moments, *counts)
        .join(Assessment, Assessment.id == Sitting.assessment_id)
        .outerjoin(Attempt, and_(Attempt.sitting_id == Sitting.id, Attempt.kind == "peserta"))
        .where(Assessment.training_id == training_id)
        .group_by(Sitting.id, Assessment.kind, Sitting.room, *moments)
        .order_by(Sitting.opened_at, Sitting.room)
    )
    return tuple(SittingLine(*tuple(row)) for row in rows)


def _lists(session: Session, training_id: uuid.UUID) -> tuple[ListLine, ...]:
    passes = Decision.outcome == "lulus"
    departs = or_(and_(passes, Decision.proposal != "lulus"), and_(~passes, Decision.proposal == "lulus"))
    facts = (
        DecisionList.number,
        DecisionList.locked_at,
        DecisionList.approved_at,
        DecisionList.published_at,
        DecisionList.minutes_number,
    )
    rows = session.execute(
        select(*facts, _count_if(passes), _count_if(Decision.outcome == "belum"), _count_if(departs))
        .outerjoin(Decision, Decision.list_id == DecisionList.id)
        .where(DecisionList.training_id == training_id)
        .group_by(DecisionList.id, *facts)
        .order_by(DecisionList.number)
    )
    return tuple(ListLine(*row) for row in rows)


def _certificates(session: Session, training_id: uuid.UUID) -> tuple[int, int]:
    row = session.execute(
        select(func.count(Certificate.id), func.count(CertificateRevocation.certificate_id))
        .join(Decision, Decision.id == Certificate.decision_id)
        .join(DecisionList, DecisionList.id == Decision.list_id)
        .outerjoin(CertificateRevocation, CertificateRevocation.certificate_id == Certificate.id)
        .where(DecisionList.training_id == training_id)
    ).one()
    return row[0], row[1]


def _opened_early(session: Session, training_id: uuid.UUID) -> int:
    where = (AuditEvent.action == "soal.buka-dini", AuditEvent.subject == str(training_id))
    return session.scalar(select(func.count()).select_from(AuditEvent).where(*where)) or 0


def _verified(session: Session, training_id: uuid.UUID) -> bool | None:
    lowest = session.scalar(
        select(func.min(AssessmentForm.verified))
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .where(ContentSpec.training_id == training_id)
    )
    return None if lowest is None else bool(lowest)
