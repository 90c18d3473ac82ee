"""The server side of a story: requests that a power cut may strike, and what the trainer does meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event, select

from kapuas_quiz.core.journal import Event
from kapuas_quiz.core.receipts import Stored, first_fault
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery import ledger, service, sheet
from kapuas_quiz.delivery.acts import close_for_one, pause_room, reopen, resume_room
from kapuas_quiz.delivery.grants import give_time_to_one
from kapuas_quiz.delivery.models import ResponseEvent
from kapuas_quiz.extensions import db
from kapuas_quiz.forms import service as forms
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_room
from tests.delivery.story_model import Entry, Pocket, Times

MINUTES = 20
WHY = "Listrik padam sebentar"


class PowerCut(BaseException):
    """The server died; nothing in it may catch this."""


@contextmanager
def power_cut(engine: Engine, fate: str) -> Iterator[None]:
    """Let the server die at its next commit: just before it, or just after it."""

    def die(connection: Connection) -> None:
        if fate == "listrik padam sesudah simpan":
            connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]
        raise PowerCut

    event.listen(engine, "commit", die)
    try:
        yield
    finally:
        event.remove(engine, "commit", die)


def _stored(row: ResponseEvent) -> Stored:
    said = (row.device, row.seq, row.kind, row.position, row.answer, row.at_ms, 0, row.unsure)
    return Stored(Event(*said), row.received_at, row.link)  # type: ignore[arg-type]


class Service:
    """One server and one hall, lent to one story after the other."""

    def __init__(self, app: Flask, hall: Hall, clock: Clock) -> None:
        self.app, self.hall, self.clock = app, hall, clock
        with app.app_context():
            self.engine = db.engine
            self.key = app.config["SETTINGS"].secrets.derive("tanda-terima")
        self.n_stories = 0

    def next_room(self) -> str:
        """Open a room for the next story and return its person's name."""
        self.n_stories += 1
        name = f"Peserta {self.n_stories}"
        self.hall.classroom.enrol(name)
        self.hall.sitting_id = open_room(self.hall.session, self.hall.classroom, self.clock())
        return name

    def sit_down(self, name: str, pocket: Pocket) -> Handset:
        """Join and start on a phone, which takes over from the one before."""
        phone = Handset(self.app, name, device=pocket.device)
        phone.join(self.hall.pin, takeover=True)
        phone.start()
        return phone

    def take(self, phone: Handset, batch: list[Entry], fate: str) -> tuple[int, dict[str, Any]] | None:
        """Send a batch; return status and answer, or None when the power went first."""
        keys = {"attempt": phone.attempt, "secret": phone.secret, "device": phone.device}
        if not fate.startswith("listrik padam"):
            answer = phone.ask("/t/jurnal", **keys, events=batch)
            return answer.status_code, answer.get_json()
        try:
            with power_cut(self.engine, fate):
                answer = phone.ask("/t/jurnal", **keys, events=batch)
            return answer.status_code, answer.get_json()
        except PowerCut:
            return None
        finally:
            self.restart()

    def restart(self) -> None:
        """Forget what a server holds in memory, and every connection."""
        forms._forms.clear()
        ledger._kept.clear()
        sheet._sheets.clear()
        self.engine.dispose()

    def give_time(self, attempt: uuid.UUID, times: Times, minutes: int) -> None:
        times.deadline += timedelta(minutes=minutes)
        give_time_to_one(**self._act(attempt), minutes=minutes, reason=WHY)

    def pause(self, times: Times) -> None:
        times.paused = self.clock()
        pause_room(**self._act(), reason=WHY)

    def resume(self, times: Times) -> None:
        times.run_on(self.clock())
        resume_room(**self._act())

    def close_for_one(self, attempt: uuid.UUID, times: Times) -> None:
        times.shut = self.clock()
        close_for_one(**self._act(attempt), reason=WHY)

    def reopen(self, attempt: uuid.UUID, times: Times, minutes: int) -> None:
        times.shut = None
        times.deadline = max(times.deadline, (times.paused or self.clock()) + timedelta(minutes=minutes))
        reopen(**self._act(attempt), minutes=minutes, reason=WHY)

    def close(self, times: Times) -> None:
        times.run_on(self.clock())
        times.closed = self.clock()
        self.hall.close(self.clock())

    def seal(self) -> None:
        service.seal_sitting(**self._act())

    def _act(self, attempt: uuid.UUID | None = None) -> dict[str, Any]:
        """Return what every act of the trainer is told, on one person if there is one."""
        one = {} if attempt is None else {"attempt_id": attempt}
        room = {"session": self.hall.session, "sitting_id": self.hall.sitting_id}
        return {**room, **one, "actor": SYSTEM, "now": self.clock()}

    def check_receipts(self, attempt: uuid.UUID, agree: Callable[[str, object, object], None]) -> None:
        """Look whether the chain of receipts is whole, in the order of arrival."""
        rows = look(
            self.hall.session,
            select(ResponseEvent).where(ResponseEvent.attempt_id == attempt).order_by(ResponseEvent.number),
        )
        agree("urutan datang", [row.number for row in rows], list(range(1, len(rows) + 1)))
        agree("tanda terima yang putus", first_fault(self.key, attempt, [_stored(row) for row in rows]), None)
