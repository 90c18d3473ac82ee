"""What belongs to one person or one training cannot be reached through another."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Role
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, open_hall, sat_down
from tests.scoring.classroom import make_classroom, token

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"
OF_A_TRAINING = {
    ("badges.one_badge", "GET"),
    ("participant.bring_back", "POST"),
    ("participant.person", "GET"),
    ("participant.replace_card", "POST"),
    ("participant.take_out", "POST"),
    ("reporting.person", "GET"),
    ("roster.edit", "GET"),
    ("roster.edit", "POST"),
}
"""Every view that names a training and a person in it."""
NOBODYS = {
    "reporting.download",
    "reporting.item",
    "reporting.open_item",
    "reporting.report_item",
    "imports.look",
    "imports.confirm",
    "delivery.paper_booklet_sheets",
    "delivery.paper_answer_sheet",
}
"""Items and files belong to the installation, a booklet to nobody; only one knows the key of an upload."""
FORM = {"reason": "uji", "card_reason": "hilang"}


@pytest.fixture
def hall(session: Session, clock: Clock) -> Hall:
    return open_hall(session, clock(), NILA, BAYU)


@pytest.fixture
def phones(app: Flask, hall: Hall) -> tuple[Handset, Handset]:
    return sat_down(app, hall, NILA), sat_down(app, hall, BAYU, device="hp-bayu-0001")


def test_the_table_names_every_view_of_something_inside_a_training(app: Flask) -> None:
    found = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if "training_id" in rule.arguments and len(rule.arguments) > 1 and rule.endpoint not in NOBODYS
    }
    assert found == OF_A_TRAINING


@pytest.mark.parametrize(("endpoint", "method"), sorted(OF_A_TRAINING))
def test_nothing_of_one_training_is_reached_through_another(
    app: Flask, session: Session, clock: Clock, sign_in, hall: Hall, endpoint: str, method: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    other = make_classroom(session, clock(), name="TOT gelombang IV", planned=False)
    session.commit()
    values = {"training_id": other.training_id, "enrolment_id": hall.classroom.people[NILA]}
    url = app.url_map.bind("localhost").build(endpoint, values, method=method)
    response = sign_in(*Role).open(url, method=method, data=FORM if method == "POST" else None)
    assert response.status_code == 404
    assert NILA not in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/t/mulai", "/t/jurnal"])
def test_the_secret_of_one_attempt_opens_no_other(phones: tuple[Handset, Handset], path: str) -> None:
    nila, bayu = phones
    body = {"attempt": bayu.attempt, "secret": nila.secret, "device": bayu.device}
    refused = nila.ask(path, **body, **({"events": []} if path == "/t/jurnal" else {}))
    assert refused.status_code == 403


def test_the_plain_page_of_another_attempt_stays_shut(phones: tuple[Handset, Handset], phone) -> None:
    nila, bayu = phones
    assert phone.open(f"/polos/{bayu.attempt}/{nila.secret}").status_code in (403, 404)


def test_an_unknown_phone_cannot_write_for_an_attempt_without_joining(
    phones: tuple[Handset, Handset],
) -> None:
    nila, _ = phones
    answer = nila.ask(
        "/t/jurnal", attempt=nila.attempt, secret=nila.secret, device="hp-asing-0001", events=[]
    )
    assert answer.status_code == 409


def test_a_badge_shows_its_owner_and_nobody_else(phones: tuple[Handset, Handset], phone) -> None:
    page = phone.open(f"/hasil/{token(BAYU)}").get_data(as_text=True)
    assert NILA not in page
