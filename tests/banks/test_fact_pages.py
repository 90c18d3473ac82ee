"""Facts are looked up by area, and the list of an area says truly what it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from kapuas_quiz.banks.fact_views import USE_WORDS
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.models import Item
from kapuas_quiz.banks.service import load_banks, mark_used
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.banks.writing import item, write_bank
from tests.conftest import Clock
from tests.pages import PageClient

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

AREA = "/bank-soal/08-logistik"
Enter = Callable[..., PageClient]


@pytest.fixture
def bank(app: Flask, session: Session, clock: Clock, tmp_path: Path) -> None:
    """One item to be reviewed, one draft, and one draft that a form holds."""
    write_bank(tmp_path, item(1), item(2, review="draf"), item(3, review="draf"))
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    used = session.get_one(Item, "logistik-003").current_revision_id
    mark_used(session, revision_ids=[used], now=clock())
    session.commit()


def test_each_fact_stands_with_its_number_and_its_use_in_words(bank: None, sign_in: Enter) -> None:
    page = sign_in(Role.TRAINER).get(f"{AREA}/fakta")
    known = [fact for fact in load_facts().values() if fact.area == "08-logistik"]
    assert [cell.text for cell in page.select("tbody th")] == [fact.id for fact in known]
    assert "siap-tanpa-pasal" not in page.text
    assert known[0].statement in page.text


def test_every_use_of_the_register_has_words() -> None:
    assert {fact.use for fact in load_facts().values()} <= set(USE_WORDS)


def test_facts_of_an_area_without_a_bank_are_not_found(bank: None, sign_in: Enter) -> None:
    sign_in(Role.TRAINER).get("/bank-soal/99-lain/fakta", 404)


@pytest.mark.parametrize("path", ["", "/impor", "/soal-baru/single_choice"])
def test_the_facts_are_linked_where_they_are_needed(bank: None, sign_in: Enter, path: str) -> None:
    assert sign_in(Role.TRAINER).get(f"{AREA}{path}").select_one(f"a[href='{AREA}/fakta']") is not None


def test_a_trainer_sees_the_stems_of_drafts_that_no_form_holds(bank: None, sign_in: Enter) -> None:
    page = sign_in(Role.TRAINER).get(AREA)
    cells = [row.select("td")[0].text.strip() for row in page.select("tbody tr")]
    assert "isinya tertutup bagi pelatih" in cells[0]
    assert "nomor 2 tiba" in cells[1]
    assert cells[2] == "sudah masuk paket soal, isinya tertutup"
    assert "Pelatih melihat pokok soal draf" in page.text
