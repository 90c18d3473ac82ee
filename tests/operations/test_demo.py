"""The demo is complete, or it is made again."""

import pytest
from sqlalchemy import func, select

from kapuas_quiz.certificates.models import Certificate
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.extensions import db
from kapuas_quiz.factory import create_app
from kapuas_quiz.operations import demo
from kapuas_quiz.operations.prepare import prepare
from kapuas_quiz.settings import load_settings


class PowerCutError(Exception):
    """The process ended here."""


def start(data, clock) -> tuple[int, int]:
    """Start the demo and count its attempts and certificates."""
    settings = load_settings({"KAPUAS_DATA": str(data)}, demo=True)
    app = create_app(settings, clock=clock, testing=True)
    with app.app_context():
        try:
            prepare(app, settings, now=clock())
            session = db.session()
            attempts, certificates = (
                session.scalar(select(func.count()).select_from(table)) for table in (Attempt, Certificate)
            )
        finally:
            db.session.remove()
            db.engine.dispose()
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
