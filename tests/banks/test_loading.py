"""Loading brings the stored items in line with the files, and keeps what somebody already saw."""

import pytest
from sqlalchemy import func, select

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.catalogue import overview
from kapuas_quiz.banks.models import BankFile, Item, ItemRevision
from kapuas_quiz.banks.service import load_banks, mark_used, usable_items
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.settings import ROOT
from tests.banks.writing import item, write_bank


@pytest.fixture
def load(session, clock):
    def run(folder):
        session.expire_all()
        return load_banks(session, folder=folder, actor=SYSTEM, now=clock())

    return run


def revisions(session, item_id: str) -> list[ItemRevision]:
    session.expire_all()
    return list(
        session.scalars(
            select(ItemRevision).where(ItemRevision.item_id == item_id).order_by(ItemRevision.number)
        )
    )


def current(session, item_id: str) -> ItemRevision:
    session.expire_all()
    return session.get_one(ItemRevision, session.get_one(Item, item_id).current_revision_id)


def audit(session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)))


def test_the_banks_of_the_project_load_and_loading_again_changes_nothing(session, load):
    report = load(ROOT / "question_banks")
    assert report.faults == ()
    waiting = session.scalar(select(func.count()).select_from(Item).where(Item.review == "siap-ditelaah"))
    contents = session.scalars(select(ItemRevision.content))
    n_practice = sum(1 for content in contents if content.get("practice_only", False))
    assert sum(file.n_items for file in report.files) == waiting
    assert len(usable_items(session)) == waiting - n_practice >= 132
    assert len(report.files) == 11
    assert min(file.n_items for file in report.files) >= 8
    events = len(audit(session))
    again = load(ROOT / "question_banks")
    assert not any(file.changes for file in again.files)
    assert len(audit(session)) == events


def test_a_wording_holds_html_made_once_and_no_review_state(session, load, tmp_path):
    write_bank(tmp_path)
    load(tmp_path)
    (row,) = revisions(session, "logistik-001")
    assert (
        row.content["stem_html"]
        == "<p>Kotak suara nomor 1 tiba. Apa yang <strong>pertama</strong> dilakukan?</p>"
    )
    assert not {"review", "review_note", "level", "id"} & set(row.content)


def test_an_unused_wording_is_edited_in_place(session, load, tmp_path):
    write_bank(tmp_path)
    load(tmp_path)
    write_bank(tmp_path, item(1, key="a"))
    report = load(tmp_path)
    (row,) = revisions(session, "logistik-001")
    assert (row.number, row.content["key"]) == (1, "a")
    assert report.files[0].changes.changed == ("logistik-001",)


def test_a_used_wording_is_frozen_and_the_edit_gets_a_new_number(session, load, tmp_path, clock):
    write_bank(tmp_path)
    load(tmp_path)
    mark_used(session, revision_ids=[current(session, "logistik-001").id], now=clock())
    session.commit()
    write_bank(tmp_path, item(1, key="a"))
    load(tmp_path)
    first, second = revisions(session, "logistik-001")
    assert (first.content["key"], second.content["key"]) == ("b", "a")
    assert current(session, "logistik-001").number == 2


def test_going_back_to_a_used_wording_takes_up_its_old_number(session, load, tmp_path, clock):
    for key in "ba":
        write_bank(tmp_path, item(1, key=key))
        load(tmp_path)
        mark_used(session, revision_ids=[current(session, "logistik-001").id], now=clock())
        session.commit()
    write_bank(tmp_path, item(1, key="b"))
    load(tmp_path)
    assert current(session, "logistik-001").number == 1
    assert len(revisions(session, "logistik-001")) == 2


def test_another_level_or_review_state_changes_the_item_and_not_the_wording(session, load, tmp_path, clock):
    write_bank(tmp_path)
    load(tmp_path)
    mark_used(session, revision_ids=[current(session, "logistik-001").id], now=clock())
    session.commit()
    write_bank(tmp_path, item(1, level="ingat", review="draf", review_note="Dibaca."))
    load(tmp_path)
    row = session.get_one(Item, "logistik-001")
    assert (row.level, row.review, row.review_note) == ("ingat", "draf", "Dibaca.")
    assert len(revisions(session, "logistik-001")) == 1


def test_a_file_with_faults_keeps_its_last_good_items_and_says_what_is_wrong(session, load, tmp_path):
    write_bank(tmp_path, item(1), item(2))
    load(tmp_path)
    write_bank(tmp_path, item(1, stem="Pokok soal lain yang lebih baru?"), item(2, key="z"))
    report = load(tmp_path)
    assert len(report.faults) == 1
    assert len(usable_items(session)) == 2
    assert "nomor 1 tiba" in current(session, "logistik-001").content["stem"]
    assert "kunci 'z' bukan id pilihan" in session.get_one(BankFile, "08-logistik.yaml").faults
    write_bank(tmp_path, item(1), item(2))
    load(tmp_path)
    session.expire_all()
    assert session.get_one(BankFile, "08-logistik.yaml").faults is None


def test_a_file_that_was_never_good_is_remembered_with_its_faults(session, load, tmp_path):
    (tmp_path / "08-logistik.yaml").write_text("items: 1\n", encoding="utf-8")
    load(tmp_path)
    assert session.get_one(BankFile, "08-logistik.yaml").faults
    assert usable_items(session) == []


def test_one_bad_file_does_not_keep_the_others_out(session, load, tmp_path):
    (tmp_path / "01-rusak.yaml").write_text("{", encoding="utf-8")
    write_bank(tmp_path)
    load(tmp_path)
    assert [each.item_id for each in usable_items(session)] == ["logistik-001"]


def test_an_item_that_left_the_file_is_taken_out_of_use_and_may_come_back(session, load, tmp_path):
    write_bank(tmp_path, item(1), item(2))
    load(tmp_path)
    write_bank(tmp_path, item(1))
    assert load(tmp_path).files[0].changes.removed == ("logistik-002",)
    assert [each.item_id for each in usable_items(session)] == ["logistik-001"]
    write_bank(tmp_path, item(1), item(2))
    load(tmp_path)
    assert len(usable_items(session)) == 2
    assert len(revisions(session, "logistik-002")) == 1


def test_items_of_a_file_that_is_gone_are_taken_out_of_use(session, load, tmp_path):
    write_bank(tmp_path)
    load(tmp_path)
    (tmp_path / "08-logistik.yaml").write_text("{", encoding="utf-8")
    load(tmp_path)
    (tmp_path / "08-logistik.yaml").unlink()
    load(tmp_path)
    assert usable_items(session) == []
    assert overview(session) == ()


@pytest.mark.parametrize("state", ["draf", "ditarik"])
def test_drafts_and_withdrawn_items_are_never_drawn(session, load, tmp_path, state):
    write_bank(tmp_path, item(1, review=state), item(2))
    load(tmp_path)
    assert [each.item_id for each in usable_items(session)] == ["logistik-002"]


def test_each_change_is_in_the_audit_trail_and_a_cured_file_too(session, load, tmp_path):
    write_bank(tmp_path)
    load(tmp_path)
    write_bank(tmp_path, item(1, key="z"))
    load(tmp_path)
    load(tmp_path)
    write_bank(tmp_path)
    load(tmp_path)
    assert audit(session) == ["bank.muat", "bank.muat", "bank.muat"]
