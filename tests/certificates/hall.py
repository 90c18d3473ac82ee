"""An invented training whose tests are over, ready to be decided on."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.certificates.approval import approve, lock, publish
from kapuas_quiz.certificates.decisions import decide, draft
from kapuas_quiz.certificates.issuing import issue
from kapuas_quiz.certificates.lines import LineView
from kapuas_quiz.certificates.lists import list_view
from kapuas_quiz.core.content_spec import DEFAULT
from kapuas_quiz.core.roles import Actor, Role
from kapuas_quiz.core.standard import PassRule
from kapuas_quiz.trainings.models import Enrolment
from tests.scoring.classroom import Classroom, make_classroom

CHAIR = Actor("ketua", "Bayu Wirata", frozenset({Role.CERTIFIER}))
SECOND = Actor("kedua", "Intan Larasita", frozenset({Role.CERTIFIER}))
ADDRESS = "http://192.168.1.10:8000"

Sat = tuple[str, int | None]
"""How somebody takes part, and how many of 25 they answer right in the post-test (None: did not sit)."""

PEOPLE: dict[str, Sat] = {
    "Tirta Andara": ("anggota", 20),
    "Puspa Nirmala": ("anggota", 12),
    "Gita Permata": ("paw", 18),
    "Rimba Samudra": ("mewakili", 25),
    "Kirana Dahlia": ("anggota", None),
}


def spread(right: int) -> dict[str, int]:
    """Share right answers out over the five competencies, the first ones first."""
    shares = {}
    for competency in DEFAULT.competencies:
        shares[competency.key] = min(5, right)
        right -= shares[competency.key]
    return shares


def finished_training(
    session: Session,
    now: datetime,
    people: dict[str, Sat] | None = None,
    *,
    name: str = "TOT gelombang III",
    like: Classroom | None = None,
) -> Classroom:
    """Make a training in which everybody sat the post-test as told and the sitting is sealed.

    like: another training whose items it uses; its people then carry the training's name behind theirs.
    """
    room = make_classroom(session, now, name=name, items_of=like)
    sitting = room.open("post")
    if people is None:
        people = {f"{person} {name}" if like else person: sat for person, sat in PEOPLE.items()}
    for person, (kind, right) in people.items():
        enrol_as(room, person, kind)
        if right is not None:
            room.sit(person, sitting, spread(right))
    room.close(sitting, seal=True)
    return room


def enrol_as(room: Classroom, person: str, kind: str) -> uuid.UUID:
    """Enrol somebody of a kind: anggota, paw, mewakili or sekretariat."""
    enrolment_id = room.enrol(person)
    row = room.session.get_one(Enrolment, enrolment_id)
    row.kind, row.decree = kind, "SK 1/2024" if kind == "paw" else ""
    room.session.commit()
    return enrolment_id


def drafted(room: Classroom, rule: PassRule | None = None) -> uuid.UUID:
    """Draft the training's list."""
    made = draft(
        room.session, training_id=room.training_id, rule=rule or PassRule(), actor=CHAIR, now=room.now
    )
    return made.list_id


def line_of(room: Classroom, list_id: uuid.UUID, person: str) -> LineView:
    """Return somebody's line."""
    return next(
        line for line in list_view(room.session, list_id).lines if line.enrolment_id == room.people[person]
    )


def put(room: Classroom, list_id: uuid.UUID, person: str, outcome: str, reason: str = "") -> None:
    """Decide somebody's line."""
    line = line_of(room, list_id, person)
    decide(
        room.session,
        list_id=list_id,
        decision_id=line.id,
        outcome=outcome,
        reason=reason,
        actor=CHAIR,
        now=room.now,
    )


def locked(room: Classroom, list_id: uuid.UUID | None = None, notes: str = "") -> uuid.UUID:
    """Lock a list, a fresh one unless given."""
    list_id = list_id or drafted(room)
    lock(room.session, list_id=list_id, notes=notes, actor=CHAIR, now=room.now)
    return list_id


def published(room: Classroom, list_id: uuid.UUID | None = None) -> uuid.UUID:
    """Take a list through both persons to publication."""
    list_id = locked(room, list_id)
    approve(room.session, list_id=list_id, actor=SECOND, now=room.now)
    publish(room.session, list_id=list_id, minutes_number="12/BA", actor=SECOND, now=room.now)
    return list_id


def issued(room: Classroom, list_id: uuid.UUID | None = None) -> uuid.UUID:
    """Publish a list and issue its certificates."""
    list_id = published(room, list_id)
    issue(room.session, list_id=list_id, address=ADDRESS, actor=CHAIR, now=room.now)
    return list_id
