"""Inviting people, their roles, closing accounts, and the link that nobody can use twice."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts import invitations
from kapuas_quiz.accounts.models import Invitation, Staff
from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.accounts.conftest import PASSWORD
from tests.pages import PageClient

NEW = {"password": PASSWORD, "again": PASSWORD}


def roles_of(session: Session, name: str) -> set[str]:
    session.rollback()
    roles = {entry.role for entry in session.scalars(select(Staff).where(Staff.name == name)).one().roles}
    session.rollback()
    return roles


def test_the_first_link_makes_the_first_operator_once(client, session: Session, app: Flask, clock) -> None:
    token = invitations.first_invitation(session, now=clock())
    page = client.get(f"/undangan/{token}")
    person = {"name": "Tirta Andara", "email": "Tirta@Contoh.id", **NEW}
    form = page.select_one("main form")
    data = {"csrf_token": form.select_one("[name=csrf_token]")["value"], **person}
    answer = client.open(f"/undangan/{token}", method="POST", data=data)
    assert answer.location == "/mulai"
    assert client.get("/akun").select_one("main p").text == "Tirta Andara, tirta@contoh.id"
    assert roles_of(session, "Tirta Andara") == {"operator", "fasilitator"}
    assert invitations.first_invitation(session, now=clock()) is None
    other = PageClient(app)
    assert "tidak berlaku" in other.get(f"/undangan/{token}", status=404).select_one("h1").text
    assert other.open(f"/undangan/{token}", method="POST", data=data).status_code == 400


def test_an_earlier_first_link_dies_when_an_operator_exists(client, session: Session, member, clock) -> None:
    token = invitations.first_invitation(session, now=clock())
    member()
    client.get(f"/undangan/{token}", status=404)


def test_a_new_first_link_replaces_the_old_one(client, session: Session, clock) -> None:
    old = invitations.first_invitation(session, now=clock())
    new = invitations.first_invitation(session, now=clock())
    client.get(f"/undangan/{old}", status=404)
    client.get(f"/undangan/{new}")


def test_an_operator_invites_and_the_guest_chooses_the_password(client, sign_in, session: Session) -> None:
    operator = sign_in(Role.OPERATOR)
    page = operator.submit(
        operator.get("/petugas/baru"),
        "#undang",
        name="Intan",
        email="intan@contoh.id",
        roles=["pengamat", "penetap"],
    )
    link = page.select_one("a.address")
    assert link["href"] == link.text and "/undangan/" in link.text
    assert page.select_one("svg.qr") is None
    welcome = client.get(link["href"])
    assert "Intan" in welcome.select_one("h1").text
    answer = client.open(
        link["href"],
        method="POST",
        data={
            "csrf_token": welcome.select_one("[name=csrf_token]")["value"],
            "email": "lain@contoh.id",
            **NEW,
        },
    )
    assert answer.location == "/"
    assert "intan@contoh.id" in client.get("/akun").text
    assert roles_of(session, "Intan") == {"pengamat", "penetap"}
    assert client.open("/petugas").status_code == 403


def test_over_https_the_link_is_also_a_picture(sign_in) -> None:
    operator = sign_in(Role.OPERATOR)
    secure = {"base_url": "https://localhost"}
    page = operator.open("/petugas/baru", **secure)
    token = page.get_data(as_text=True).split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    data = {"csrf_token": token, "name": "Intan", "email": "intan@contoh.id", "roles": "pengamat"}
    headers = {"Referer": "https://localhost/petugas/baru"}
    answer = operator.open("/petugas/baru", method="POST", data=data, headers=headers, **secure)
    assert "https://localhost/undangan/" in answer.text and "<svg" in answer.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "", "email": "intan@contoh.id", "roles": "pengamat"}, "perlu diisi"),
        ({"name": "Intan", "email": "intan", "roles": "pengamat"}, "surel lengkap"),
        ({"name": "Intan", "email": "intan@contoh.id"}, "paling sedikit satu peran"),
        ({"name": "Intan", "email": "GITA@contoh.id", "roles": "pengamat"}, "sudah dipakai"),
    ],
)
def test_an_invitation_with_a_fault_keeps_what_was_typed(sign_in, member, values, words) -> None:
    member()
    operator = sign_in(Role.OPERATOR)
    page = operator.submit(operator.get("/petugas/baru"), "#undang", status=422, **values)
    assert words in page.select_one("#undang").text
    assert page.select_one("[name=email]")["value"] == values["email"]


def test_an_invitation_lasts_a_day(client, session: Session, member, clock) -> None:
    staff = member(password=None)
    token = invitations.invite_again(session, staff_id=staff.id, actor=SYSTEM, now=clock())
    clock.forward(hours=24)
    client.get(f"/undangan/{token}")
    clock.forward(seconds=1)
    client.get(f"/undangan/{token}", status=404)


def test_a_forgotten_password_is_replaced_by_a_new_link(client, sign_in, session: Session, member) -> None:
    member(Role.TRAINER)
    operator = sign_in(Role.OPERATOR)
    page = operator.get(operator.get("/petugas").find("a", string="Gita Permata")["href"])
    links = [
        operator.submit(page, "form[action$='/undang-ulang']").select_one("a.address")["href"]
        for _ in range(2)
    ]
    client.get(links[0], status=404)
    welcome = client.get(links[1])
    data = {"csrf_token": welcome.select_one("[name=csrf_token]")["value"]}
    again = client.open(links[1], method="POST", data={**data, "password": "pendek", "again": "pendek"})
    assert again.status_code == 422 and "paling sedikit 10" in again.text
    assert client.open(links[1], method="POST", data={**data, **NEW}).location == "/"
    assert session.scalars(select(Invitation.digest).where(Invitation.used_at.is_(None))).all() == []


def test_roles_change_at_once_and_are_written_down(sign_in, member, session: Session) -> None:
    member()
    operator, trainer = sign_in(Role.OPERATOR), sign_in(Role.TRAINER, name="Rimba Samudra")
    page = operator.get(operator.get("/petugas").find("a", string="Rimba Samudra")["href"])
    assert [box["value"] for box in page.select("#peran input[checked]")] == ["fasilitator"]
    page = operator.submit(page, "#peran", roles=["operator", "pengamat"])
    assert "Peran sudah diubah" in page.text
    assert trainer.open("/petugas").status_code == 200
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "petugas.peran")).one()
    assert event.detail["sebelum"] == ["fasilitator"]
    assert event.detail["sesudah"] == ["operator", "pengamat"]


def test_somebody_without_any_role_is_refused(sign_in, session: Session) -> None:
    operator = sign_in(Role.OPERATOR)
    page = operator.get(operator.get("/petugas").find("a", string="Tirta Andara")["href"])
    page = operator.submit(page, "#peran", status=422, roles=[])
    assert "paling sedikit satu peran" in page.text
    assert roles_of(session, "Tirta Andara") == {"operator"}


def test_the_last_operator_stays(client, member, session: Session) -> None:
    staff = member()
    member(Role.OPERATOR, email="belum@contoh.id", name="Belum Masuk", password=None)
    page = client.get("/masuk?berikut=/petugas")
    page = client.submit(page, "main form", email=staff.email, password=PASSWORD)
    page = client.get(page.find("a", string="Gita Permata")["href"])
    refused = client.submit(page, "#peran", status=422, roles=["fasilitator"])
    assert "satu operator" in refused.select_one("#peran").text
    assert roles_of(session, "Gita Permata") == {"operator"}
    assert "operator terakhir" in client.submit(page, "form[action$='/tutup']").text
    assert client.open("/petugas").status_code == 200


def test_closing_an_account_ends_its_sessions_and_links_until_it_is_opened(
    client, sign_in, member, session: Session, clock
) -> None:
    member()
    guest = member(Role.TRAINER, email="rimba@contoh.id", name="Rimba Samudra", password=None)
    place = f"/petugas/{guest.id}"
    link = invitations.invite_again(session, staff_id=guest.id, actor=SYSTEM, now=clock())
    operator = sign_in(Role.OPERATOR)
    page = operator.submit(operator.get(place), "form[action$='/tutup']")
    assert "sudah ditutup" in page.text
    client.get(f"/undangan/{link}", status=404)
    refused = operator.open(f"{place}/undang-ulang", method="POST", data=token_of(page))
    assert refused.status_code == 302
    assert "Buka dahulu" in operator.get(place).text
    page = operator.submit(page, "form[action$='/buka']")
    assert "dibuka lagi" in page.text and page.select_one("#peran")


def token_of(page) -> dict[str, str]:
    return {"csrf_token": page.select_one("[name=csrf_token]")["value"]}


def test_an_operator_can_sign_somebody_out_everywhere(sign_in) -> None:
    operator, trainer = sign_in(Role.OPERATOR), sign_in(Role.TRAINER, name="Rimba Samudra")
    page = operator.get(operator.get("/petugas").find("a", string="Rimba Samudra")["href"])
    operator.submit(page, "form[action$='/akhiri-sesi']")
    assert trainer.open("/akun").status_code == 302


def test_nobody_by_that_number(sign_in) -> None:
    sign_in(Role.OPERATOR).get("/petugas/00000000-0000-7000-8000-000000000000", status=404)


def test_the_menu_shows_ones_own_places_and_where_one_is(sign_in) -> None:
    page = sign_in(Role.OPERATOR).get("/petugas/baru")
    assert [link.text for link in page.select("nav a")] == [
        "Mulai",
        "Kegiatan",
        "Bank soal",
        "Petugas",
        "Jejak",
        "Akun",
    ]
    assert page.select_one("nav [aria-current]").text == "Petugas"
    observer = sign_in(Role.OBSERVER).get("/akun")
    assert [link.text for link in observer.select("nav a")] == ["Kegiatan", "Pengawasan", "Jejak", "Akun"]
    assert observer.select_one("nav [aria-current=page]").text == "Akun"
