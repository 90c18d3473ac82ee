"""The pages of the law officer."""

import pytest
from sqlalchemy import select

from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.models import Item, ItemReport, ItemReview
from kapuas_quiz.banks.reports import report_fault
from kapuas_quiz.banks.service import load_banks, mark_used
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.banks.writing import item, write_bank

FIRST, SECOND, THIRD = ("logistik-001", "logistik-002", "logistik-003")


@pytest.fixture
def bank(session, clock, tmp_path):
    write_bank(tmp_path, item(1), item(2), item(3))
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    return tmp_path


def report(session, clock, name=THIRD, reporter="seseorang", words="Kuncinya keliru."):
    revision = session.get_one(Item, name).current_revision_id
    kept = report_fault(
        session, revision_id=revision, text=words, source="peserta", reporter=reporter, now=clock()
    )
    session.commit()
    return kept


def close(browser, page, answer, status=200, **typed):
    """Type an answer to the first open report and press its button."""
    box, button = page.select_one("textarea[form=putusan]"), page.select_one("button[form=putusan]")
    page.select_one("#putusan")["action"] = button["formaction"]
    return browser.submit(page, "#putusan", status, **{box["name"]: answer, **typed})


def decided(session) -> list[tuple[str, str]]:
    rows = session.scalars(select(ItemReview).order_by(ItemReview.at, ItemReview.item_id))
    return [(row.item_id, row.decision) for row in rows]


def queued(page) -> list[str]:
    return [row.text.strip() for row in page.select("tbody th")]


def test_the_queue_holds_what_waits_with_reported_items_on_top(bank, session, clock, sign_in):
    report(session, clock)
    page = sign_in(Role.REVIEWER).get("/bank-soal/telaah")
    assert queued(page) == [THIRD, FIRST, SECOND]
    assert "belum dijawab: 1" in page.text


def test_the_queue_of_another_area_is_empty(bank, sign_in):
    page = sign_in(Role.REVIEWER).get("/bank-soal/telaah?materi=09-koordinasi")
    assert "Tidak ada soal yang menunggu di sini." in page.text


def test_a_trainer_sees_the_queue_without_wordings(bank, sign_in):
    page = sign_in(Role.TRAINER).get("/bank-soal/telaah")
    assert queued(page) == [FIRST, SECOND, THIRD]
    assert "tiba" not in page.text
    assert not page.select("main table a")


def test_approving_leads_to_the_next_in_the_queue(bank, session, sign_in):
    browser = sign_in(Role.REVIEWER)
    page = browser.get(f"/bank-soal/soal/{SECOND}")
    after = browser.submit(page, "form[action$=putusan]", decision="approve")
    assert after.select_one("h1").text == f"Soal {THIRD}"
    assert f"{SECOND} disetujui." in after.text
    assert decided(session) == [(SECOND, "approve")]


def test_the_last_decision_leads_back_to_the_queue(bank, sign_in):
    browser = sign_in(Role.REVIEWER)
    page = browser.get(f"/bank-soal/soal/{THIRD}?materi=08-logistik")
    after = browser.submit(page, "form[action$=putusan]", decision="approve")
    assert queued(after) == [FIRST, SECOND]


def test_sending_back_without_a_word_is_refused(bank, session, sign_in):
    browser = sign_in(Role.REVIEWER)
    page = browser.get(f"/bank-soal/soal/{FIRST}")
    after = browser.submit(page, "#putusan", 422, decision="send_back")
    assert "Catatan belum diisi." in after.text
    assert decided(session) == []


def test_the_author_reads_why_an_item_came_back(bank, session, sign_in):
    browser = sign_in(Role.REVIEWER, name="Gita Permata")
    page = browser.get(f"/bank-soal/soal/{FIRST}")
    browser.submit(page, "form[action$=putusan]", decision="send_back", comment="Pasalnya keliru.")
    shown = sign_in(Role.OPERATOR).get(f"/bank-soal/soal/{FIRST}")
    for words in ("dikembalikan kepada penulis", "Gita Permata", "Pasalnya keliru."):
        assert words in shown.text


def test_an_operator_reads_and_does_not_decide(bank, sign_in):
    assert not sign_in(Role.OPERATOR).get(f"/bank-soal/soal/{FIRST}").select("form[action$=putusan]")


def test_an_item_in_use_is_decided_only_once_it_was_opened(bank, session, clock, sign_in):
    mark_used(session, revision_ids=[session.get_one(Item, FIRST).current_revision_id], now=clock())
    session.commit()
    report(session, clock, name=FIRST)
    browser = sign_in(Role.REVIEWER)
    shut = browser.get(f"/bank-soal/soal/{FIRST}")
    assert not shut.select("form[action$=putusan]")
    assert "Kuncinya keliru." not in shut.text
    opened = browser.submit(shut, "form[action$=buka]")
    assert "Kuncinya keliru." in opened.text
    browser.submit(opened, "form[action$=putusan]", decision="approve")
    assert decided(session) == [(FIRST, "approve")]


def test_a_new_wording_of_an_opened_item_is_shown_with_what_changed(bank, session, clock, sign_in):
    mark_used(session, revision_ids=[session.get_one(Item, FIRST).current_revision_id], now=clock())
    session.commit()
    write_bank(bank, item(1, key="a", stem="Kotak suara nomor 1 tiba basah. Apa yang **pertama** dilakukan?"))
    load_banks(session, folder=bank, actor=SYSTEM, now=clock())
    browser = sign_in(Role.REVIEWER)
    opened = browser.submit(browser.get(f"/bank-soal/soal/{FIRST}"), "form[action$=buka]")
    assert [gone.text for gone in opened.select("del")] == ["[−tiba.−]", "[−b−]"]
    assert [new.text for new in opened.select("ins")] == ["[+tiba basah.+]", "[+a+]"]


def test_a_report_is_answered_with_a_sentence_and_leaves_the_queue(bank, session, clock, sign_in):
    report(session, clock)
    browser = sign_in(Role.REVIEWER, name="Gita Permata")
    page = browser.get(f"/bank-soal/soal/{THIRD}")
    assert "Dilaporkan peserta" in page.text
    refused = close(browser, page, "", 422)
    assert "Jawaban belum diisi." in refused.text
    closed = close(browser, refused, "Kuncinya benar menurut F033.")
    assert "Dijawab Gita Permata" in closed.text
    row = session.scalars(select(ItemReport)).one()
    assert (row.closed_by, row.answer) == ("Gita Permata", "Kuncinya benar menurut F033.")
    assert queued(browser.get("/bank-soal/telaah")) == [FIRST, SECOND, THIRD]


def test_a_note_typed_before_a_report_is_answered_is_still_there(bank, session, clock, sign_in):
    mark_used(session, revision_ids=[session.get_one(Item, THIRD).current_revision_id], now=clock())
    report(session, clock)
    report(session, clock, reporter="lain", words="Pilihan c juga benar.")
    browser = sign_in(Role.REVIEWER)
    page = browser.submit(browser.get(f"/bank-soal/soal/{THIRD}?materi=08-logistik"), "form[action*=buka]")
    other = page.select("textarea[form=putusan]")[1]["name"]
    page = close(browser, page, "Sudah diperiksa.", comment="Pasalnya keliru.", **{other: "Tidak benar."})
    assert "Laporan dijawab dan ditutup." in page.text
    assert page.select_one("#putusan textarea").text.strip() == "Pasalnya keliru."
    assert [box.text.strip() for box in page.select("textarea[form=putusan]")] == ["Tidak benar."]
    page = close(browser, page, "Tidak benar.")
    browser.submit(page, "#putusan", decision="send_back")
    assert [row.comment for row in session.scalars(select(ItemReview))] == ["Pasalnya keliru."]


def test_a_decision_does_not_swallow_an_answer_that_was_not_sent(bank, session, clock, sign_in):
    report(session, clock)
    browser = sign_in(Role.REVIEWER)
    page = browser.get(f"/bank-soal/soal/{THIRD}")
    typed = {page.select_one("textarea[form=putusan]")["name"]: "Sudah diperiksa."}
    kept = browser.submit(page, "#putusan", 422, decision="approve", comment="Baik.", **typed)
    assert "Jawaban atas laporan belum dikirim." in kept.text
    assert kept.select_one("textarea[form=putusan]").text.strip() == "Sudah diperiksa."
    assert kept.select_one("#putusan textarea").text.strip() == "Baik."
    assert decided(session) == []


def test_a_report_that_a_colleague_closed_meanwhile_leaves_the_note_alone(bank, session, clock, sign_in):
    report(session, clock)
    browser = sign_in(Role.REVIEWER)
    page = browser.get(f"/bank-soal/soal/{THIRD}")
    close(browser, page, "Benar.")
    late = close(browser, page, "Tidak benar.", 422, comment="Baik.")
    assert "Laporan ini sudah ditutup." in late.text
    assert late.select_one("#putusan textarea").text.strip() == "Baik."
    assert session.scalars(select(ItemReport.answer)).all() == ["Benar."]


def test_a_report_about_an_item_that_is_not_up_for_decision_is_answered(bank, session, clock, sign_in):
    write_bank(bank, item(1), item(2), item(3, review="draf"))
    load_banks(session, folder=bank, actor=SYSTEM, now=clock())
    report(session, clock)
    browser = sign_in(Role.REVIEWER)
    page = close(browser, browser.get(f"/bank-soal/soal/{THIRD}"), "Sudah diperiksa.")
    assert "Laporan yang sudah dijawab" in page.text


def test_one_open_report_per_person_and_item(bank, session, clock):
    assert report(session, clock)
    assert not report(session, clock, words="Lagi.")
    assert report(session, clock, name=FIRST)
    assert report(session, clock, reporter="lain")


def test_the_register_counts_the_items_that_cite_an_instrument(bank, session, clock, sign_in):
    write_bank(
        bank,
        item(
            1,
            citation={"instrument": "UU 1/2015", "article": "", "paragraph": "", "letter": ""},
            review_note="x",
        ),
    )
    load_banks(session, folder=bank, actor=SYSTEM, now=clock())
    page = sign_in(Role.REVIEWER).get("/bank-soal/peraturan")
    row = next(row for row in page.select("tbody tr") if "sebagaimana diubah" in row.text)
    assert [link.text for link in row.select("a")] == [FIRST]
    trainer = sign_in(Role.TRAINER).get("/bank-soal/peraturan")
    assert not trainer.select("main table a")


OPTIONS = [{"id": name, "text": f"Pilihan {name}."} for name in "abc"]
STEPS = ["Periksa", "Buka", "Hitung"]
PAIRS = [
    {"left": left, "right": right} for left, right in (("PPK", "kecamatan"), ("PPS", "desa"), ("KPPS", "TPS"))
]
PART = {"id": "p1", "type": "true_false", "stem": "Kotak disegel.", "key": "benar", "rationale": "Ya."}
NUMBER = {"type": "number", "key": 1200, "tolerance": 0, "unit": "pemilih"}
STACK = {"type": "ballot_stack", "pairs": 2, "cells": ["ada-tulisan", "tidak-dicoblos"], "ballots": 3}
SHEET = {"type": "result_form", "layout": "c-hasil-pengguna", "task": "isi"}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ({"type": "true_false", "key": "salah"}, "Salah ✓ kunci"),
        ({"type": "multiple_response", "options": OPTIONS, "keys": ["a", "c"]}, "Pilihan a.; Pilihan c."),
        ({"type": "ordering", "steps": STEPS}, "1. Periksa; 2. Buka; 3. Hitung"),
        ({"type": "matching", "pairs": PAIRS}, "PPK – kecamatan"),
        (NUMBER, "1.200 pemilih"),
        ({"type": "short_text", "accepted": ["DPT"]}, "Kunci DPT"),
        ({"type": "case", "parts": [PART, {**PART, "id": "p2", "key": "salah"}]}, "1. Benar; 2. Salah"),
        ({"type": "ballot", "pairs": 2, "cells": ["ada-tulisan"]}, "Tidak sah ✓ kunci"),
        (STACK, "1. Tidak sah"),
        (SHEET, "Kunci Jumlah pengguna"),
    ],
)
def test_an_item_of_any_type_is_shown_with_its_key(session, clock, tmp_path, sign_in, kind, key):
    other = {**item(1), **kind}
    for name in {"options", "key"} - set(kind):
        del other[name]
    write_bank(tmp_path, other)
    report = load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    assert [fault.message for fault in report.faults] == []
    page = sign_in(Role.REVIEWER).get(f"/bank-soal/soal/{FIRST}")
    assert key in " ".join(page.text.split())
    assert ("Ini satu contoh" in page.text) == (kind["type"] in ("ballot", "ballot_stack", "result_form"))


def test_the_words_of_the_files_stay_out_of_the_page(session, clock, tmp_path, sign_in):
    ballot = {**item(1), "type": "ballot", "pairs": 2, "cells": ["ada-tulisan"]}
    for name in ("options", "key"):
        del ballot[name]
    write_bank(tmp_path, ballot)
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    page = sign_in(Role.REVIEWER).get(f"/bank-soal/soal/{FIRST}")
    words = " ".join(page.text.split())
    assert load_facts()[item(1)["facts"][0]].use not in words
    assert "tidak-sah." not in words and "p1." not in words
    assert "Tidak sah ✓ kunci" in words
    assert not [fact.id for fact in load_facts().values() if "[regulation" in fact.note]


def test_two_reports_sent_at_once_become_one(bank, session, clock, monkeypatch):
    monkeypatch.setattr("kapuas_quiz.banks.reports.reported_items", lambda *_: frozenset())
    assert report(session, clock)
    assert not report(session, clock, words="Lagi.")
    assert [row.text for row in session.scalars(select(ItemReport))] == ["Kuncinya keliru."]
