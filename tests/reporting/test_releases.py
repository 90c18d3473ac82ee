"""Items stay shut until nobody, in any wave, can still be asked them."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.rendering import rendered
from kapuas_quiz.core.items import ITEM_TYPES, draw, present, seen
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.forms.models import FormAssignment
from kapuas_quiz.forms.service import form_of
from kapuas_quiz.reporting.releases import is_released, shut_items
from kapuas_quiz.reporting.reviews import released_review
from tests.conftest import Clock
from tests.core.bank_samples import raw_item
from tests.scoring.classroom import Classroom, make_classroom


@pytest.fixture
def room(session: Session, clock: Clock) -> Classroom:
    """Nila begins with form A, Tirta with form B; both have sat the pre-test, which is sealed."""
    room = make_classroom(session, clock())
    room.enrol("Nila Pertiwi", first="A")
    room.enrol("Tirta Andara", first="B")
    sitting = room.open("pre", minutes_ago=300)
    room.sit("Nila Pertiwi", sitting)
    room.sit("Tirta Andara", sitting)
    room.close(sitting, seal=True)
    return room


def post_test(room: Classroom) -> uuid.UUID:
    """Let everybody who has a form sit the post-test, and return its sitting, still open."""
    sitting = room.open("post")
    room.sit("Nila Pertiwi", sitting)
    room.sit("Tirta Andara", sitting)
    return sitting


def released(room: Classroom) -> list[str]:
    return [label for label, form in room.forms.items() if is_released(room.session, form)]


def test_nothing_is_released_between_the_tests(room: Classroom) -> None:
    assert released(room) == []


def test_nothing_is_released_while_the_post_test_is_open(room: Classroom) -> None:
    post_test(room)
    assert released(room) == []


def test_nothing_is_released_while_late_answers_to_the_post_test_are_still_taken_in(room: Classroom) -> None:
    room.close(post_test(room))
    assert released(room) == []


def test_nothing_is_released_while_late_answers_to_the_pre_test_are_still_taken_in(room: Classroom) -> None:
    room.close(room.open("pre", minutes_ago=200))
    room.close(post_test(room), seal=True)
    assert released(room) == []


def test_who_was_never_given_a_form_is_waited_for(room: Classroom) -> None:
    newcomer = room.enrol("Bayu Wirata")
    room.session.delete(room.session.get_one(FormAssignment, newcomer))
    room.session.commit()
    sitting = post_test(room)
    room.close(sitting)
    assert released(room) == []
    room.close(sitting, seal=True)
    assert released(room) == ["A", "B"]


def test_both_forms_are_released_once_everything_is_sealed(room: Classroom) -> None:
    room.close(post_test(room), seal=True)
    assert released(room) == ["A", "B"]


def test_sealing_ends_the_waiting_for_who_never_came(room: Classroom) -> None:
    sitting = room.open("post")
    room.sit("Nila Pertiwi", sitting)
    room.close(sitting, seal=True)
    assert released(room) == ["A", "B"]


def test_a_second_sitting_shuts_them_again(room: Classroom) -> None:
    room.close(room.open("post"), seal=True)
    room.open("post")
    assert released(room) == []


def test_an_item_of_another_wave_stays_shut_in_this_one(room: Classroom, clock: Clock) -> None:
    room.close(room.open("post"), seal=True)
    items = [item.item_id for item in form_of(room.session, room.forms["A"]).items]
    assert shut_items(room.session, items) == frozenset()
    other = make_classroom(room.session, clock(), name="TOT gelombang IV", items_of=room)
    assert shut_items(room.session, items) == frozenset(items)
    other.close(other.open("post"), seal=True)
    assert shut_items(room.session, items) == frozenset()


def test_a_review_holds_what_was_wrong_and_may_be_shown(room: Classroom) -> None:
    attempt = room.session.scalar(
        select(Attempt.id).where(Attempt.enrolment_id == room.people["Nila Pertiwi"])
    )
    before = released_review(room.session, attempt)
    assert (before.items, before.n_shut) == ((), 10)
    room.close(room.open("post"), seal=True)
    after = released_review(room.session, attempt)
    assert (len(after.items), after.n_shut) == (10, 0)
    first = after.items[0]
    assert (first.number, first.chosen) == (4, "Pilihan keliru pemungutan-004")
    assert first.chosen_rationale == "Ini aturan Pemilu."
    assert first.explanation.key_text == "Pilihan benar pemungutan-004"
    assert first.explanation.citation_text == "PKPU 17/2024"


def test_a_review_numbers_items_as_the_person_saw_them(room: Classroom) -> None:
    attempt = room.session.scalars(
        select(Attempt).where(Attempt.enrolment_id == room.people["Nila Pertiwi"])
    ).one()
    attempt.presentation = {"items": list(range(25, 0, -1)), "options": {}}
    room.session.commit()
    room.close(room.open("post"), seal=True)
    review = released_review(room.session, attempt.id)
    assert [item.number for item in review.items] == [1, 2, 6, 7, 11, 12, 16, 17, 21, 22]
    assert review.items[-1].explanation.key_text == "Pilihan benar pemungutan-004"


def test_an_omitted_item_is_reviewed_without_a_choice(room: Classroom) -> None:
    room.enrol("Bayu Wirata", first="A")
    sitting = room.session.scalars(select(Sitting.id)).first()
    attempt = room.sit("Bayu Wirata", sitting, None)
    room.close(room.open("post"), seal=True)
    review = released_review(room.session, attempt)
    assert len(review.items) == 25
    assert {item.chosen for item in review.items} == {""}


def test_a_review_shows_the_ballot_that_this_person_had(room: Classroom, monkeypatch) -> None:
    attempt = room.session.scalars(
        select(Attempt).where(Attempt.enrolment_id == room.people["Nila Pertiwi"])
    ).one()
    ballot = raw_item(type="ballot", pairs=2, cells=["ada-tulisan", "tidak-dicoblos"])
    kind = ITEM_TYPES["ballot"]
    source = kind.source.model_validate({n: v for n, v in ballot.items() if n not in ("options", "key")})
    content = rendered(kind.content(source, load_registers()))
    form = form_of(room.session, attempt.form_id)
    items = tuple(replace(item, content=content) if item.position == 4 else item for item in form.items)
    monkeypatch.setattr("kapuas_quiz.reporting.reviews.form_of", lambda *_: replace(form, items=items))
    attempt.presentation = {"items": [], "options": {}, "drawn": {"4": draw(content, 5)}}
    room.session.commit()
    room.close(room.open("post"), seal=True)
    first = released_review(room.session, attempt.id).items[0]
    assert first.stem_html == present(seen(content, draw(content, 5)))["stem"]
    assert first.stem_html != present(content)["stem"]
    assert (first.number, first.explanation.key_text) == (4, "Tidak sah")
