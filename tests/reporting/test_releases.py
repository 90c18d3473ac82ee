"""Items stay shut until nobody, in any wave, can still be asked them."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.forms.service import form_of
from kapuas_quiz.reporting.releases import is_released, shut_items
from kapuas_quiz.reporting.reviews import released_review
from kapuas_quiz.trainings.models import Enrolment
from tests.conftest import Clock
from tests.scoring.classroom import Classroom, make_classroom


@pytest.fixture
def room(session: Session, clock: Clock) -> Classroom:
    """Nila begins with form A, Tirta with form B; both have sat and closed the pre-test."""
    room = make_classroom(session, clock())
    room.enrol("Nila Pertiwi", first="A")
    room.enrol("Tirta Andara", first="B")
    sitting = room.open("pre", minutes_ago=300)
    room.sit("Nila Pertiwi", sitting)
    room.sit("Tirta Andara", sitting)
    room.close(sitting)
    return room


def released(room: Classroom) -> list[str]:
    return [label for label, form in room.forms.items() if is_released(room.session, form, now=room.now)]


def test_nothing_is_released_between_the_tests(room: Classroom) -> None:
    assert released(room) == []


def test_nothing_is_released_while_the_post_test_is_open(room: Classroom) -> None:
    sitting = room.open("post")
    room.sit("Nila Pertiwi", sitting)
    room.sit("Tirta Andara", sitting)
    assert released(room) == []


def test_both_forms_are_released_once_everybody_has_sat_both(room: Classroom) -> None:
    sitting = room.open("post")
    room.sit("Nila Pertiwi", sitting)
    room.sit("Tirta Andara", sitting)
    room.close(sitting)
    assert released(room) == ["A", "B"]


def test_a_form_stays_shut_for_who_still_has_to_meet_it(room: Classroom) -> None:
    sitting = room.open("post")
    room.sit("Nila Pertiwi", sitting)
    room.close(sitting)
    assert released(room) == ["B"]


def test_sealing_the_post_test_ends_the_waiting(room: Classroom) -> None:
    sitting = room.open("post")
    room.sit("Nila Pertiwi", sitting)
    room.close(sitting, seal=True)
    assert released(room) == ["A", "B"]


def test_a_second_sitting_shuts_them_again(room: Classroom) -> None:
    room.close(room.open("post"), seal=True)
    room.open("post")
    assert released(room) == []


def test_who_withdrew_is_not_waited_for(room: Classroom) -> None:
    sitting = room.open("post")
    room.sit("Nila Pertiwi", sitting)
    room.close(sitting)
    room.session.get_one(Enrolment, room.people["Tirta Andara"]).withdrawn_at = room.now
    room.session.commit()
    assert released(room) == ["A", "B"]


def test_a_newcomer_to_the_post_test_does_not_shut_the_form_they_never_meet(room: Classroom) -> None:
    room.enrol("Bayu Wirata", first="A")
    sitting = room.open("post")
    for name in room.people:
        room.sit(name, sitting)
    room.close(sitting)
    assert released(room) == ["A", "B"]


def test_an_item_of_another_wave_stays_shut_in_this_one(room: Classroom, clock: Clock) -> None:
    room.close(room.open("post"), seal=True)
    items = [item.item_id for item in form_of(room.session, room.forms["A"]).items]
    assert shut_items(room.session, items, now=room.now) == frozenset()
    other = make_classroom(room.session, clock(), name="TOT gelombang IV", items_of=room)
    assert shut_items(room.session, items, now=room.now) == frozenset(items)
    other.close(other.open("post"), seal=True)
    assert shut_items(room.session, items, now=room.now) == frozenset()


def test_a_review_holds_what_was_wrong_and_may_be_shown(room: Classroom) -> None:
    attempt = room.session.scalar(
        select(Attempt.id).where(Attempt.enrolment_id == room.people["Nila Pertiwi"])
    )
    before = released_review(room.session, attempt, now=room.now)
    assert (before.items, before.n_shut) == ((), 10)
    room.close(room.open("post"), seal=True)
    after = released_review(room.session, attempt, now=room.now)
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
    review = released_review(room.session, attempt.id, now=room.now)
    assert [item.number for item in review.items] == [1, 2, 6, 7, 11, 12, 16, 17, 21, 22]
    assert review.items[-1].explanation.key_text == "Pilihan benar pemungutan-004"


def test_an_omitted_item_is_reviewed_without_a_choice(room: Classroom) -> None:
    room.enrol("Bayu Wirata", first="A")
    sitting = room.session.scalars(select(Sitting.id)).first()
    attempt = room.sit("Bayu Wirata", sitting, None)
    room.close(room.open("post"), seal=True)
    review = released_review(room.session, attempt, now=room.now)
    assert len(review.items) == 25
    assert {item.chosen for item in review.items} == {""}
