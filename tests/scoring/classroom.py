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
    for place in range(len(DEFAULT.competencies) * PER_COMPETENCY):
        competency = DEFAULT.competencies[place // PER_COMPETENCY]
        item_id = f"{competency.key}-{number * 100 + place + 1:03d}"
        if reuse:
            revision_id = session.get_one(Item, item_id).current_revision_id
        else:
            revision_id = _item(session, now, item_id, competency.areas[0], LEVELS[place % 3])
        session.add(
            FormItem(
                form_id=form.id,
                position=place + 1,
                revision_id=revision_id,
                competency=competency.key,
                level=LEVELS[place % 3],
            )
        )
    return form.id


def _item(session: Session, now: datetime, item_id: str, area: str, level: str) -> uuid.UUID:
    bank = f"{area}.yaml"
    if session.get(BankFile, bank) is None:
        session.add(BankFile(name=bank, competency=area, title=area, digest="x", loaded_at=now))
        session.flush()
    item = Item(id=item_id, bank=bank, competency=area, level=level, review="siap-ditelaah")
    session.add(item)
    session.flush()
    revision = ItemRevision(item_id=item_id, number=1, content=content(item_id), digest="x", created_at=now)
    session.add(revision)
    session.flush()
    item.current_revision_id = revision.id
    return revision.id


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
