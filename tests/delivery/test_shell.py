"""The page behind each badge is nobody's; the front door and the typed code lead to it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff
from kapuas_quiz.core.badge import badge_code, badge_token, code_digest, written_code
from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.settings import Secrets
from kapuas_quiz.trainings.models import Enrolment
from tests.conftest import Clock
from tests.pages import PageClient
from tests.scoring.classroom import make_classroom

NILA = "Nila Pertiwi"


def test_the_shell_is_the_same_for_every_badge_and_may_be_kept_a_day(phone: PageClient) -> None:
    one, other = phone.open("/k/" + "a" * 32), phone.open("/k/" + "b" * 32)
    assert one.data == other.data
    assert one.headers["Cache-Control"] == "private, max-age=86400"
    assert "Set-Cookie" not in one.headers
    assert "a" * 32 not in one.text


def test_a_kept_shell_is_not_sent_again(phone: PageClient) -> None:
    tag = phone.open("/k/x").headers["ETag"]
    assert phone.open("/k/x", headers={"If-None-Match": tag}).status_code == 304


def test_the_shell_holds_no_form_secret_of_a_sign_in(
    phone: PageClient, sign_in: Callable[..., PageClient]
) -> None:
    assert sign_in(Role.OPERATOR).open("/k/x").data == phone.open("/k/x").data


def test_the_shell_passes_the_checks_of_a_page(phone: PageClient) -> None:
    assert phone.get("/k/x").h1


def with_code(session: Session, clock: Clock) -> tuple[str, str]:
    """Enrol somebody and return the token and the written code of the badge."""
    enrolment_id = make_classroom(session, clock()).enrol(NILA)
    secret = Secrets(bytes(32)).badge
    token, code = badge_token(secret, enrolment_id, 1), badge_code(secret, enrolment_id, 1)
    enrolment = session.get_one(Enrolment, enrolment_id)
    enrolment.badge_digest, enrolment.code_digest = digest(token), code_digest(secret, code)
    session.commit()
    return token, written_code(code)


def test_a_typed_code_leads_to_the_badge(session: Session, clock: Clock, phone) -> None:
    token, code = with_code(session, clock)
    answer = phone.open("/k", method="POST", data={"kode": code.lower()})
    assert (answer.status_code, answer.location) == (302, f"/k/{token}")


def test_a_mistyped_code_is_shown_again_with_advice(phone: PageClient) -> None:
    page = phone.get("/k")
    again = phone.submit(page, "form", status=422, kode="K7Q2-9F4M")
    assert "K7Q2-9F4M belum cocok" in again.text
    assert again.select_one("#kode")["value"] == "K7Q2-9F4M"


def test_guessing_codes_is_slowed_for_the_guessing_phone_alone(app: Flask, phone: PageClient) -> None:
    for _ in range(30):
        assert phone.open("/k", method="POST", data={"kode": "K7Q2-9F4M"}).status_code == 422
    slowed = phone.open("/k", method="POST", data={"kode": "K7Q2-9F4M"})
    assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "60")
    assert "Tunggu satu menit" in slowed.text
    neighbour = PageClient(app, address="192.168.1.78")
    assert neighbour.open("/k", method="POST", data={"kode": "K7Q2-9F4M"}).status_code == 422


def test_a_hall_types_right_codes_as_fast_as_it_can(session: Session, clock: Clock, phone) -> None:
    code = with_code(session, clock)[1]
    answers = [phone.open("/k", method="POST", data={"kode": code}).status_code for _ in range(40)]
    assert set(answers) == {302}


def test_a_phone_at_the_front_door_is_asked_for_its_code(phone: PageClient) -> None:
    assert phone.get("/").select_one("form[action='/k'] #kode")


def test_the_laptop_is_led_to_the_set_up_until_there_is_an_operator(client: PageClient) -> None:
    assert client.open("/").location == "/mulai"


def test_staff_are_led_to_the_trainings(client: PageClient, sign_in, session: Session) -> None:
    operator = sign_in(Role.OPERATOR)
    session.query(Staff).one().password_hash = "x"
    session.commit()
    assert operator.open("/").location == client.open("/").location == "/kegiatan"
