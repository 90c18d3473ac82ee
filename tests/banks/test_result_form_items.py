"""The result forms of the banks, as drawn, shown on a page and answered from its fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template
from sqlalchemy.orm import Session

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.items import accepts, draw, explain, grade, present, say, seen
from kapuas_quiz.core.items.answers import answer_from
from kapuas_quiz.core.items.result_form import ResultForm
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.pages import PageClient, filled_in

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

BANKS = Path(__file__).parents[2] / "question_banks"
TYPE = ResultForm()


def written_items() -> list[dict[str, Any]]:
    return [
        item
        for path in sorted(BANKS.glob("*.yaml"))
        for item in yaml_events.parse(path.read_text(encoding="utf-8")).value["items"]
        if item["type"] == "result_form"
    ]


ITEMS = written_items()
IDS = [item["id"] for item in ITEMS]


def sheet(written: dict[str, Any], seed: int) -> dict[str, Any]:
    content = TYPE.content(TYPE.source.model_validate(written), load_registers())
    bare = {**content, "stem_html": "<p>Stem.</p>", "rationale_html": "<p>Sebab.</p>"}
    return dict(seen(bare, draw(bare, seed)))


def right_answer(item: dict[str, Any]) -> dict[str, str]:
    if item["task"] == "isi":
        return {cell: str(item["values"][cell]) for cell in item["hidden"]}
    cell = item["wrong"]["cell"]
    return {"baris": cell, "angka": str(item["values"][cell])}


def page(app: Flask, item: dict[str, Any], chosen: dict[str, str]) -> BeautifulSoup:
    with app.test_request_context():
        html = render_template("items/result_form.html", item=present(item), prefix="q-3.", chosen=chosen)
    return BeautifulSoup(f"<form>{html}</form>", "html.parser")


def test_the_banks_hold_thirty_of_them_and_no_two_exercise_the_same() -> None:
    keys = ("layout", "task", "pairs", "places", "blank")
    exercised = {(tuple(item.get("rules", ())), *(item.get(key) for key in keys)) for item in ITEMS}
    assert len(exercised) == len(ITEMS) >= 30


@pytest.mark.parametrize("written", ITEMS, ids=IDS)
def test_whoever_answers_rightly_has_the_point_and_reads_the_same_in_words(written: dict[str, Any]) -> None:
    for seed in range(25):
        item = sheet(written, seed)
        answer = right_answer(item)
        assert accepts(item, answer)
        assert grade(item, answer) == 1.0
        assert say(item, answer).replace(".", "").count(": ") == explain(item).key_text.count(": ")


@pytest.mark.parametrize("task", ["isi", "periksa"])
def test_what_is_typed_on_the_page_is_the_answer_and_stands_there_again(app: Flask, task: str) -> None:
    written = next(item for item in ITEMS if item["task"] == task)
    item = sheet(written, 4)
    answer = right_answer(item)
    form = page(app, item, answer).form
    assert form is not None
    assert answer_from(filled_in(form), "q-3") == answer
    empty = page(app, item, {}).form
    assert empty is not None
    assert answer_from(filled_in(empty), "q-3") is None


def test_every_field_has_a_name_of_its_own_and_every_table_its_heads(app: Flask) -> None:
    for written in ITEMS:
        form = page(app, sheet(written, 2), {})
        fields = form.select("input")
        spoken = [
            field.get("aria-label") or form.select_one(f"label[for='{field['id']}']") for field in fields
        ]
        assert all(spoken) and len(set(map(str, spoken))) == len(fields)
        for table in form.select("table"):
            assert table.caption
            assert len(table.select("th[scope=row], th[scope=rowgroup]")) == len(table.select("tbody"))
            width = len(table.select("thead th[scope=col]"))
            for line in table.select("tbody tr"):
                assert sum(int(cell.get("colspan", 1)) for cell in line.select("td, th")) == width


def test_a_number_to_be_typed_opens_the_number_keypad(app: Flask) -> None:
    for written in ITEMS:
        typed = page(app, sheet(written, 1), {}).select("input:not([type=radio])")
        assert typed
        assert {field["inputmode"] for field in typed} == {"numeric"}


def test_a_law_officer_sees_an_example_sheet_with_its_numbers_and_rules(
    session: Session, clock: Callable[[], datetime], sign_in: Callable[..., PageClient]
) -> None:
    assert not load_banks(session, folder=BANKS, actor=SYSTEM, now=clock()).faults
    session.commit()
    page = sign_in(Role.REVIEWER).get("/bank-soal/soal/penghitungan-sah-tidak-sah-213")
    assert len(page.select("table.tally input[type=radio]")) == 16
    assert "Laki-laki ditambah perempuan sama dengan jumlah pada baris itu." in page.text
