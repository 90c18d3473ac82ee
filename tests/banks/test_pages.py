"""The pages of the banks."""

import pytest
from sqlalchemy import select

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.models import Item
from kapuas_quiz.banks.service import load_banks, mark_used
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.banks.writing import item, write_bank
from tests.core.bank_samples import citation

WORDING = "Memeriksa segelnya."


@pytest.fixture
def bank(session, clock, tmp_path):
    """One bank of two items, the second frozen in a form."""
    write_bank(
        tmp_path, item(1, citation=citation("UU 1/2015"), review_note="Dibaca pada Perpu 1/2014."), item(2)
    )
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    used = session.get_one(Item, "logistik-002").current_revision_id
    mark_used(session, revision_ids=[used], now=clock())
    session.commit()
    return tmp_path


def looked(session) -> list[tuple[str, str]]:
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.buka"))
    return [(event.subject, event.detail["nama"]) for event in events]


def test_an_installation_without_banks_is_told_what_to_do(sign_in):
    assert "Belum ada bank soal" in sign_in(Role.TRAINER).get("/bank-soal").text


def test_counts_are_shown_by_level_and_state(bank, sign_in):
    page = sign_in(Role.TRAINER).get("/bank-soal")
    row = [cell.text.strip() for cell in page.select_one("tbody tr").select("td")]
    assert row[:5] == ["0", "2", "0", "2", "2 siap ditelaah"]
    assert "Belum ada soal yang disetujui" in page.text


def test_faults_are_shown_with_line_and_repair_while_the_good_items_stay(bank, session, sign_in, clock):
    write_bank(bank, item(1, key="z"))
    load_banks(session, folder=bank, actor=SYSTEM, now=clock())
    for url in ("/bank-soal", "/bank-soal/08-logistik"):
        page = sign_in(Role.OPERATOR).get(url)
        assert "kunci 'z' bukan id pilihan; pilih salah satu: a, b, c." in page.text
        assert "2 soal" in page.text


def test_a_law_officer_reads_an_unused_item_with_key_citation_and_facts(bank, session, sign_in):
    page = sign_in(Role.REVIEWER).get("/bank-soal/soal/logistik-001")
    for words in (WORDING, "Segel menjaga isi.", "UU 1/2015 sebagaimana diubah", "Perpu 1/2014", "F033"):
        assert words in page.text
    assert looked(session) == []


def test_the_wording_of_a_used_item_opens_only_by_an_act_on_record(bank, session, sign_in):
    browser = sign_in(Role.REVIEWER, name="Gita Permata")
    page = browser.get("/bank-soal/soal/logistik-002")
    assert WORDING not in page.text
    assert "F033" not in page.text
    opened = browser.submit(page, "main form")
    assert WORDING in opened.text
    assert looked(session) == [("logistik-002", "Gita Permata")]


def test_a_reworded_item_stays_shut_because_its_older_wording_is_in_use(bank, session, sign_in, clock):
    write_bank(bank, item(1), item(2, stem="Kotak suara nomor 2 tiba basah. Apa yang dilakukan?"))
    load_banks(session, folder=bank, actor=SYSTEM, now=clock())
    browser = sign_in(Role.REVIEWER)
    assert WORDING not in browser.get("/bank-soal/soal/logistik-002").text
    assert "basah" not in browser.get("/bank-soal/08-logistik").text


def test_the_list_shows_no_wording_of_used_items_and_none_to_trainers(bank, sign_in):
    reviewer = sign_in(Role.REVIEWER).get("/bank-soal/08-logistik")
    assert "nomor 1 tiba" in reviewer.text
    assert "nomor 2 tiba" not in reviewer.text
    trainer = sign_in(Role.TRAINER).get("/bank-soal/08-logistik")
    assert "tiba" not in trainer.text
    assert not trainer.select("main table a")


def test_an_item_that_left_the_bank_is_still_found(bank, session, sign_in, clock):
    write_bank(bank, item(2))
    load_banks(session, folder=bank, actor=SYSTEM, now=clock())
    assert "Sudah tidak ada di berkas" in sign_in(Role.OPERATOR).get("/bank-soal/soal/logistik-001").text


def test_what_does_not_exist_is_not_found(bank, sign_in):
    browser = sign_in(Role.OPERATOR)
    browser.get("/bank-soal/99-tidak-ada", 404)
    browser.get("/bank-soal/soal/tidak-ada-001", 404)
