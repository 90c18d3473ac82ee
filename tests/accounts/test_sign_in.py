"""Who gets in, who does not, and what a stranger learns from the difference."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts import service
from kapuas_quiz.accounts.models import StaffSession
from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import Actor, Role
from kapuas_quiz.core.tokens import digest
from tests.accounts.conftest import PASSWORD

FORM = "form[action^='/masuk']"


def enter(client, email="gita@contoh.id", password=PASSWORD, status=200, onward="/masuk?berikut=/akun"):
    page = client.get(onward)
    return client.submit(page, FORM, status=status, email=email, password=password)


def test_email_and_password_open_the_page_that_was_asked_for(client, member) -> None:
    member()
    assert "Gita Permata" in enter(client, email=" Gita@Contoh.id ").select_one("main").text


def test_somebody_signed_in_is_passed_on(client, member) -> None:
    member()
    enter(client)
    assert client.open("/masuk?berikut=/petugas").location == "/petugas"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://contoh.org", "//contoh.org", "/\\contoh.org", "///contoh.org", "/%5Ccontoh.org%0d", "//[", "x"],
)
def test_signing_in_never_leads_outside(client, member, elsewhere: str) -> None:
    member()
    page = client.get("/masuk")
    data = {"email": "gita@contoh.id", "password": PASSWORD}
    data["csrf_token"] = page.select_one("[name=csrf_token]")["value"]
    answer = client.open("/masuk", method="POST", query_string={"berikut": elsewhere}, data=data)
    assert answer.status_code == 302
    assert answer.location == "/" or answer.location.startswith("/%5C")


@pytest.mark.parametrize(
    ("email", "password"), [("gita@contoh.id", "lain sekali"), ("bukan@contoh.id", PASSWORD)]
)
def test_what_does_not_fit_is_refused_in_the_same_words(client, member, email: str, password: str) -> None:
    member()
    page = enter(client, email=email, password=password, status=422)
    assert page.select_one(".fault").text.startswith("Surel dan kata sandi ini belum cocok.")
    assert page.select_one("[name=email]")["value"] == email
    assert not page.select_one("[name=password]").get("value")


def test_an_unknown_address_costs_as_much_work_as_a_known_one(
    session: Session, member, clock, monkeypatch
) -> None:
    member()
    member(email="rimba@contoh.id", password=None)
    checked = []
    verify = service.password_matches
    monkeypatch.setattr(service, "password_matches", lambda *pair: checked.append(pair[0]) or verify(*pair))
    for email in ("gita@contoh.id", "rimba@contoh.id", "bukan@contoh.id"):
        with pytest.raises(service.WrongCredentialsError):
            service.sign_in(session, email=email, password="keliru", user_agent="", now=clock())
    assert len(checked) == 3
    assert checked[1:] == [service.NOBODY] * 2
    assert not service.HASHER.check_needs_rehash(service.NOBODY)


def test_a_closed_account_does_not_open(client, member, session: Session, clock) -> None:
    member().disabled_at = clock()
    session.commit()
    enter(client, status=422)


def test_after_eight_failures_the_account_rests_five_minutes(client, member, session: Session, clock) -> None:
    member()
    for _ in range(8):
        enter(client, password="keliru", status=422)
    page = enter(client, status=422)
    assert "dikunci sampai pukul 08.05 WIB" in page.select_one(".fault").text
    assert session.scalar(select(AuditEvent.actor).where(AuditEvent.action == "petugas.jeda")) == "sistem"
    session.rollback()
    clock.forward(minutes=5, seconds=1)
    assert enter(client).select_one("h1").text == "Akun Anda"


def test_a_success_forgets_earlier_failures(client, member, session: Session) -> None:
    staff = member()
    for _ in range(2):
        for _ in range(7):
            enter(client, password="keliru", status=422)
        enter(client)
        client.http.delete_cookie("kapuas")
    session.refresh(staff)
    assert staff.failures == 0 and staff.locked_until is None


def test_a_burst_on_one_address_is_slowed(client, member) -> None:
    member()
    answers = [enter_raw(client).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
    assert enter_raw(client, email="lain@contoh.id").status_code == 422


def test_bursts_from_afar_are_slowed_and_those_of_the_laptop_are_not(app, client, phone) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    secure = {"base_url": "https://kuis.contoh.id"}
    far = [enter_raw(phone, email=f"{n}@contoh.id", token="", **secure).status_code for n in range(61)]
    near = [enter_raw(client, email=f"{n}@contoh.id", token="").status_code for n in range(61)]
    assert far == [422] * 60 + [429]
    assert near == [422] * 61


def enter_raw(client, email="gita@contoh.id", token=None, **options):
    token = client.get("/masuk").select_one("[name=csrf_token]")["value"] if token is None else token
    return client.open("/masuk", method="POST", data={"email": email, "csrf_token": token}, **options)


def test_signing_out_makes_a_copied_cookie_worthless(client, sign_in, app) -> None:
    browser = sign_in(Role.TRAINER)
    with browser.http.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert "Anda sudah keluar" in browser.submit(browser.get("/akun"), "form[action='/keluar']").text
    client.remember(token)
    assert "/masuk" in client.open("/akun").location


def test_a_session_ends_after_fourteen_hours(sign_in, clock) -> None:
    browser = sign_in(Role.TRAINER)
    clock.forward(hours=14)
    assert browser.open("/akun").status_code == 200
    clock.forward(seconds=1)
    assert browser.open("/akun").location == "/masuk?berikut=/akun"


def test_reading_a_page_never_writes(sign_in, session: Session) -> None:
    browser = sign_in(Role.OPERATOR)
    before = session.scalars(select(StaffSession.created_at)).all()
    session.rollback()
    browser.get("/akun")
    assert session.scalars(select(StaffSession.created_at)).all() == before
    assert session.scalars(select(AuditEvent)).all() == []


def test_a_password_is_never_asked_over_the_venues_network(phone) -> None:
    assert "laptop" in phone.get("/masuk", status=403).select_one("h1").text
    assert phone.open("/masuk", method="POST").status_code == 403
    assert phone.open("/undangan/apa-saja").status_code == 403


def test_the_table_keeps_no_token_and_no_password(client, member, session: Session) -> None:
    staff = member()
    token = service.sign_in(
        session, email=staff.email, password=PASSWORD, user_agent="x" * 500, now=staff.created_at
    )
    row = session.get_one(StaffSession, digest(token))
    assert token not in str(vars(row))
    assert PASSWORD not in staff.password_hash and staff.password_hash.startswith(
        "$argon2id$v=19$m=19456,t=2,p=1$"
    )
    assert len(row.user_agent) == 200


def test_changing_the_password_ends_every_other_session(client, member, app) -> None:
    member()
    enter(client)
    from tests.pages import PageClient

    other = PageClient(app)
    enter(other)
    page = client.submit(
        client.get("/akun"), "#ganti", old=PASSWORD, password="rakit bambu hanyut", again="rakit bambu hanyut"
    )
    assert "Kata sandi sudah diganti" in page.text
    assert other.open("/akun").status_code == 302
    assert client.open("/akun").status_code == 200
    client.submit(page, "form[action='/keluar']")
    enter(client, status=422)
    enter(client, password="rakit bambu hanyut")


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("keliru", "rakit bambu hanyut", "rakit bambu hanyut", "belum cocok"),
        (PASSWORD, "pendek", "pendek", "paling sedikit 10"),
        (PASSWORD, "1234567890", "1234567890", "mudah ditebak"),
        (PASSWORD, "rakit bambu hanyut", "rakit bambu", "belum sama"),
        (PASSWORD, "", "", "perlu diisi"),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_the_reason(
    client, member, old, new, again, words
) -> None:
    member()
    enter(client)
    page = client.submit(client.get("/akun"), "#ganti", status=422, old=old, password=new, again=again)
    assert words in page.select_one("#ganti").text
    assert client.open("/akun").status_code == 200


def test_one_can_sign_out_ones_other_browsers(client, member, app, clock) -> None:
    from tests.pages import PageClient

    member()
    other = PageClient(app)
    enter(other)
    clock.forward(hours=1)
    enter(client)
    page = client.get("/akun")
    assert len(page.select("main li")) == 2
    page = client.submit(page, "form[action='/akun/akhiri-sesi']")
    assert len(page.select("main li")) == 1
    assert other.open("/akun").status_code == 302


def test_the_trail_names_who_signed_in(client, member, session: Session) -> None:
    staff = member()
    enter(client)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor) == ("petugas.masuk", str(staff.id))
    assert event.detail["nama"] == Actor("", "Gita Permata").name
