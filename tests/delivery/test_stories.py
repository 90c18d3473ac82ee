"""Random days of one trainee: whatever order things arrive in, what counts is what a plain model says."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.orm import Session

from tests.conftest import Clock
from tests.delivery.handset import open_hall
from tests.delivery.story_rules import Day
from tests.delivery.story_server import Service

PHASES = (Phase.reuse, Phase.generate, Phase.shrink)
IN_THE_SUITE, THOROUGHLY, STEPS = 100, 5000, 30


def play(
    app: Flask, session: Session, clock: Clock, n_stories: int, phases: tuple[Phase, ...] = PHASES
) -> None:
    """Play that many random days on one server, each with a room and a person of its own."""
    Day.service = Service(app, open_hall(session, clock()), clock)
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=n_stories,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=phases,
        ),
    )


def test_random_days_agree_with_the_plain_model(app: Flask, session: Session, clock: Clock) -> None:
    play(app, session, clock, IN_THE_SUITE)


@pytest.mark.thorough
def test_thousands_of_random_days_agree_with_the_plain_model(
    app: Flask, session: Session, clock: Clock
) -> None:
    play(app, session, clock, THOROUGHLY)
