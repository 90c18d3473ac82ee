"""A venue for browser tests: a database with a training in it, and a real server that can be killed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, delete, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.badge import badge_token
from kapuas_quiz.core.content_spec import DEFAULT
from kapuas_quiz.core.items import ITEM_TYPES, Content
from kapuas_quiz.core.receipts import receipt
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.database import Base, new_id, prepare_engine
from kapuas_quiz.delivery.attempts import attempt_secret
from kapuas_quiz.delivery.grants import give_time_to_one
from kapuas_quiz.delivery.models import Attempt, ResponseEvent, Sitting
from kapuas_quiz.delivery.service import close_sitting, open_sitting, seal_sitting, start_sitting
from kapuas_quiz.forms.assembling import assemble_forms, save_specification
from kapuas_quiz.forms.models import FormAssignment, FormItem
from kapuas_quiz.forms.service import form_of, forms_of
from kapuas_quiz.scoring.seen import seen_items
from kapuas_quiz.scoring.service import latest_scores
from kapuas_quiz.settings import Settings, load_settings
from kapuas_quiz.trainings.models import Enrolment, Person
from kapuas_quiz.trainings.planning import TrainingValues, add_training
from tests.browser.server import Server

N_ITEMS = 25
DESA = ("62.03.11", "62.03.11.2001")
VALUES = TrainingValues(
    election_id=None,
    election_name="Pemilihan 2024",
    voting_day=date(2024, 11, 27),
    name="TOT PPK dan PPS",
    wave="III",
    place="Aula",
    starts_on=date(2024, 11, 4),
    ends_on=date(2024, 11, 5),
    address="http://192.168.1.10:8000",
)


MIXED = {
    **dict.fromkeys(ITEM_TYPES, 1),
    "ballot": 3,
    "single_choice": 13,
}
"""How many items of each type form B holds; form A holds single choices alone."""


def refill(session: Session, training_id: uuid.UUID) -> None:
    """Put items of chosen types into the places of the two forms."""
    stock: dict[str, list[ItemRevision]] = defaultdict(list)
    current = select(ItemRevision).join(Item, Item.current_revision_id == ItemRevision.id)
    for revision in session.scalars(current.order_by(Item.id)):
        stock[revision.content["type"]].append(revision)
    chosen = {
        "A": stock["single_choice"][:N_ITEMS],
        "B": [revision for name, count in MIXED.items() for revision in stock[name][:count]],
    }
    for label, form_id in forms_of(session, training_id).items():
        query = select(FormItem.position, FormItem.competency, FormItem.level)
        places = session.execute(query.where(FormItem.form_id == form_id).order_by(FormItem.position)).all()
        session.execute(delete(FormItem).where(FormItem.form_id == form_id))
        session.add_all(
            FormItem(form_id=form_id, position=n, revision_id=revision.id, competency=competency, level=level)
            for (n, competency, level), revision in zip(places, chosen[label], strict=True)
        )
    session.commit()


class Venue(Server):
    """One training with assembled forms, served on an address that is not localhost."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.settings: Settings = load_settings({"KAPUAS_DATA": str(data)})
        self.engine = self._engine()
        with self.session() as session:
            self.training_id = self._furnish(session)

    def _engine(self) -> Engine:
        engine = create_engine(self.settings.database_url)
        prepare_engine(engine)
        Base.metadata.create_all(engine)
        return engine

    def _furnish(self, session: Session) -> uuid.UUID:
        now = datetime.now(UTC)
        load_banks(session, folder=self.settings.banks, actor=SYSTEM, now=now)
        training_id = add_training(session, values=VALUES, actor=SYSTEM, now=now)
        save_specification(session, training_id=training_id, spec=DEFAULT, actor=SYSTEM, now=now)
        assemble_forms(session, training_id=training_id, seed=1, allowance="Uji coba", actor=SYSTEM, now=now)
        refill(session, training_id)
        return training_id

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine) as session:
            yield session

    def enrol(self, name: str, first: str = "A") -> str:
        """Enrol somebody who takes the given form first; return the badge's address."""
        now, enrolment_id = datetime.now(UTC), new_id()
        token = badge_token(self.settings.secrets.badge, enrolment_id, 1)
        with self.session() as session:
            person = Person(name=name, created_at=now)
            session.add(person)
            session.flush()
            session.add(
                Enrolment(
                    id=enrolment_id,
                    training_id=self.training_id,
                    person_id=person.id,
                    body="PPS",
                    position="Ketua",
                    kecamatan=DESA[0],
                    desa=DESA[1],
                    badge_digest=digest(token),
                    code_digest=digest(f"kode {enrolment_id}"),
                    enrolled_at=now,
                )
            )
            session.flush()
            session.add(FormAssignment(enrolment_id=enrolment_id, pre_label=first, assigned_at=now))
            session.commit()
        return f"{self.base}/k/{token}"

    def open(self, assessment: str = "pre", clock: str = "sendiri") -> Room:
        """Open a sitting."""
        with self.session() as session:
            sitting_id = open_sitting(
                session,
                training_id=self.training_id,
                assessment=assessment,
                room="Aula",
                clock=clock,  # type: ignore[arg-type]
                actor=SYSTEM,
                now=datetime.now(UTC),
            )
            return Room(self, sitting_id, session.get_one(Sitting, sitting_id).pin)

    def score_of(self, address: str) -> dict[str, float]:
        """Return the points per competency of the bearer of a badge."""
        with self.session() as session:
            enrolment_id = self._enrolment(session, address)
            scores = latest_scores(session, self.training_id, now=datetime.now(UTC))
        return {score.competency: score.points for score in scores if score.enrolment_id == enrolment_id}

    def items_of(self, address: str) -> dict[int, Content]:
        """Return the items by position as the bearer of a badge sees them."""
        with self.session() as session:
            query = select(Attempt).where(Attempt.enrolment_id == self._enrolment(session, address))
            attempt = session.scalars(query).one()
            drawn = attempt.presentation["drawn"]
            return {
                item.position: item.content for item in seen_items(form_of(session, attempt.form_id), drawn)
            }

    def events_of(self, address: str) -> list[ResponseEvent]:
        """Return the stored journal of the bearer of a badge."""
        with self.session() as session:
            query = (
                select(ResponseEvent)
                .join(Attempt, Attempt.id == ResponseEvent.attempt_id)
                .where(Attempt.enrolment_id == self._enrolment(session, address))
                .order_by(ResponseEvent.device, ResponseEvent.seq)
            )
            return list(session.scalars(query))

    def attempt_of(self, address: str) -> uuid.UUID:
        """Return the attempt of the bearer of a badge."""
        with self.session() as session:
            query = select(Attempt.id).where(Attempt.enrolment_id == self._enrolment(session, address))
            return session.scalars(query).one()

    def secret_of(self, address: str) -> str:
        """Return what the phone of the bearer of a badge shows to write."""
        return attempt_secret(self.settings.secrets.attempt, self.attempt_of(address))

    def proof_of(self, address: str) -> str:
        """Return the short receipt of the newest entry of the bearer of a badge."""
        return receipt(max(self.events_of(address), key=lambda event: event.number).link)

    def _enrolment(self, session: Session, address: str) -> uuid.UUID:
        token = address.rsplit("/", 1)[1]
        return session.scalars(select(Enrolment.id).where(Enrolment.badge_digest == digest(token))).one()

    def leave(self) -> None:
        """Stop the server and let go of the database."""
        super().leave()
        self.engine.dispose()


class Room:
    """One sitting, as the trainer drives it."""

    def __init__(self, venue: Venue, sitting_id: uuid.UUID, pin: str) -> None:
        self.venue, self.sitting_id, self.pin = venue, sitting_id, pin

    def start(self) -> None:
        with self.venue.session() as session:
            start_sitting(session, sitting_id=self.sitting_id, actor=SYSTEM, now=datetime.now(UTC))

    def give(self, address: str, minutes: int) -> None:
        """Give time to the bearer of a badge."""
        with self.venue.session() as session:
            give_time_to_one(
                session,
                sitting_id=self.sitting_id,
                attempt_id=self.venue.attempt_of(address),
                minutes=minutes,
                reason="Listrik padam",
                actor=SYSTEM,
                now=datetime.now(UTC),
            )

    def close(self) -> None:
        """Close the sitting, once."""
        with self.venue.session() as session:
            if session.get_one(Sitting, self.sitting_id).closed_at is None:
                close_sitting(session, sitting_id=self.sitting_id, actor=SYSTEM, now=datetime.now(UTC))

    def seal(self) -> None:
        with self.venue.session() as session:
            seal_sitting(session, sitting_id=self.sitting_id, actor=SYSTEM, now=datetime.now(UTC))
