"""A receipt can be shown weeks later: what it proves, and that nothing before it was changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery.models import ResponseEvent
from kapuas_quiz.delivery.receipts import NoReceipt, broken_chains, proofs_of, receipt_of, receipts_of
from kapuas_quiz.settings import Secrets
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, open_hall, sat_down

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"
KEY = Secrets(bytes(32)).derive("tanda-terima")


@pytest.fixture
def hall(session: Session, clock: Clock) -> Hall:
    return open_hall(session, clock(), NILA, BAYU)


@pytest.fixture
def phone(app: Flask, hall: Hall) -> Handset:
    return sat_down(app, hall)


def tamper(session: Session, **values: Any) -> None:
    """Change an entry behind the application's back, triggers and all."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE response_event DISABLE TRIGGER USER"))
    else:
        for name in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f'DROP TRIGGER "{name}"'))
    session.execute(update(ResponseEvent).where(ResponseEvent.number == 2).values(**values))
    session.commit()


def test_the_hand_ins_receipt_is_on_the_phone_on_the_board_and_proves_the_answers(
    session: Session, hall: Hall, phone: Handset, clock: Clock
) -> None:
    phone.choose(1, "a")
    phone.choose(2, "b")
    shown = phone.hand_in()["bukti"]
    assert receipts_of(session, hall.sitting_id) == {uuid.UUID(phone.attempt): shown}
    assert receipt_of(session, uuid.UUID(phone.attempt)) == shown
    (proof,) = proofs_of(session, text=shown.lower().replace("-", " "), key=KEY)
    assert (proof.person.name, proof.n_answered, proof.number, proof.later) == (NILA, 2, 3, 0)
    assert (proof.is_hand_in, proof.fault, proof.via) == (True, None, "jaringan")
    session.rollback()


def test_a_receipt_from_the_middle_proves_what_was_there_then_also_weeks_after_sealing(
    session: Session, hall: Hall, phone: Handset, clock: Clock
) -> None:
    early = phone.choose(1, "a")["bukti"]
    phone.choose(2, "b")
    phone.hand_in()
    hall.close(clock.forward(minutes=5))
    hall.seal(clock())
    clock.forward(weeks=3)
    (proof,) = proofs_of(session, text=early, key=KEY)
    assert (proof.n_answered, proof.is_hand_in, proof.later, proof.fault) == (1, False, 2, None)
    assert proof.sealed_at is not None and proof.sealed_at < clock() - timedelta(weeks=2)
    session.rollback()


def test_a_changed_answer_breaks_the_chain_and_its_number_is_named(
    session: Session, hall: Hall, phone: Handset
) -> None:
    phone.choose(1, "a")
    phone.choose(2, "b")
    shown = phone.hand_in()["bukti"]
    assert list(broken_chains(session, KEY)) == []
    session.rollback()
    tamper(session, answer="c")
    (proof,) = proofs_of(session, text=shown, key=KEY)
    assert proof.fault == 2
    assert [(one.name, one.number) for one in broken_chains(session, KEY)] == [(NILA, 2)]
    session.rollback()


def test_a_moved_time_of_receipt_breaks_the_chain(
    session: Session, hall: Hall, phone: Handset, clock: Clock
) -> None:
    phone.choose(1, "a")
    phone.choose(2, "b")
    tamper(session, received_at=clock() - timedelta(minutes=1))
    assert [one.number for one in broken_chains(session, KEY)] == [2]
    session.rollback()


def test_a_mistyped_receipt_is_no_receipt_and_a_strangers_name_finds_nothing(
    session: Session, phone: Handset
) -> None:
    shown = phone.choose(1, "a")["bukti"]
    with pytest.raises(NoReceipt):
        proofs_of(session, text=shown[1:] + shown[0], key=KEY)
    assert proofs_of(session, text=shown, key=KEY, name="bayu") == []
    assert len(proofs_of(session, text=shown, key=KEY, name="nila")) == 1
    session.rollback()


def test_staff_look_a_receipt_up_on_a_page(
    app: Flask, hall: Hall, phone: Handset, sign_in: Callable[..., Any]
) -> None:
    shown = phone.choose(1, "a")["bukti"]
    trainer = sign_in(Role.TRAINER)
    page = trainer.get("/kode-bukti")
    found = trainer.submit(page, "form[method=get]", kode=shown, nama="")
    assert NILA in found.h2.text
    assert "1 jawaban sampai saat itu" in found.text
    assert "utuh, tidak ada yang diubah" in found.text
    assert (
        "bukan kode bukti yang utuh" in trainer.submit(page, "form[method=get]", status=422, kode="ABC").text
    )
    missing = trainer.submit(page, "form[method=get]", kode=shown, nama="Bayu")
    assert "Tidak ada catatan dengan kode bukti ini" in missing.text


def test_the_command_walks_all_chains(app: Flask, session: Session, hall: Hall, phone: Handset) -> None:
    phone.choose(1, "a")
    phone.choose(2, "b")
    run = app.test_cli_runner()
    whole = run.invoke(args=["receipts", "check"])
    assert (whole.exit_code, whole.output) == (0, "Semua rantai utuh: 2 catatan.\n")
    tamper(session, answer="c")
    broken = run.invoke(args=["receipts", "check"])
    assert broken.exit_code == 1
    assert f"{NILA} ({phone.attempt}): tidak cocok mulai catatan ke-2" in broken.output
