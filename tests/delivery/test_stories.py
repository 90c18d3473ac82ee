"""Random days of one trainee: whatever order things arrive in, what counts is what a plain model says."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.brake import Brake
from kapuas_quiz.delivery.entrance import join, start
from kapuas_quiz.delivery.journal import Entry, record_entries
from kapuas_quiz.delivery.models import Response
from kapuas_quiz.delivery.refusals import NumberGap
from tests.conftest import MORNING, Clock
from tests.delivery.handset import Hall, look, open_hall
from tests.scoring.classroom import token

LIMIT_MS = 20 * 60_000
POSITIONS, OPTIONS = st.integers(1, 4), st.sampled_from(["a", "b", "c", None])


@dataclass
class Pocket:
    """A phone: its journal, how much the server said it has, when another phone took over (ms)."""

    name: str
    journal: list[Entry] = field(default_factory=list)
    acknowledged: int = 0
    superseded_ms: int = LIMIT_MS * 9


class Day(RuleBasedStateMachine):
    """One trainee with one phone after the other; the network comes and goes."""

    hall: Hall
    names: Iterator[int]

    def __init__(self) -> None:
        super().__init__()
        self.now = MORNING
        self.owner = f"Peserta {next(self.names)}"
        self.hall.classroom.enrol(self.owner)
        self.pockets: list[Pocket] = []
        self.attempt_id = uuid.UUID(int=0)
        self.limit_ms = LIMIT_MS
        self.move_in()

    @property
    def session(self) -> Session:
        return self.hall.session

    @property
    def elapsed_ms(self) -> int:
        return (self.now - MORNING) // timedelta(milliseconds=1)

    def move_in(self) -> None:
        """Take the test on a new phone."""
        for pocket in self.pockets[-1:]:
            pocket.superseded_ms = self.elapsed_ms
        self.pockets.append(Pocket(f"hp-{len(self.pockets):08d}"))
        _person, self.attempt_id = join(
            self.session,
            token=token(self.owner),
            pin=self.hall.pin,
            device=self.pockets[-1].name,
            takeover=True,
            brake=Brake(),
            now=self.now,
        )
        start(self.session, attempt_id=self.attempt_id, device=self.pockets[-1].name, now=self.now)

    @rule(position=POSITIONS, answer=OPTIONS, phone=st.integers(0, 2))
    def choose(self, position: int, answer: str | None, phone: int) -> None:
        pocket = self.pockets[min(phone, len(self.pockets) - 1)]
        entry = Entry(len(pocket.journal) + 1, "jawab", position, answer, self.elapsed_ms, 0)
        pocket.journal.append(entry)

    @rule(minutes=st.sampled_from([0.1, 1, 4, 9]))
    def time_passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: len(self.pockets) < 3 and self.elapsed_ms < self.limit_ms)
    @rule()
    def change_phone(self) -> None:
        self.now += timedelta(seconds=1)
        self.move_in()
        self.now += timedelta(seconds=1)

    @rule(phone=st.integers(0, 2), again=st.integers(0, 5), most=st.integers(0, 9), heard=st.booleans())
    def send(self, phone: int, again: int, most: int, heard: bool) -> None:
        """Send a stretch of a journal, some of it repeated; the answer may get lost."""
        pocket = self.pockets[min(phone, len(self.pockets) - 1)]
        first = max(0, pocket.acknowledged - again)
        batch = pocket.journal[first : first + most]
        done = record_entries(
            self.session, attempt_id=self.attempt_id, device=pocket.name, entries=batch[::-1], now=self.now
        )
        if heard:
            pocket.acknowledged = done.ack

    @precondition(lambda self: len(self.pockets[-1].journal) > self.pockets[-1].acknowledged + 10)
    @rule()
    def send_with_a_hole(self) -> None:
        pocket = self.pockets[-1]
        with pytest.raises(NumberGap):
            record_entries(
                self.session,
                attempt_id=self.attempt_id,
                device=pocket.name,
                entries=pocket.journal[-1:],
                now=self.now,
            )
        self.session.rollback()

    @invariant()
    def what_counts_is_what_the_model_says(self) -> None:
        model: dict[int, str | None] = {}
        for pocket in self.pockets:
            for entry in pocket.journal[: self.stored(pocket)]:
                if entry.at_ms <= min(self.limit_ms, pocket.superseded_ms) and entry.position:
                    model[entry.position] = entry.answer
        rows = look(self.session, select(Response).where(Response.attempt_id == self.attempt_id))
        assert {row.position: row.answer for row in rows} == model

    def stored(self, pocket: Pocket) -> int:
        """Ask the server how much of a journal it has, with a sign of life."""
        done = record_entries(
            self.session, attempt_id=self.attempt_id, device=pocket.name, entries=[], now=self.now
        )
        assert done.ack >= pocket.acknowledged
        return done.ack


def test_random_days_agree_with_the_plain_model(app: Flask, session: Session, clock: Clock) -> None:
    Day.hall, Day.names = open_hall(session, clock()), count(1)
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
