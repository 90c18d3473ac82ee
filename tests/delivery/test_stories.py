"""Random days of one trainee: whatever order things arrive in, what counts is what a plain model says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.orm import Session

from tests.conftest import Clock
from tests.delivery.handset import Handset, open_hall
from tests.delivery.story_model import Entry
from tests.delivery.story_rules import Day
from tests.delivery.story_server import Service

STORIES, MANY_STORIES = 300, 5000
SEARCH = (Phase.reuse, Phase.generate, Phase.shrink)


class Forgetful(Service):
    """A server that loses the last entry of what it is sent, and answers as if nothing were wrong."""

    def take(self, phone: Handset, batch: list[Entry], fate: str) -> tuple[int, dict[str, Any]] | None:
        return super().take(phone, batch[:-1], fate)


def play(server: Service, n_stories: int, *, steps: int = 20, phases: tuple[Phase, ...] = SEARCH) -> None:
    """Play that many random days on one server, each with a room and a person of its own."""
    Day.service = server
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=n_stories,
            stateful_step_count=steps,
            phases=phases,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def server(app: Flask, session: Session, clock: Clock) -> Service:
    return Service(app, open_hall(session, clock()), clock)


def test_random_days_agree_with_the_plain_model(server: Service) -> None:
    play(server, STORIES)


@pytest.mark.thorough
def test_thousands_of_random_days_agree_with_the_plain_model(server: Service) -> None:
    play(server, MANY_STORIES, steps=30)


def test_a_loss_is_told_as_a_story(app: Flask, session: Session, clock: Clock) -> None:
    forgetful = Forgetful(app, open_hall(session, clock()), clock)
    with pytest.raises(AssertionError) as failure:
        play(forgetful, STORIES, phases=(Phase.generate,))
    told = str(failure.value)
    assert told.startswith("\n08.00.00 Peserta ") and " masuk dengan HP-1\n" in told
    assert re.search(
        r"HP-\d mengirim catatan \d.*\n=> diterima sampai catatan: server \d+, seharusnya \d+", told
    )
