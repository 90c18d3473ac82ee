"""A bank is tried as a trainee sees it; nothing is stored, and nothing in use is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks, mark_used
from kapuas_quiz.core.items import ITEM_TYPES
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.database import Base
from kapuas_quiz.settings import ROOT
from tests.banks.writing import item, write_bank
from tests.conftest import Clock
from tests.pages import PageClient

AREA = "08-logistik"
TRY = f"/bank-soal/{AREA}/coba?benih=7&n=20"
PROMISE = "Latihan: tidak dinilai, tidak disimpan"
Enter = Callable[..., PageClient]


@pytest.fixture
def bank(session: Session, clock: Clock, tmp_path: Path) -> Path:
    """Four items: open, in a form, withdrawn, approved."""
    write_bank(tmp_path, item(1), item(2), item(3, review="ditarik"), item(4))
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    mark_used(session, revision_ids=[session.get_one(Item, "logistik-002").current_revision_id], now=clock())
    session.get_one(Item, "logistik-004").review = "disetujui"
    session.commit()
    return tmp_path


def rows(session: Session) -> dict[str, int]:
    counts = {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }
    session.rollback()
    return counts


def test_answers_are_marked_and_explained_and_no_row_is_stored(
    bank: Path, session: Session, sign_in: Enter
) -> None:
    browser = sign_in(Role.REVIEWER)
    before = rows(session)
    page = browser.get(TRY)
    assert PROMISE in page.text
    assert "Segel diperiksa lebih dahulu." not in page.text
    done = browser.submit(page, "main form[method=post]", **{"q-1": "b", "q-2": "a"})
    for words in (PROMISE, "Benar", "Belum benar", "Memeriksa segelnya.", "Segel diperiksa lebih dahulu."):
        assert words in done.text
    assert rows(session) == before


def test_nothing_that_a_form_held_or_that_was_withdrawn_is_shown(bank: Path, sign_in: Enter) -> None:
    page = sign_in(Role.OPERATOR).get(TRY).text
    assert "nomor 1 tiba" in page
    assert "nomor 4 tiba" in page
    assert "nomor 2 tiba" not in page
    assert "nomor 3 tiba" not in page


def test_a_trainer_does_not_see_what_is_approved_for_tests(bank: Path, sign_in: Enter) -> None:
    page = sign_in(Role.TRAINER).get(TRY).text
    assert "nomor 1 tiba" in page
    assert "nomor 4 tiba" not in page


def test_a_used_item_cannot_be_asked_for_by_its_name(bank: Path, sign_in: Enter) -> None:
    page = sign_in(Role.OPERATOR).get(f"{TRY}&soal=logistik-002").text
    assert "nomor 2 tiba" not in page
    assert PROMISE in page


def test_without_a_seed_one_is_drawn_and_a_strange_one_is_borne(bank: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.TRAINER)
    for query in ("", "?benih=x&n=y", "?benih=-1&n=99999999999"):
        assert "nomor 1 tiba" in browser.get(f"/bank-soal/{AREA}/coba{query}").text
    browser.get("/bank-soal/99-lain/coba", 404)


def test_every_type_of_the_real_banks_can_be_tried(session: Session, clock: Clock, sign_in: Enter) -> None:
    load_banks(session, folder=ROOT / "question_banks", actor=SYSTEM, now=clock())
    ids: dict[str, tuple[str, str]] = {}
    for one in session.scalars(select(Item).where(Item.review != "ditarik")):
        kind = one_type(session, one)
        ids.setdefault(kind, (one.competency, one.id))
    session.rollback()
    browser = sign_in(Role.OPERATOR)
    assert set(ids) == set(ITEM_TYPES)
    for area, name in ids.values():
        page = browser.get(f"/bank-soal/{area}/coba?benih=3&soal={name}")
        done = browser.submit(page, "main form[method=post]")
        assert "Jawaban yang benar" in done.text


def one_type(session: Session, one: Item) -> str:
    return str(session.get_one(ItemRevision, one.current_revision_id).content["type"])
