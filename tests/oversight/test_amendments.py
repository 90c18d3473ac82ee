"""An article is amended: the items on it, the forms that held them, and who passed only because of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.amendments import held_back, items_hit, mark_amended
from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.banks.decisions import decide, reviewed, wording_mark
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.review_queue import queue_page
from kapuas_quiz.banks.service import load_banks, usable_items
from kapuas_quiz.core.review import Decision
from kapuas_quiz.core.roles import SYSTEM, Actor, Role
from kapuas_quiz.forms.models import FormItem
from kapuas_quiz.oversight.amendments import impact
from kapuas_quiz.oversight.register_hits import layouts_hit, rules_hit
from tests.banks.writing import write_bank
from tests.certificates.hall import finished_training, published
from tests.core.bank_samples import raw_item
from tests.forms.making import filled_banks

OFFICER = Actor("pejabat", "Lestari Wulan", frozenset({Role.REVIEWER}))
PLACE = {"instrument": "PKPU 8/2022", "article": "Pasal 10"}
CITED = {"instrument": "PKPU 8/2022", "article": "Pasal 10", "paragraph": "ayat (1)", "letter": ""}
PEOPLE = {
    "Tirta Andara": ("anggota", 18),
    "Puspa Nirmala": ("anggota", 25),
    "Gita Permata": ("anggota", 12),
}


@pytest.fixture
def hall(session: Session, clock):
    """A training decided upon, in which the first two items of form B cite Pasal 10."""
    room = finished_training(session, clock(), PEOPLE)
    for revision in _first_items(session, room.forms["B"], 2):
        revision.content, revision.used_at = {**revision.content, "citation": CITED}, clock()
    session.commit()
    published(room)
    return room


def _first_items(session: Session, form_id, count):
    return session.scalars(
        select(ItemRevision)
        .join(FormItem, FormItem.revision_id == ItemRevision.id)
        .where(FormItem.form_id == form_id, FormItem.position <= count)
        .order_by(FormItem.position)
    ).all()


def amend(session: Session, clock, **values):
    return mark_amended(
        session,
        **{**PLACE, "change": "diubah", "note": "Diubah PKPU contoh.", "unsure_too": False, **values},
        actor=OFFICER,
        now=clock(),
    )


def test_the_items_the_form_and_who_passed_only_because_of_them_are_listed(session, clock, hall):
    touched = impact(session, **PLACE, now=clock())
    on_place = [revision.item_id for revision in _first_items(session, hall.forms["B"], 2)]
    assert [hit.id for hit in touched.items] == sorted(on_place)
    assert [(form.label, form.positions, form.taken) for form in touched.forms] == [("B", (1, 2), 3)]
    assert touched.passed == 2
    (only,) = touched.people
    assert (only.name, only.points, only.without) == ("Tirta Andara", (18.0, 25.0), "belum")


def test_the_ballot_rules_and_the_layouts_on_the_place_are_listed(session, clock, sign_in):
    page = sign_in(Role.CERTIFIER).get("/perubahan-hukum?instrument=UU+1/2015&article=Pasal+94")
    listed = [rule for rule in load_ballot_rules().cells if rule.title in page.text]
    assert load_ballot_rules().cell("tanpa-tanda-tangan") in listed
    assert "Cetak lagi katalognya dan mintakan tanda tangan" in page.text
    assert not page.select("main a[href*=aturan-surat-suara]")
    officer = sign_in(Role.REVIEWER).get("/perubahan-hukum?instrument=UU+1/2015&article=Pasal+94")
    assert officer.select_one("a[href$='aturan-surat-suara#tanpa-tanda-tangan']")


@pytest.mark.parametrize(
    ("hits", "place", "first"),
    [
        (rules_hit, ("UU 1/2015", "Pasal 94 huruf a"), ("tanpa-tanda-tangan", "kena")),
        (rules_hit, ("Keputusan KPU 1337/2024", "Pasal 3"), ("pasangan-dan-kolom-kosong", "mungkin")),
        (layouts_hit, ("UU 1/2015", "Pasal 98"), ("c-hasil-lengkap", "kena")),
    ],
)
def test_rules_and_layouts_are_touched_by_their_citations_and_facts(hits, place, first):
    found = hits(*place)
    assert (found[0].id, found[0].touch) == first
    assert hits("PKPU 999/2024", "") == ()


def test_another_article_touches_nothing_here(session, clock, hall):
    touched = impact(session, instrument="PKPU 8/2022", article="Pasal 1", now=clock())
    assert (touched.items, touched.forms, touched.people, touched.passed) == ((), (), (), 0)


def test_nothing_that_was_decided_changes(session, clock, hall):
    before = impact(session, **PLACE, now=clock())
    amend(session, clock)
    after = impact(session, **PLACE, now=clock())
    assert (after.people, after.forms, after.passed) == (before.people, before.forms, before.passed)


def test_items_leave_the_draw_and_stand_in_the_queue_until_a_law_officer_approves_them(session, clock):
    filled_banks(session)
    hits = {hit.id for hit in items_hit(session, "PKPU 8/2022", "") if hit.touch == "kena"}
    assert hits
    assert hits <= {item.item_id for item in usable_items(session)}
    amend(session, clock, article="", change="dicabut")
    assert hits.isdisjoint(item.item_id for item in usable_items(session))
    assert held_back(session) == hits
    assert hits <= {one.id for one in queue_page(session).waiting}

    chosen = min(hits)
    item = session.get_one(Item, chosen)
    wording = session.get_one(ItemRevision, item.current_revision_id)
    decide(
        session,
        item_id=chosen,
        seen=wording_mark(reviewed(wording), item.level),
        decision=Decision.APPROVE,
        comment="",
        actor=OFFICER,
        now=clock(),
    )
    assert {item.item_id for item in usable_items(session)} & hits == {chosen}
    assert held_back(session) == hits - {chosen}


def test_the_queue_begins_with_what_is_held_and_shows_only_that_on_request(session, clock, sign_in):
    filled_banks(session)
    amend(session, clock, article="")
    held = held_back(session)
    queue = [one.id for one in queue_page(session).waiting]
    assert set(queue[: len(held)]) == held != set(queue)
    officer = sign_in(Role.REVIEWER)
    page = officer.get("/bank-soal/telaah")
    assert page.select_one("tbody tr").text.count("ditahan: hukumnya berubah") == 1
    (link,) = (a for a in page.select("main a") if a.text == "Tampilkan yang ditahan saja")
    only = officer.get(link["href"])
    assert {row.text.strip() for row in only.select("tbody th")} <= held
    assert "Tampilkan semua" in only.text
    assert "keadaan: ditahan karena hukumnya berubah" in officer.get(f"/bank-soal/soal/{queue[0]}").text


def test_loading_the_same_files_again_does_not_bring_them_back(session, clock):
    filled_banks(session)
    amend(session, clock, article="")
    held = held_back(session)
    filled_banks(session)
    assert held_back(session) == held != frozenset()


def test_neither_another_level_nor_leaving_the_file_for_a_while_lifts_it(session, clock, tmp_path):
    first, second = raw_item(1, facts=["F270"]), raw_item(2, facts=["F270"])
    for item in (first, second):
        item["citation"] = {"instrument": "PKPU 8/2022", "article": "Pasal 29", "paragraph": "", "letter": ""}

    def load(*items):
        write_bank(tmp_path, *items)
        load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())

    load(first, second)
    load(first)
    amend(session, clock, article="Pasal 29")
    load({**first, "level": "ingat"}, second)
    assert usable_items(session) == []
    assert held_back(session) == {"logistik-001", "logistik-002"}


def test_items_whose_article_is_not_known_are_held_back_only_on_request(session, clock):
    filled_banks(session)
    place = {"instrument": "PKPU 17/2024", "article": "Pasal 999"}
    unsure = {hit.id for hit in items_hit(session, **place)}
    assert unsure
    amend(session, clock, **place)
    assert held_back(session) == frozenset()
    amend(session, clock, **place, unsure_too=True)
    assert held_back(session) == unsure


def test_who_said_so_and_what_was_held_back_is_in_the_trail(session, clock):
    filled_banks(session)
    amend(session, clock, article="Pasal 29")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "hukum.ubah")).one()
    assert (event.actor, event.detail["alasan"]) == ("pejabat", "Diubah PKPU contoh.")
    assert set(event.detail["soal"]) == held_back(session) != frozenset()


def test_the_officer_looks_first_and_then_writes_it_down(session, clock, sign_in):
    filled_banks(session)
    officer = sign_in(Role.REVIEWER)
    page = officer.get("/perubahan-hukum")
    unread = officer.submit(page, "#tempat", instrument="PKPU 8/2022", article="dua puluh")
    assert "Tulis satu tempat" in unread.text
    page = officer.submit(page, "#tempat", instrument="PKPU 8/2022", article="29")
    assert "Yang terkena: Pasal 29 PKPU 8/2022" in page.text
    assert held_back(session) == frozenset()
    session.rollback()
    refused = officer.submit(page, "#catat", 422, change="diubah", note="")
    assert "Tulis dengan peraturan apa" in refused.text
    page = officer.submit(page, "#catat", change="diubah", note="Diubah PKPU contoh, sejak 1 Januari.")
    assert "Perubahan dicatat" in page.text
    assert page.h1.text == "Pasal 29 PKPU 8/2022"
    assert held_back(session)
    assert "Pasal 29 PKPU 8/2022" in officer.get("/perubahan-hukum").text


def test_a_certifier_sees_names_but_marks_nothing_and_an_observer_sees_no_names(
    session, clock, hall, sign_in
):
    certifier = sign_in(Role.CERTIFIER)
    page = certifier.get("/perubahan-hukum?instrument=PKPU+8/2022&article=Pasal+10")
    assert "Tirta Andara" in page.text
    assert page.select_one("#catat") is None
    sign_in(Role.OBSERVER).get("/perubahan-hukum", 403)
