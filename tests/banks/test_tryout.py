"""A bank is tried as a trainee sees it; no answer is stored, and nothing in use is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks, mark_used, usable_items
from kapuas_quiz.core.items import ITEM_TYPES
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.database import Base
from kapuas_quiz.settings import ROOT
from tests.banks.writing import item, write_bank
from tests.conftest import Clock
from tests.pages import PageClient

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

AREA = "08-logistik"
TRY = f"/bank-soal/{AREA}/coba?benih=7&n=20"
PROMISE = "Latihan: tidak dinilai, tidak disimpan"
Enter = Callable[..., PageClient]


def for_practice(number: int) -> dict[str, Any]:
    """A ballot of a kind on which the rules are not certain, so no test may ask for it."""
    words = {name: value for name, value in item(number).items() if name not in ("options", "key")}
    return {**words, "type": "ballot", "pairs": 2, "cells": ["tembus-simetris"]}


@pytest.fixture
def bank(session: Session, clock: Clock, tmp_path: Path) -> Path:
    """Six items: handed in, in a form, withdrawn, approved, a draft, and one for practice only."""
    states = {3: "ditarik", 5: "draf"}
    five = [item(n, review=states.get(n, "siap-ditelaah")) for n in range(1, 6)]
    write_bank(tmp_path, *five, for_practice(6))
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    mark_used(session, revision_ids=[revision_of(session, "logistik-002").id], now=clock())
    session.get_one(Item, "logistik-004").review = "disetujui"
    session.commit()
    return tmp_path


def revision_of(session: Session, name: str) -> ItemRevision:
    return session.get_one(ItemRevision, session.get_one(Item, name).current_revision_id)


def rows(session: Session) -> dict[str, int]:
    counts = {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }
    session.rollback()
    return counts


def test_answers_are_marked_and_explained_and_not_stored(
    bank: Path, session: Session, sign_in: Enter
) -> None:
    browser = sign_in(Role.REVIEWER)
    before = rows(session)
    page = browser.get(TRY)
    assert PROMISE in page.text
    assert "dicatat di Jejak" in page.text
    assert "Segel diperiksa lebih dahulu." not in page.text
    assert rows(session) == before
    done = browser.submit(page, "main form[method=post]", **{f"q-{n}": "b" for n in range(1, 5)})
    for words in (PROMISE, "Benar", "Memeriksa segelnya.", "Segel diperiksa lebih dahulu."):
        assert words in done.text
    assert rows(session) == {**before, "audit_event": before["audit_event"] + 1}


def test_who_saw_keys_that_tests_may_ask_for_is_on_record(
    bank: Path, session: Session, sign_in: Enter
) -> None:
    browser = sign_in(Role.OPERATOR)
    browser.submit(browser.get(TRY), "main form[method=post]")
    act = session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.coba")).one()
    assert act.subject == AREA
    assert sorted((act.detail or {})["soal"]) == ["logistik-001", "logistik-004"]


def test_nothing_that_a_form_held_or_that_was_withdrawn_is_shown(bank: Path, sign_in: Enter) -> None:
    page = sign_in(Role.OPERATOR).get(TRY).text
    assert [n for n in range(1, 7) if f"nomor {n} tiba" in page] == [1, 4, 5, 6]


def test_a_trainer_tries_what_no_test_may_ask_for_and_leaves_no_row(
    bank: Path, session: Session, sign_in: Enter
) -> None:
    browser = sign_in(Role.TRAINER)
    before = rows(session)
    page = browser.get(TRY)
    assert [n for n in range(1, 7) if f"nomor {n} tiba" in page.text] == [5, 6]
    assert "draf dan soal khusus latihan" in page.text
    assert "dicatat di Jejak" not in page.text
    done = browser.submit(page, "main form[method=post]").text
    assert [n for n in range(1, 7) if f"nomor {n} tiba" in done] == [5, 6]
    assert rows(session) == before


def test_no_seed_and_no_name_gives_a_trainer_an_item_that_tests_draw(
    bank: Path, session: Session, sign_in: Enter
) -> None:
    drawable = {one.item_id for one in usable_items(session)}
    session.rollback()
    browser = sign_in(Role.TRAINER)
    token = browser.get(TRY).select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    for name in drawable:
        url = f"/bank-soal/{AREA}/coba?benih=1&soal={name}"
        assert "tiba" not in browser.get(url).text
        assert "tiba" not in browser.open(url, method="POST", data={"csrf_token": token}).text
    assert drawable == {"logistik-001", "logistik-002", "logistik-004"}


def test_a_used_item_cannot_be_asked_for_by_its_name(bank: Path, sign_in: Enter) -> None:
    page = sign_in(Role.OPERATOR).get(f"{TRY}&soal=logistik-002").text
    assert "nomor 2 tiba" not in page
    assert PROMISE in page


def test_without_a_seed_one_is_drawn_and_a_strange_one_is_borne(bank: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.TRAINER)
    for query in ("", "?benih=x&n=y", "?benih=-1&n=99999999999"):
        assert "nomor 5 tiba" in browser.get(f"/bank-soal/{AREA}/coba{query}").text
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


def test_the_result_of_a_case_shows_each_question_with_its_answers(
    session: Session, clock: Clock, tmp_path: Path, sign_in: Enter
) -> None:
    part = {"type": "true_false", "key": "benar", "rationale": "Demikian aturannya."}
    parts = [{**part, "id": f"p{n}", "stem": f"Pernyataan {n}."} for n in (1, 2)]
    scene = {name: value for name, value in item(1).items() if name not in ("options", "key")}
    write_bank(tmp_path, {**scene, "type": "case", "parts": parts, "review": "draf"})
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    browser = sign_in(Role.TRAINER)
    page = browser.submit(browser.get(TRY), "main form[method=post]", **{"q-1.p1": "salah"})
    told = [" ".join(line.text.split()) for line in page.select("main .card > ol")[0].select("li")]
    assert told == [
        "Pernyataan 1.Jawaban AndaSalahJawaban yang benarBenar",
        "Pernyataan 2.Jawaban yang benarBenar",
    ]
