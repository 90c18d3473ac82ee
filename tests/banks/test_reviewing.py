"""A reviewer decides about wordings, one after the other."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.decisions import (
    DecisionNotOpenError,
    OwnWordingError,
    ReasonMissingError,
    WordingChangedError,
    decide,
)
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.models import Item, ItemReview, ItemRevision
from kapuas_quiz.banks.opening import item_page
from kapuas_quiz.banks.review_queue import neighbours, queue_page
from kapuas_quiz.banks.service import load_banks, mark_used, usable_items
from kapuas_quiz.banks.writing import Place, change_item, written_item
from kapuas_quiz.core.grounds import reviewed_digest
from kapuas_quiz.core.review import Decision
from kapuas_quiz.core.roles import SYSTEM, Actor, Role
from tests.banks.writing import USED_FACT, item, write_bank

GITA = Actor("gita", "Gita Permata", frozenset({Role.REVIEWER}))
BAYU = Actor("bayu", "Bayu Wirata", frozenset({Role.REVIEWER}))
NAME = "logistik-001"


@pytest.fixture
def load(session, clock, tmp_path):
    """Load a bank of the items given."""

    def load(*items):
        write_bank(tmp_path, *items)
        return load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())

    load(item(1), item(2))
    return load


@pytest.fixture
def act(session, clock, load):
    """Decide about the wording as it is now."""

    def act(decision: Decision, comment: str = "Sebabnya.", actor: Actor = GITA, name: str = NAME) -> None:
        mark = item_page(session, name).opened.mark
        decide(
            session,
            item_id=name,
            seen=mark,
            decision=decision,
            comment=comment,
            actor=actor,
            now=clock(),
        )

    return act


def state(session, name: str = NAME) -> str:
    return session.get_one(Item, name, populate_existing=True).review


@pytest.mark.parametrize(
    ("decision", "after"),
    [(Decision.APPROVE, "disetujui"), (Decision.SEND_BACK, "draf"), (Decision.WITHDRAW, "ditarik")],
)
def test_a_decision_sets_the_state_and_stays_when_the_file_is_loaded_again(
    session, load, act, decision, after
):
    act(decision)
    assert state(session) == after
    load(item(1), item(2))
    assert state(session) == after


def test_a_decision_is_in_the_trail_with_name_reason_and_wording(session, act):
    act(Decision.SEND_BACK, "Pasalnya keliru.")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.kembalikan")).one()
    assert (event.subject, event.actor, event.detail["nama"]) == (NAME, "gita", "Gita Permata")
    assert event.detail["alasan"] == "Pasalnya keliru."
    assert len(event.detail["sidik"]) == 64


@pytest.mark.parametrize("change", [{"stem": "Kotak suara basah. Apa yang dilakukan?"}, {"level": "ingat"}])
def test_a_change_after_approval_returns_the_item_to_the_queue(session, load, act, change):
    act(Decision.APPROVE)
    assert [one.id for one in queue_page(session).waiting] == ["logistik-002"]
    load(item(1, **change), item(2))
    assert state(session) == "siap-ditelaah"
    assert NAME in [one.id for one in queue_page(session).waiting]


@pytest.fixture
def approved_under(session, clock, load):
    """Approve the first item as it was done when the register said something else of its fact."""

    def approved_under(**fact: str) -> None:
        row = session.get_one(Item, NAME)
        wording = session.get_one(ItemRevision, row.current_revision_id)
        earlier = {USED_FACT: replace(load_facts()[USED_FACT], **fact)}
        decision = ItemReview(
            item_id=NAME,
            number=1,
            digest=reviewed_digest(wording.digest, wording.content, earlier),
            level=row.level,
            decision="approve",
            comment="",
            by_id=GITA.id,
            by_name=GITA.name,
            at=clock(),
        )
        session.add(decision)
        row.review = "disetujui"
        session.commit()

    return approved_under


@pytest.mark.parametrize("fact", [{"statement": "Kebalikannya."}, {"article": "Pasal 999"}])
@pytest.mark.parametrize("file", ["good", "refused"])
def test_an_approval_ends_when_the_fact_under_it_changes(session, load, approved_under, fact, file):
    approved_under(**fact)
    load(item(1), item(2, **({"key": "z"} if file == "refused" else {})))
    assert state(session) == "siap-ditelaah"


def test_an_approval_stays_when_the_file_is_refused(session, load, act):
    act(Decision.APPROVE)
    assert load(item(1), item(2, key="z")).faults
    assert state(session) == "disetujui"


@pytest.mark.parametrize("fact", ["F013", "F999"])
def test_an_item_leaves_the_draw_when_its_fact_is_forbidden_though_its_file_is_refused(session, load, fact):
    wording = session.scalars(select(ItemRevision).where(ItemRevision.item_id == NAME)).one()
    wording.content = {**wording.content, "facts": [fact]}
    session.commit()
    assert load(item(1, facts=[fact]), item(2)).faults
    assert [one.item_id for one in usable_items(session)] == ["logistik-002"]


def test_a_wording_that_comes_back_has_its_approval_again(session, load, act):
    act(Decision.APPROVE)
    load(item(1, level="ingat"), item(2))
    load(item(1), item(2))
    assert state(session) == "disetujui"


def test_an_author_can_hold_back_what_was_approved(session, load, act):
    act(Decision.APPROVE)
    load(item(1, review="draf"), item(2))
    assert state(session) == "draf"
    assert item_page(session, NAME).opened.may == ()


def test_only_approved_items_count_as_approved_and_withdrawn_ones_are_not_drawn(session, act):
    act(Decision.APPROVE)
    act(Decision.WITHDRAW, name="logistik-002")
    assert [(one.item_id, one.approved) for one in usable_items(session)] == [(NAME, True)]


def test_what_the_reviewer_did_not_see_is_not_decided(session, load, clock):
    mark = item_page(session, NAME).opened.mark
    load(item(1, stem="Kotak suara basah. Apa yang dilakukan?"), item(2))
    with pytest.raises(WordingChangedError):
        decide(
            session,
            item_id=NAME,
            seen=mark,
            decision=Decision.APPROVE,
            comment="",
            actor=GITA,
            now=clock(),
        )
    assert state(session) == "siap-ditelaah"


def test_a_withdrawn_item_is_reopened_before_anything_else(session, act):
    act(Decision.WITHDRAW)
    with pytest.raises(DecisionNotOpenError):
        act(Decision.APPROVE)
    act(Decision.REOPEN)
    act(Decision.APPROVE)
    assert state(session) == "disetujui"


@pytest.mark.parametrize("decision", [Decision.SEND_BACK, Decision.WITHDRAW])
def test_everything_but_an_approval_needs_words(act, decision):
    with pytest.raises(ReasonMissingError):
        act(decision, "")


@pytest.fixture
def write(session, clock, load, tmp_path):
    """Change the item in the web, as a named person."""

    def write(actor: Actor, **values: str) -> None:
        clock.forward(minutes=5)
        known = written_item(tmp_path, "08-logistik", NAME)
        change_item(
            session,
            Place(tmp_path, actor, clock()),
            area="08-logistik",
            data={**known.data, **values},
            digest=known.digest,
        )

    return write


def test_nobody_approves_a_wording_that_they_made_in_the_web(session, act, write):
    write(GITA, stem="Kotak suara basah. Apa yang dilakukan?")
    with pytest.raises(OwnWordingError):
        act(Decision.APPROVE)
    act(Decision.APPROVE, actor=BAYU)
    assert state(session) == "disetujui"


def test_a_note_by_another_makes_no_wording(session, act, write):
    write(GITA, stem="Kotak suara basah. Apa yang dilakukan?")
    write(BAYU, review_note="Mohon dilihat lagi.", level="ingat")
    with pytest.raises(OwnWordingError):
        act(Decision.APPROVE)
    act(Decision.APPROVE, actor=BAYU)
    assert state(session) == "disetujui"


def test_a_wording_of_ones_own_that_comes_back_is_still_ones_own(act, write):
    first, second = "Kotak suara basah. Apa yang dilakukan?", "Kotak suara penyok. Apa yang dilakukan?"
    write(GITA, stem=first)
    write(BAYU, stem=second)
    write(BAYU, stem=first)
    for actor in (GITA, BAYU):
        with pytest.raises(OwnWordingError):
            act(Decision.APPROVE, actor=actor)


def test_a_wording_that_came_later_from_the_file_has_no_author_in_the_web(session, load, act, write):
    write(GITA, stem="Bilik basah. Apa yang dilakukan?")
    load(item(1, stem="Kotak suara basah. Apa yang dilakukan?"), item(2))
    act(Decision.APPROVE)
    assert state(session) == "disetujui"


@pytest.mark.parametrize("tampering", ["DELETE FROM item_review", "UPDATE item_review SET by_name = 'lain'"])
def test_decisions_are_only_added(session, act, tampering):
    act(Decision.APPROVE)
    with pytest.raises(DBAPIError, match="hanya dapat ditambah"):
        session.execute(text(tampering))
    session.rollback()
    assert session.scalars(select(ItemReview.by_name)).all() == ["Gita Permata"]


def test_the_history_of_a_shut_item_tells_no_words(session, load, clock):
    used = session.get_one(Item, NAME).current_revision_id
    mark_used(session, revision_ids=[used], now=clock())
    session.commit()
    load(item(1, stem="Kotak suara nomor 1 tiba. Apa yang **terakhir** dilakukan?"), item(2))
    page = item_page(session, NAME)
    assert page.opened is None
    assert [line.changes for line in page.revisions] == [(), ()]


@pytest.mark.parametrize(
    ("name", "beside"),
    [("a", (None, "b")), ("b", ("a", "c")), ("c", ("b", None)), ("z", (None, "a"))],
)
def test_the_queue_leads_from_item_to_item(name, beside):
    assert neighbours(["a", "b", "c"], name) == beside


def test_an_empty_queue_leads_nowhere():
    assert neighbours([], "a") == (None, None)
