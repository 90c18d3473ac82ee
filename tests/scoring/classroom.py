"""An invented training that has forms, people and tests, written straight into the tables."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import BankFile, Item, ItemRevision
from kapuas_quiz.core.content_spec import DEFAULT, LEVELS
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.delivery.models import Attempt, Response, Sitting
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec, FormAssignment, FormItem
from kapuas_quiz.trainings.models import Election, Enrolment, Person, Training

TIMPAH, MANTANGAI = "62.03.10", "62.03.09"
PER_COMPETENCY = 5


@dataclass
class Classroom:
    """One training; `forms` by label, `people` by name."""

    session: Session
    now: datetime
    training_id: uuid.UUID
    spec_id: uuid.UUID
    forms: dict[str, uuid.UUID] = field(default_factory=dict)
    assessments: dict[str, uuid.UUID] = field(default_factory=dict)
    people: dict[str, uuid.UUID] = field(default_factory=dict)

    def enrol(self, name: str, *, body: str = "PPS", kecamatan: str = TIMPAH, first: str = "A") -> uuid.UUID:
        """Enrol somebody who takes the given form first; the badge token is token(name)."""
        person = Person(name=name, created_at=self.now)
        self.session.add(person)
        self.session.flush()
        enrolment = Enrolment(
            training_id=self.training_id,
            person_id=person.id,
            body=body,
            position="Ketua",
            kecamatan=kecamatan,
            badge_digest=digest(token(name)),
            code_digest=digest(f"kode {name}"),
            enrolled_at=self.now,
        )
        self.session.add(enrolment)
        self.session.flush()
        self.session.add(FormAssignment(enrolment_id=enrolment.id, pre_label=first, assigned_at=self.now))
        self.people[name] = enrolment.id
        self.session.commit()
        return enrolment.id

    def open(self, kind: str, *, minutes_ago: int = 40) -> uuid.UUID:
        """Open a sitting of the pre-test or the post-test."""
        began = self.now - timedelta(minutes=minutes_ago)
        sitting = Sitting(
            assessment_id=self.assessments[kind],
            room="Aula",
            pin="1234",
            pin_changed_at=began,
            opened_at=began,
            started_at=began,
        )
        self.session.add(sitting)
        self.session.commit()
        return sitting.id

    def close(self, sitting_id: uuid.UUID, *, seal: bool = False) -> None:
        """Close a sitting, and seal it if told."""
        sitting = self.session.get_one(Sitting, sitting_id)
        sitting.closed_at = self.now
        sitting.sealed_at = self.now if seal else None
        self.session.commit()

    def sit(
        self,
        name: str,
        sitting_id: uuid.UUID,
        right: int | dict[str, int] | None = 3,
        *,
        ended: bool = True,
        kind: str = "peserta",
    ) -> uuid.UUID:
        """Let somebody answer: so many right in each competency, the others wrong; None answers nothing."""
        sitting = self.session.get_one(Sitting, sitting_id)
        assessment = self.session.get_one(Assessment, sitting.assessment_id)
        label = self.session.get_one(FormAssignment, self.people[name]).pre_label
        if assessment.kind == "post":
            label = {"A": "B", "B": "A"}[label]
        attempt = Attempt(
            assessment_id=assessment.id,
            enrolment_id=self.people[name],
            sitting_id=sitting_id,
            form_id=self.forms[label],
            kind=kind,
            presentation={},
            joined_at=sitting.opened_at,
            started_at=sitting.opened_at,
            deadline_at=sitting.opened_at + timedelta(minutes=20 if ended else 300),
            ended_at=sitting.opened_at + timedelta(minutes=15) if ended else None,
            end_reason="diserahkan" if ended else "",
            last_contact_at=sitting.opened_at + timedelta(minutes=15),
        )
        self.session.add(attempt)
        self.session.flush()
        if right is not None:
            rows = [
                {"attempt_id": attempt.id, "position": position, "answer": answer, "at_ms": 1000 * position}
                for position, answer in answers(right).items()
            ]
            self.session.execute(insert(Response), rows)
        self.session.commit()
        return attempt.id

    def answer(self, attempt_id: uuid.UUID, given: dict[int, Any]) -> None:
        """Store what counts for some positions."""
        for position, answer in given.items():
            self.session.merge(
                Response(attempt_id=attempt_id, position=position, answer=answer, at_ms=1000 * position)
            )
        self.session.commit()


def token(name: str) -> str:
    """Return an invented person's badge token: 32 characters."""
    return name.lower().replace(" ", "-").ljust(32, "x")[:32]


def answers(right: int | dict[str, int]) -> dict[int, str]:
    """Answer a whole form; every key is 'a'."""
    given = {}
    for place, competency in enumerate(DEFAULT.competencies):
        wanted = right if isinstance(right, int) else right.get(competency.key, 0)
        for number in range(PER_COMPETENCY):
            given[place * PER_COMPETENCY + number + 1] = "a" if number < wanted else "b"
    return given


def make_classroom(
    session: Session,
    now: datetime,
    *,
    name: str = "TOT gelombang III",
    items_of: Classroom | None = None,
    planned: bool = True,
) -> Classroom:
    """Make a training with two forms of 25 items.

    items_of: another training whose items are used again.  planned: False leaves out specification and forms.
    """
    election = session.query(Election).first() or Election(
        name="Pemilihan 2024", voting_day=date(2024, 11, 27)
    )
    session.add(election)
    session.flush()
    training = Training(
        election_id=election.id,
        name=name,
        place="Aula",
        starts_on=date(2024, 11, 4),
        ends_on=date(2024, 11, 5),
        address="http://192.168.1.10:8000",
        created_at=now,
    )
    session.add(training)
    session.flush()
    if not planned:
        session.commit()
        return Classroom(session, now, training.id, training.id)
    spec = ContentSpec(
        training_id=training.id,
        competencies=[one.model_dump(mode="json") for one in DEFAULT.competencies],
        fingerprint="x",
        updated_at=now,
    )
    session.add(spec)
    session.flush()
    room = Classroom(session, now, training.id, spec.id)
    for number, label in enumerate("AB"):
        room.forms[label] = _form(session, now, spec.id, label, number, reuse=items_of is not None)
    for kind, minutes in (("pre", 20), ("post", 25)):
        assessment = Assessment(training_id=training.id, kind=kind, minutes=minutes, created_at=now)
        session.add(assessment)
        session.flush()
        room.assessments[kind] = assessment.id
    session.commit()
    return room


def _form(
    session: Session, now: datetime, spec_id: uuid.UUID, label: str, number: int, *, reuse: bool
) -> uuid.UUID:
    form = AssessmentForm(content_spec_id=spec_id, label=label, seed=1, fingerprint=label, frozen_at=now)
    session.add(form)
    session.flush()
    competencies = [one for one in DEFAULT.competencies for _ in range(PER_COMPETENCY)]
    drawn = {
        f"{one.key}-{number * 100 + place + 1:03d}": (one.key, one.areas[0], LEVELS[place % 3])
        for place, one in enumerate(competencies)
    }
    if not reuse:
        _items(session, now, {item_id: (area, level) for item_id, (_, area, level) in drawn.items()})
    for position, (item_id, (competency, _, level)) in enumerate(drawn.items(), start=1):
        revision = session.get_one(Item, item_id).current_revision_id
        session.add(
            FormItem(
                form_id=form.id, position=position, revision_id=revision, competency=competency, level=level
            )
        )
    return form.id


def _items(session: Session, now: datetime, wanted: dict[str, tuple[str, str]]) -> None:
    """Store items with one revision each; area and level by the item's id."""
    for area in {area for area, _ in wanted.values()}:
        if session.get(BankFile, f"{area}.yaml") is None:
            session.add(BankFile(name=f"{area}.yaml", competency=area, title=area, digest="x", loaded_at=now))
    session.flush()
    items = [
        Item(id=item_id, bank=f"{area}.yaml", competency=area, level=level, review="siap-ditelaah")
        for item_id, (area, level) in wanted.items()
    ]
    session.add_all(items)
    session.flush()
    revisions = [
        ItemRevision(item_id=one.id, number=1, content=content(one.id), digest="x", created_at=now)
        for one in items
    ]
    session.add_all(revisions)
    session.flush()
    for one, revision in zip(items, revisions, strict=True):
        one.current_revision_id = revision.id
    session.flush()


def content(item_id: str) -> dict[str, Any]:
    """Return an invented single-choice item whose key is 'a'."""
    return {
        "type": "single_choice",
        "stem": f"Pokok soal {item_id}?",
        "stem_html": f"<p>Pokok soal {item_id}?</p>",
        "options": [
            {"id": "a", "text": f"Pilihan benar {item_id}", "rationale": ""},
            {"id": "b", "text": f"Pilihan keliru {item_id}", "rationale": "Ini aturan Pemilu."},
            {"id": "c", "text": f"Pilihan lain {item_id}", "rationale": ""},
        ],
        "key": "a",
        "rationale": f"Pembahasan {item_id}.",
        "rationale_html": f"<p>Pembahasan {item_id}.</p>",
        "citation": {"instrument": "PKPU 17/2024", "article": "", "paragraph": "", "letter": ""},
        "facts": ["F001"],
    }
