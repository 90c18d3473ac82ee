"""The demo is complete, or it is made again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import Amendment, Item, ItemReport, ItemReview
from kapuas_quiz.certificates.models import Certificate
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.extensions import db
from kapuas_quiz.factory import create_app
from kapuas_quiz.forms.models import AssessmentForm
from kapuas_quiz.operations import demo
from kapuas_quiz.operations.prepare import prepare
from kapuas_quiz.settings import load_settings


class PowerCutError(Exception):
    """The process ended here."""


@contextmanager
def started(data, clock) -> Iterator[Session]:
    """Start the demo and look into it."""
    settings = load_settings({"KAPUAS_DATA": str(data)}, demo=True)
    app = create_app(settings, clock=clock, testing=True)
    with app.app_context():
        try:
            prepare(app, settings, now=clock())
            yield db.session()
        finally:
            db.session.remove()
            db.engine.dispose()


def start(data, clock) -> tuple[int, int]:
    """Start the demo and count its attempts and certificates."""
    with started(data, clock) as session:
        attempts, certificates = (
            session.scalar(select(func.count()).select_from(table)) for table in (Attempt, Certificate)
        )
    return attempts, certificates


@pytest.mark.parametrize("step", ["_training", "_sitting", "issue"])
def test_a_demo_cut_off_half_way_is_made_again_and_then_kept(tmp_path, clock, monkeypatch, step):
    def cut_off(*_arguments, **_options):
        raise PowerCutError

    with monkeypatch.context() as cut, pytest.raises(PowerCutError):
        cut.setattr(demo, step, cut_off)
        start(tmp_path, clock)
    attempts, certificates = start(tmp_path, clock)
    assert attempts > 0
    assert certificates > 0
    made = (tmp_path / "demo" / "kapuas.sqlite3").stat().st_ino
    assert start(tmp_path, clock) == (attempts, certificates)
    assert (tmp_path / "demo" / "kapuas.sqlite3").stat().st_ino == made


def test_a_demo_whose_secret_is_gone_is_made_again_instead_of_showing_dead_badges(tmp_path, clock):
    start(tmp_path, clock)
    made = (tmp_path / "demo" / "kapuas.sqlite3").read_bytes()
    (tmp_path / "demo" / "rahasia.json").unlink()
    assert min(start(tmp_path, clock)) > 0
    assert (tmp_path / "demo" / "kapuas.sqlite3").read_bytes() != made


def test_the_demo_has_been_reviewed_in_part_in_every_area(tmp_path, clock):
    with started(tmp_path, clock) as session:
        areas = set(session.scalars(select(Item.competency)))
        approved = Counter(session.scalars(select(Item.competency).where(Item.review == "disetujui")))
        ready = Counter(session.scalars(select(Item.competency).where(Item.review == "siap-ditelaah")))
        sent_back = session.scalars(select(ItemReview).where(ItemReview.decision == "send_back")).all()
        allowances = set(session.scalars(select(AssessmentForm.allowance)))
        amended = session.scalars(select(Amendment)).all()
    assert set(approved) == set(ready) == areas
    assert [bool(row.comment) for row in sent_back] == [True]
    assert allowances == {demo.ALLOWANCE}
    assert not amended


def test_a_trainee_of_the_demo_waits_for_an_answer_and_a_trainer_has_one(tmp_path, clock):
    with started(tmp_path, clock) as session:
        rows = session.scalars(select(ItemReport)).all()
    assert sorted((row.source, bool(row.answer)) for row in rows) == [("pengajar", True), ("peserta", False)]
