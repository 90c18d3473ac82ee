"""A phone that speaks the protocol, and a hall in which it may sit a test."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery import service
from kapuas_quiz.delivery.models import Sitting
from tests.scoring.classroom import Classroom, make_classroom, token


def look(session: Session, statement: Select[Any]) -> list[Any]:
    """Return what the tables hold now, and let go of them, so that the application is not kept out."""
    session.rollback()
    rows = list(session.scalars(statement))
    session.expunge_all()
    session.rollback()
    return rows


@dataclass
class Hall:
    """A training whose pre-test is open in one room, without a common start unless asked for."""

    session: Session
    classroom: Classroom
    sitting_id: uuid.UUID

    @property
    def pin(self) -> str:
        return look(self.session, select(Sitting.pin).where(Sitting.id == self.sitting_id))[0]

    def close(self, now: datetime) -> None:
        service.close_sitting(self.session, sitting_id=self.sitting_id, actor=SYSTEM, now=now)

    def seal(self, now: datetime) -> None:
        service.seal_sitting(self.session, sitting_id=self.sitting_id, actor=SYSTEM, now=now)


def open_hall(session: Session, now: datetime, *people: str, clock: str = "sendiri") -> Hall:
    """Make a training with two forms, enrol people, open its pre-test."""
    classroom = make_classroom(session, now)
    for name in people:
        classroom.enrol(name)
    return Hall(session, classroom, open_room(session, classroom, now, clock=clock))


def open_room(
    session: Session, classroom: Classroom, now: datetime, *, kind: str = "pre", clock: str = "sendiri"
) -> uuid.UUID:
    """Open one more room, and let go of the database."""
    sitting_id = service.open_sitting(
        session,
        training_id=classroom.training_id,
        assessment=kind,
        room="Aula",
        clock=clock,  # type: ignore[arg-type]
        actor=SYSTEM,
        now=now,
    )
    session.rollback()
    return sitting_id


@dataclass
class Handset:
    """One phone; `seq` counts its journal."""

    app: Flask
    name: str
    device: str = "hp-nila-0001"
    attempt: str = ""
    secret: str = ""
    seq: int = 0
    items: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, path: str, **body: Any) -> TestResponse:
        """Send one request as a phone in the hall."""
        return self.app.test_client().post(path, json=body, environ_base={"REMOTE_ADDR": "192.168.1.77"})

    def said(self, path: str, status: int = 200, **body: Any) -> dict[str, Any]:
        """Send one request and return the answer after a look at its status."""
        response = self.ask(path, **body)
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_json()

    def standing(self) -> dict[str, Any]:
        return self.said("/t/keadaan", token=token(self.name))

    def join(self, pin: str, status: int = 200, *, takeover: bool = False) -> dict[str, Any]:
        answer = self.said(
            "/t/gabung", status, token=token(self.name), pin=pin, device=self.device, takeover=takeover
        )
        self.attempt = answer.get("attempt", self.attempt)
        self.secret = answer.get("secret", self.secret)
        return answer

    def start(self, status: int = 200) -> dict[str, Any]:
        answer = self.said("/t/mulai", status, attempt=self.attempt, secret=self.secret, device=self.device)
        self.items = answer.get("form", {}).get("items", [])
        return answer

    def entry(self, kind: str, n: int | None = None, a: Any = None, t: int = 1000) -> dict[str, Any]:
        """Write the next journal entry without sending it."""
        self.seq += 1
        return {"s": self.seq, "k": kind, "n": n, "a": a, "t": t, "u": 0}

    def send(self, *events: dict[str, Any], status: int = 200) -> dict[str, Any]:
        return self.said(
            "/t/jurnal",
            status,
            attempt=self.attempt,
            secret=self.secret,
            device=self.device,
            events=list(events),
        )

    def choose(self, n: int, a: str | None, t: int = 1000) -> dict[str, Any]:
        """Choose an option and send it."""
        return self.send(self.entry("jawab", n, a, t))

    def hand_in(self, t: int = 60_000) -> dict[str, Any]:
        return self.send(self.entry("selesai", t=t))


def sat_down(app: Flask, hall: Hall, name: str = "Nila Pertiwi", **values: Any) -> Handset:
    """Return a phone whose owner has started."""
    phone = Handset(app, name, **values)
    phone.join(hall.pin)
    phone.start()
    return phone
