"""The whole bank at a glance."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.core.roles import Role
from kapuas_quiz.reporting.bank_overview import bank_overview
from tests.forms.making import filled_banks
from tests.scoring.classroom import make_classroom


def test_the_projects_bank_is_enough_for_two_forms_and_none_is_approved(session: Session, clock) -> None:
    filled_banks(session)
    page = bank_overview(session, now=clock())
    (default,) = page.specifications
    assert default.all_items.forms >= 2
    assert default.approved.forms == 0
    assert len(default.approved.short) == 15
    assert sum(count for line in page.areas for count in line.counts.values()) == sum(
        len(line.unused) for line in page.areas
    )
    assert (page.doubtful, page.n_judged) == ((), 0)


def test_approving_one_item_moves_it_in_the_table(session: Session, clock) -> None:
    filled_banks(session)
    session.execute(update(Item).where(Item.id == "logistik-001").values(review="disetujui"))
    session.commit()
    line = next(one for one in bank_overview(session, now=clock()).areas if one.area == "08-logistik")
    assert sum(count for (_, review), count in line.counts.items() if review == "disetujui") == 1


@pytest.fixture
def taught(session: Session, clock):
    """Thirty people; who is better at the rest chooses the wrong option of the first item."""
    room = make_classroom(session, clock())
    sitting = room.open("pre")
    for number in range(30):
        name = f"Orang {number}"
        room.enrol(name)
        attempt = room.sit(name, sitting, number % 6)
        room.answer(attempt, {1: "a" if number % 6 < 2 else "b"})
    room.close(sitting, seal=True)
    session.execute(update(ItemRevision).values(used_at=clock()))
    session.commit()
    return room


def test_an_item_that_the_better_ones_miss_is_in_doubt(session: Session, clock, taught) -> None:
    page = bank_overview(session, now=clock())
    worst = page.doubtful[0]
    assert worst.id == "pemungutan-001"
    assert worst.quality.n == 30
    assert worst.quality.facility == pytest.approx(1 / 3)
    assert worst.quality.item_rest < -0.5
    assert "lemah" in worst.quality.remarks
    assert page.n_judged == 25


def test_a_key_that_tells_nothing_in_either_test_is_found_though_everybody_learnt(
    session: Session, clock
) -> None:
    room = make_classroom(session, clock())
    for kind, first, right, of_six in (("pre", "A", 1, 1), ("post", "B", 4, 5)):
        sitting = room.open(kind)
        for number in range(36):
            name = f"Orang {number} {kind}"
            room.enrol(name, first=first)
            attempt = room.sit(name, sitting, right + number // 18)
            room.answer(attempt, {1: "a" if number % 6 < of_six else "b"})
        room.close(sitting, seal=True)
    first = next(one for one in bank_overview(session, now=clock()).doubtful if one.id == "pemungutan-001")
    assert (first.quality.n, first.quality.facility) == (72, 0.5)
    assert first.quality.item_rest == pytest.approx(0, abs=1e-9)
    assert first.quality.remarks == ("lemah",)


def test_the_page_names_what_is_short_and_a_trainer_opens_no_item_from_it(
    session: Session, taught, sign_in
) -> None:
    trainer = sign_in(Role.TRAINER).get("/ikhtisar-bank")
    assert "pemungutan-001" in trainer.text
    assert "tidak membedakan" in trainer.text
    assert trainer.select("a[href*='/bank-soal/soal/']") == []
    reviewer = sign_in(Role.REVIEWER).get("/ikhtisar-bank")
    assert reviewer.select("a[href*='/bank-soal/soal/']")
