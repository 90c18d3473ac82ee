"""Two members of the committee act at once, or one taps twice: time is given once, and all see the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.time_code import take
from kapuas_quiz.delivery.models import TimeGrant
from kapuas_quiz.forms.models import Assessment
from tests.conftest import Clock
from tests.delivery.handset import Hall, look, open_hall, sat_down
from tests.delivery.test_board_alerts import board, cut_off
from tests.pages import PageClient

ONE_DATABASE = True
NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"


@pytest.fixture
def trainer(sign_in: Callable[..., PageClient]) -> PageClient:
    return sign_in(Role.TRAINER)


def given(session: Session) -> list[int]:
    return look(session, select(TimeGrant.minutes).order_by(TimeGrant.number))


def person_page(hall: Hall, attempt: str) -> str:
    return f"/sesi/{hall.sitting_id}/orang/{attempt}"


def test_a_second_tap_on_more_time_for_one_is_asked_about_and_gives_nothing(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    page = trainer.get(person_page(hall, phone.attempt))
    asked = {"waktu-minutes": 12}
    trainer.submit(page, "form[action$='/waktu']", **asked)
    again = trainer.submit(page, "form[action$='/waktu']", 409, **asked)
    assert "sudah ditambah sesudah halaman Anda dibuka" in again.text
    assert given(session) == [12]
    trainer.submit(again, "form[action$='/waktu']")
    assert given(session) == [12, 12]


def test_a_second_tap_on_more_time_for_all_is_asked_about_and_gives_nothing(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    sat_down(app, hall)
    page = trainer.get(f"/sesi/{hall.sitting_id}/tindakan")
    asked = {"waktu-minutes": 5}
    trainer.submit(page, "form[action$='/waktu']", **asked)
    again = trainer.submit(page, "form[action$='/waktu']", 409, **asked)
    assert "Belum ditambah lagi" in again.text
    assert given(session) == [5]
    trainer.submit(again, "form[action$='/waktu']")
    assert given(session) == [5, 5]


@pytest.mark.parametrize("first", ["/waktu", "/tanpa-tambahan"])
def test_of_two_answers_to_one_outage_the_first_counts(
    app: Flask, session: Session, clock: Clock, trainer: PageClient, first: str
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    cut_off(app, hall, clock)
    mine = theirs = board(trainer, hall)
    trainer.submit(theirs, f"form[action$='{first}']")
    after = given(session)
    assert len(after) == (2 if first == "/waktu" else 0)
    assert "sudah diputuskan" in trainer.submit(mine, "form[action$='/waktu']", 409).text
    assert "Sudah diputuskan" in trainer.submit(mine, "form[action$='/tanpa-tambahan']").text
    assert given(session) == after


def test_two_codes_for_one_phone_are_read_out_in_their_order(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=10)
    for minutes in (5, 7):
        page = trainer.get(person_page(hall, phone.attempt))
        trainer.submit(page, "form[action$='/waktu']", **{"waktu-minutes": minutes})
    told = board(trainer, hall).select(".notice li")
    assert ["Kode ke-1 dari 2" in told[0].text, "Kode ke-2 dari 2" in told[1].text] == [True, True]
    for known, (line, minutes) in enumerate(zip(told, (5, 7), strict=True)):
        assert take(phone.secret, line.strong.text, known) == (known + 1, minutes)


def test_a_long_test_that_was_handed_in_early_is_reopened_as_it_is_offered(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    for test in session.scalars(select(Assessment)):
        test.minutes = 150
    session.commit()
    phone = sat_down(app, hall)
    phone.hand_in(t=1000)
    clock.forward(minutes=1)
    trainer.submit(trainer.get(person_page(hall, phone.attempt)), "form[action$='/buka']")
    assert phone.send()["remaining_ms"] == 149 * 60_000


def test_an_outage_of_many_short_cuts_can_be_answered(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    for test in session.scalars(select(Assessment)):
        test.minutes = 150
    session.commit()
    phone = sat_down(app, hall)
    for cut in range(12):
        started = cut * 6 * 60_000
        clock.forward(minutes=2)
        phone.choose(1, "a", t=started + 2 * 60_000)
        clock.forward(minutes=4)
        phone.choose(1, "b", t=started + 3 * 60_000)
    trainer.submit(board(trainer, hall), "form[action$='/waktu']")
    assert len(given(session)) == 1
