"""Items are written and changed on a page, for every type, with a preview of the phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.authoring import ShutError, open_for_change, opened_item
from kapuas_quiz.banks.files import bank_paths
from kapuas_quiz.banks.models import Item
from kapuas_quiz.banks.service import load_banks, mark_used
from kapuas_quiz.banks.special_web_forms import TYPE_FORMS
from kapuas_quiz.banks.writing import written_item
from kapuas_quiz.banks.yaml_events import parse
from kapuas_quiz.core.items import ITEM_TYPES
from kapuas_quiz.core.roles import SYSTEM, Actor, Role
from kapuas_quiz.settings import ROOT
from tests.banks.writing import item, write_bank
from tests.conftest import Clock
from tests.pages import PageClient

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

AREA = "08-logistik"
NEW = f"/bank-soal/{AREA}/soal-baru/single_choice"
EDIT = "/bank-soal/soal/logistik-001/ubah"
FILLED = {
    "stem": "Kotak suara penyok. Apa yang dilakukan?",
    "options-0-text": "Diam",
    "options-1-text": "Lapor: segera",
    "key": "1",
    "rationale": "Kerusakan dilaporkan.",
    "facts": "F033",
    "aksi": "simpan",
}
Enter = Callable[..., PageClient]


@pytest.fixture
def folder(
    app: Flask, session: Session, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Three items: one to be reviewed, one in a form, one draft; the application writes to this folder."""
    folder = tmp_path / "bank"
    folder.mkdir()
    write_bank(folder, item(1), item(2), item(3, review="draf"))
    object.__setattr__(app.config["SETTINGS"], "banks", folder)
    load_banks(session, folder=folder, actor=SYSTEM, now=clock())
    used = session.get_one(Item, "logistik-002").current_revision_id
    mark_used(session, revision_ids=[used], now=clock())
    session.commit()
    return folder


def test_every_item_type_has_fields() -> None:
    assert set(TYPE_FORMS) == set(ITEM_TYPES)


def test_a_trainer_writes_a_new_draft(folder: Path, session: Session, sign_in: Enter) -> None:
    browser = sign_in(Role.TRAINER)
    page = browser.submit(browser.get(NEW), "#soal", **FILLED)
    assert "Soal logistik-004 tersimpan." in page.text
    data = written_item(folder, AREA, "logistik-004").data
    assert data["options"] == [{"id": "a", "text": "Diam"}, {"id": "b", "text": "Lapor: segera"}]
    assert (data["key"], data["review"], data["facts"]) == ("b", "draf", ["F033"])
    assert session.get_one(Item, "logistik-004").review == "draf"


def test_faults_stand_at_their_fields_and_what_was_typed_stays(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.TRAINER)
    page = browser.submit(browser.get(NEW), "#soal", **{**FILLED, "stem": "", "key": ""})
    assert "Belum tersimpan" in page.text
    assert page.select_one("#stem-fault") is not None
    assert page.select_one("#options-1-text")["value"] == "Lapor: segera"  # type: ignore[index]
    assert "logistik-004" not in (folder / f"{AREA}.yaml").read_text(encoding="utf-8")


def test_a_row_is_added_and_the_preview_shown_without_writing(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.TRAINER)
    page = browser.submit(browser.get(NEW), "#soal", **{**FILLED, "aksi": "", "tambah": "options"})
    assert len(page.select("input[name$=-text]")) == 5
    assert "Lapor: segera" in page.select_one("#tampilan").text  # type: ignore[union-attr]
    assert "logistik-004" not in (folder / f"{AREA}.yaml").read_text(encoding="utf-8")


def test_the_fragment_for_the_script_holds_the_phone_alone(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.TRAINER)
    page = browser.get(NEW)
    token = page.select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    url = f"/bank-soal/{AREA}/pratinjau/single_choice"
    answer = browser.open(url, method="POST", data={**FILLED, "csrf_token": token})
    assert "Kotak suara penyok" in answer.text
    assert "<html" not in answer.text
    assert "Kerusakan dilaporkan" not in answer.text


def test_the_preview_shows_the_picture_of_an_item_while_it_is_changed(
    folder: Path, session: Session, clock: Clock, sign_in: Enter
) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"/>'
    (folder / "denah.svg").write_text(drawing, encoding="utf-8")
    write_bank(folder, item(1, picture={"file": "denah.svg", "alt": "Denah sebuah TPS."}))
    load_banks(session, folder=folder, actor=SYSTEM, now=clock())
    browser = sign_in(Role.OPERATOR)
    page = browser.get(EDIT)
    shown = page.select_one("#tampilan img")
    assert shown is not None
    assert shown["alt"] == "Denah sebuah TPS."
    form = page.select_one("#soal")
    assert form is not None
    token = page.select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    drawn = browser.open(str(form["data-preview"]), method="POST", data={**FILLED, "csrf_token": token})
    again = BeautifulSoup(drawn.text, "html.parser").img
    assert again is not None
    assert again["src"] == shown["src"]


def test_a_picture_that_is_gone_is_named_in_the_preview(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.OPERATOR)
    write_bank(folder, item(1, picture={"file": "hilang.svg", "alt": "Denah sebuah TPS."}), item(2), item(3))
    assert "'hilang.svg' tidak ditemukan" in browser.get(EDIT).select_one("#tampilan").text  # type: ignore[union-attr]


def test_two_who_write_at_once_lose_nothing(folder: Path, sign_in: Enter) -> None:
    first, second = sign_in(Role.OPERATOR), sign_in(Role.REVIEWER)
    mine, theirs = first.get(EDIT), second.get(EDIT)
    second.submit(theirs, "#soal", stem="Tulisan kedua?", aksi="simpan")
    page = first.submit(mine, "#soal", stem="Tulisan pertama?", aksi="simpan")
    assert "diubah orang lain" in page.text
    assert "Tulisan kedua?" in page.select_one("pre").text  # type: ignore[union-attr]
    assert written_item(folder, AREA, "logistik-001").data["stem"] == "Tulisan kedua?"
    first.submit(page, "#soal", aksi="simpan")
    assert written_item(folder, AREA, "logistik-001").data["stem"] == "Tulisan pertama?"


def token_of(browser: PageClient) -> str:
    return str(browser.get(NEW).select_one("input[name=csrf_token]")["value"])  # type: ignore[index]


def test_a_trainer_changes_drafts_only(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.TRAINER)
    browser.get("/bank-soal/soal/logistik-003/ubah")
    browser.get(EDIT, 403)
    browser.get("/bank-soal/soal/logistik-002/ubah", 403)


WAYS_IN = {
    "the page": ("soal/logistik-003/ubah", {}),
    "saving": ("soal/logistik-003/ubah", {"aksi": "simpan", "opened": "x"}),
    "the preview": (f"{AREA}/pratinjau/single_choice?soal=logistik-003", {"aksi": "pratinjau"}),
    "taking it out": ("soal/logistik-003/keluarkan", {}),
}


@pytest.mark.parametrize(("path", "sent"), WAYS_IN.values(), ids=WAYS_IN)
@pytest.mark.parametrize("role", [Role.TRAINER, Role.OPERATOR])
def test_a_draft_that_was_in_a_form_tells_nothing_to_who_has_not_opened_it(
    folder: Path, session: Session, clock: Clock, sign_in: Enter, role: Role, path: str, sent: dict[str, str]
) -> None:
    used = session.get_one(Item, "logistik-003").current_revision_id
    mark_used(session, revision_ids=[used], now=clock())
    session.commit()
    browser, stranger = sign_in(role), sign_in(Role.REVIEWER)
    stranger.submit(stranger.get("/bank-soal/soal/logistik-003/ubah"), "main form")
    data = {**sent, "csrf_token": token_of(browser)}
    if "opened" not in sent:
        data["opened"] = written_item(folder, AREA, "logistik-003").digest
    answer = browser.open(f"/bank-soal/{path}", method="POST", data=data, follow_redirects=True)
    assert answer.status_code == 403 or "Buka untuk diubah (dicatat)" in answer.text
    assert "nomor 3 tiba" not in answer.text
    assert "Segel diperiksa lebih dahulu." not in answer.text
    assert written_item(folder, AREA, "logistik-003")
    if role is Role.TRAINER:
        assert answer.status_code == 403


def test_what_was_opened_on_record_is_shut_again_the_next_day(
    folder: Path, session: Session, clock: Clock
) -> None:
    gita = Actor("gita", "Gita Permata", frozenset({Role.REVIEWER}))
    name = "logistik-002"
    with pytest.raises(ShutError):
        opened_item(session, folder, name, gita, clock())
    open_for_change(session, folder=folder, item_id=name, actor=gita, now=clock())
    assert opened_item(session, folder, name, gita, clock()).id == name
    clock.forward(hours=13)
    with pytest.raises(ShutError):
        opened_item(session, folder, name, gita, clock())


def test_an_item_in_use_opens_for_change_by_an_act_on_record(
    folder: Path, session: Session, sign_in: Enter
) -> None:
    browser = sign_in(Role.REVIEWER)
    page = browser.get("/bank-soal/soal/logistik-002/ubah")
    assert "nomor 2 tiba" not in page.text
    page = browser.submit(page, "main form")
    assert "nomor 2 tiba" in page.text
    acts = session.scalars(select(AuditEvent.subject).where(AuditEvent.action == "soal.buka")).all()
    session.rollback()
    assert acts == ["logistik-002"]
    saved = browser.submit(page, "#soal", stem="Bilik rusak. Apa yang dilakukan?", aksi="simpan")
    assert "logistik-002 tersimpan" in saved.text
    assert written_item(folder, AREA, "logistik-002").data["stem"] == "Bilik rusak. Apa yang dilakukan?"


def test_an_item_is_taken_out(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.OPERATOR)
    page = browser.submit(browser.get(EDIT), "form[action$=keluarkan]")
    assert "dikeluarkan dari bank" in page.text
    assert "logistik-001" not in (folder / f"{AREA}.yaml").read_text(encoding="utf-8")


def test_what_does_not_exist_is_not_found(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.OPERATOR)
    for path in (
        "99-lain/soal-baru",
        "99-lain/soal-baru/number",
        f"{AREA}/soal-baru/lain",
        "soal/lain-001/ubah",
    ):
        browser.get(f"/bank-soal/{path}", 404)


def samples() -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in bank_paths(ROOT / "question_banks"):
        for one in parse(path.read_text(encoding="utf-8")).value["items"]:
            found.setdefault(one["type"], one)
    return list(found.values())


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample["type"])
def test_an_item_of_each_type_passes_through_its_form_unchanged(app: Flask, sample: dict[str, Any]) -> None:
    made = TYPE_FORMS[sample["type"]]
    with app.test_request_context():
        form = made(formdata=None, data=made.values_of(sample))
        form.more_facts.data = ", ".join(sample["facts"])
        assert form.data_for(sample["type"], sample) == sample


def test_ticked_boxes_keep_the_order_that_the_file_gives_them(app: Flask) -> None:
    old = next(one for one in samples() if one["type"] == "ballot_stack")
    mixed = {**old, "cells": sorted(old["cells"], reverse=True), "facts": sorted(old["facts"])}
    made = TYPE_FORMS["ballot_stack"]
    with app.test_request_context():
        form = made(formdata=None, data=made.values_of(mixed))
        assert form.data_for("ballot_stack", old) == old
