"""The ballot items of the real bank, loaded and looked at by staff."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.items import ITEM_TYPES, draw, explain, grade, present, seen
from kapuas_quiz.core.roles import SYSTEM, Role

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

BANK = Path(__file__).resolve().parents[2] / "question_banks" / "03-penghitungan-sah-tidak-sah.yaml"
KINDS = ("ballot", "ballot_stack")


@pytest.fixture
def contents(session, clock, tmp_path):
    """The wordings of all ballot items, by item id."""
    bank = yaml.safe_load(BANK.read_text(encoding="utf-8"))
    bank["items"] = [item for item in bank["items"] if item["type"] in KINDS]
    (tmp_path / BANK.name).write_text(yaml.safe_dump(bank, sort_keys=False), encoding="utf-8")
    report = load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    assert not report.faults
    rows = session.execute(
        select(Item.id, ItemRevision.content).join(ItemRevision, Item.current_revision_id == ItemRevision.id)
    )
    return {name: content for name, content in rows}


def test_there_are_34_families_and_few_of_them_are_for_practice_only(contents):
    assert len(contents) == 34
    assert 0 < sum(content["practice_only"] for content in contents.values()) <= 4
    families = {
        (content["type"], content["pairs"], *sorted(cell["id"] for cell in content["cells"]))
        for content in contents.values()
    }
    assert len(families) == 34


def test_each_can_be_drawn_answered_and_explained(contents):
    for content in contents.values():
        mine = seen(content, draw(content, 2024))
        assert "<svg" in str(present(mine)) and "<svg" in str(present(content))
        answer = explain(mine).key or {
            number: verdict["id"]
            for number in "123"
            for verdict in present(mine)["choices"]
            if explain(mine).key_text.split("; ")[int(number) - 1] == f"{number}. {verdict['text']}"
        }
        assert ITEM_TYPES[content["type"]].accepts(content, answer)
        assert grade(mine, answer) == (1.0 if isinstance(answer, str) else 3 / content["ballots"])


def test_a_law_officer_sees_the_ballot_its_verdict_and_the_rule(contents, session, sign_in):
    session.commit()
    page = sign_in(Role.REVIEWER).get("/bank-soal/soal/penghitungan-sah-tidak-sah-104")
    for words in ("SURAT SUARA LATIHAN", "Tidak ditandatangani Ketua KPPS", "UU 1/2015 sebagaimana diubah"):
        assert words in page.text


def test_a_law_officer_sees_a_stack_with_a_verdict_to_choose_for_each_ballot(contents, session, sign_in):
    session.commit()
    page = sign_in(Role.REVIEWER).get("/bank-soal/soal/penghitungan-sah-tidak-sah-130")
    assert len(page.select("fieldset svg")) == len(page.select("fieldset select")) == 4
    assert "Sah untuk kolom kosong" in page.text
