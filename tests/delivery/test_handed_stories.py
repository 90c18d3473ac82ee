"""Random days without network: code, pictures and network bring one journal in any order, and twice."""

from __future__ import annotations

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.handed import take_picture
from kapuas_quiz.delivery.handed_codes import take_code
from kapuas_quiz.delivery.models import Response
from tests.conftest import Clock
from tests.delivery.handset import Hall, look, open_hall, sat_down
from tests.delivery.test_handed import KEY, Pocket

POSITIONS = (1, 2, 3)
said = st.lists(
    st.tuples(st.sampled_from(POSITIONS), st.sampled_from(["a", "b", None])), min_size=1, max_size=8
)
acts = st.lists(
    st.tuples(st.sampled_from(["kirim", "kode", "qr"]), st.integers(0, 8), st.integers(1, 9)), max_size=6
)


class Day:
    """One phone: `here` of its entries are stored, `spoken` tells whether its code was typed in."""

    def __init__(self, session: Session, hall: Hall, pocket: Pocket, clock: Clock) -> None:
        self.session, self.hall, self.pocket, self.clock = session, hall, pocket, clock
        self.here, self.spoken = 0, False

    @property
    def entries(self) -> list[dict[str, Any]]:
        return self.pocket.entries

    def play(self, way: str, start: int, length: int) -> None:
        """Let a stretch of the journal arrive; one that would leave a hole is not sent."""
        first = min(start, self.here)
        last = min(first + length, len(self.entries))
        self.session.rollback()
        if way == "kode":
            self.type_in()
            return
        if way == "kirim":
            self.pocket.phone.send(*self.entries[first:last])
        else:
            self.scan(first + 1, last)
        self.here = max(self.here, last)

    def type_in(self) -> None:
        code = self.pocket.code
        taken = take_code(
            self.session,
            sitting_id=self.hall.sitting_id,
            text=code,
            key=KEY,
            actor=SYSTEM,
            now=self.clock(),
        )
        assert taken.again == (self.spoken or self.here == len(self.entries))
        self.spoken = True

    def scan(self, first: int, last: int) -> None:
        text = self.pocket.picture(first, last)
        take_picture(self.session, text=text, key=KEY, receipt_key=bytes(32), actor=SYSTEM, now=self.clock())

    @property
    def expected(self) -> dict[int, Any]:
        """Return what counts: all of the journal once it was read out, else what is here."""
        counted = self.entries if self.spoken else self.entries[: self.here]
        answers = {entry["n"]: entry["a"] for entry in counted if entry["k"] == "jawab"}
        return {n: answer for n, answer in answers.items() if answer is not None}

    @property
    def found(self) -> dict[int, Any]:
        rows = look(self.session, select(Response).where(Response.attempt_id == self.pocket.attempt_id))
        return {row.position: row.answer for row in rows if row.answer is not None}


def test_whatever_comes_first_the_same_counts(app: Flask, session: Session, clock: Clock) -> None:
    hall, names = open_hall(session, clock()), iter(range(1000))

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(said, acts)
    def play(choices: list[tuple[int, str | None]], order: list[tuple[str, int, int]]) -> None:
        name = f"Peserta {next(names)}"
        session.rollback()
        hall.classroom.enrol(name)
        day = Day(session, hall, Pocket(session, sat_down(app, hall, name)), clock)
        for position, answer in choices:
            day.pocket.choose(position, answer)
        day.pocket.finish()
        for act in order:
            day.play(*act)
            assert day.found == day.expected, (choices, order)

    play()
