"""Items with fields on their way: to the phone, through the journal, over the plain page, into the points."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.core.items import key_answer
from kapuas_quiz.delivery.models import Attempt, Response, ResponseEvent
from kapuas_quiz.forms.models import FormItem
from kapuas_quiz.forms.service import form_of
from kapuas_quiz.scoring.seen import seen_items
from kapuas_quiz.scoring.service import latest_scores
from tests.conftest import Clock
from tests.core.items.samples import DRAWN, KEYS, content
from tests.delivery.handset import Hall, Handset, look, open_hall, sat_down
from tests.delivery.test_plain import NILA, enter
from tests.pages import PageClient

TYPES = [*KEYS, *DRAWN]
PLACES = {name: position for position, name in enumerate(TYPES, 1)}


@pytest.fixture
def hall(session: Session, clock: Clock) -> Hall:
    """A hall whose first form begins with one item of every type."""
    hall = open_hall(session, clock(), NILA)
    places = select(FormItem).where(FormItem.form_id == hall.classroom.forms["A"])
    for place in session.scalars(places.order_by(FormItem.position)).all()[: len(TYPES)]:
        session.get_one(ItemRevision, place.revision_id).content = content(TYPES[place.position - 1])
    session.commit()
    return hall


def right_answers(session: Session) -> dict[int, Any]:
    """Return the right answers to what Nila sees."""
    attempt = look(session, select(Attempt))[0]
    items = seen_items(form_of(session, attempt.form_id), attempt.presentation["drawn"])
    session.rollback()
    return {item.position: key_answer(item.content) for item in items[: len(TYPES)]}


def points_of(session: Session, hall: Hall, clock: Clock) -> float:
    hall.close(clock() + timedelta(hours=1))
    scores = latest_scores(session, hall.classroom.training_id, now=clock() + timedelta(hours=1))
    return next(score.points for score in scores if score.competency == "")


def test_a_phone_gets_fields_as_html_in_its_own_order_and_no_key(app: Flask, hall: Hall) -> None:
    phone = sat_down(app, hall)
    items = {item["n"]: item for item in phone.items}
    for name, place in PLACES.items():
        item = items[place]
        if name in ("single_choice", "true_false", "ballot"):
            assert set(item) == {"n", "type", "stem", "options"}
        else:
            assert set(item) - {"c"} == {"n", "type", "stem", "html"}
            assert item["type"] == "isian"
            assert f'name="q-{place}.' in item["html"]
    assert "<svg" in items[PLACES["ballot"]]["stem"]
    again = phone.start()["form"]["items"]
    assert again == phone.items


def test_right_answers_by_phone_earn_every_point_and_come_back(
    app: Flask, session: Session, clock: Clock, hall: Hall
) -> None:
    phone = sat_down(app, hall)
    right = right_answers(session)
    clock.forward(minutes=1)
    entries = [phone.entry("jawab", n, answer) for n, answer in right.items()]
    phone.send(*entries)
    phone.send(*entries)
    assert phone.send()["n_answered"] == len(TYPES)
    kept = phone.start()["answers"]
    assert {int(n): answer["a"] for n, answer in kept.items()} == right
    assert points_of(session, hall, clock) == len(TYPES)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({}, 400),
        ({"nilai": 7}, 400),
        ({"nilai": ["7"]}, 400),
        ({"nilai": {"x": "7"}}, 400),
        ({"nilai": "7" * 201}, 400),
        ({"n" * 41: "7"}, 400),
        ({f"n{number}": "7" for number in range(61)}, 400),
        (7, 400),
        ({"nilai": ""}, 422),
        ({"lain": "7"}, 422),
        ("7", 422),
    ],
)
def test_hostile_answers_are_refused_and_nothing_is_stored(
    app: Flask, session: Session, hall: Hall, answer: Any, status: int
) -> None:
    phone = sat_down(app, hall)
    phone.send(phone.entry("jawab", PLACES["number"], answer), status=status)
    assert look(session, select(ResponseEvent)) == []


def test_a_number_that_comes_again_with_other_fields_is_a_clash(app: Flask, hall: Hall) -> None:
    phone = sat_down(app, hall)
    entry = phone.entry("jawab", PLACES["number"], {"nilai": "7"})
    phone.send(entry)
    phone.send({**entry, "a": {"nilai": "8"}}, status=409)


def fields_of(position: int, answer: Any) -> dict[str, str]:
    if isinstance(answer, str):
        return {f"q-{position}": answer}
    return {f"q-{position}.{name}": text for name, text in answer.items()}


def test_right_answers_on_the_plain_page_earn_every_point(
    app: Flask, session: Session, clock: Clock, phone: PageClient, hall: Hall
) -> None:
    page = enter(phone, hall)
    fields: dict[str, str] = {}
    for position, answer in right_answers(session).items():
        fields |= fields_of(position, answer)
    saved = phone.submit(page, "form[action$=simpan]", **fields)
    assert f"{len(TYPES)} jawaban sudah diterima" in saved.text
    before = len(look(session, select(ResponseEvent)))
    phone.submit(saved, "form[action$=simpan]")
    phone.submit(page, "form[action$=simpan]", **fields)
    assert len(look(session, select(ResponseEvent))) == before == len(TYPES)
    assert points_of(session, hall, clock) == len(TYPES)


def test_on_the_plain_page_a_tick_taken_away_and_a_text_wiped_out_take_the_answer_back(
    app: Flask, session: Session, hall: Hall, phone: PageClient
) -> None:
    several, number = PLACES["multiple_response"], PLACES["number"]
    page = enter(phone, hall)
    phone.submit(page, "form[action$=simpan]", **{f"q-{several}.a": "1", f"q-{number}.nilai": " 7 "})
    newer = phone.get(page.address)  # type: ignore[attr-defined]
    data = {tag["name"]: tag.get("value", "") for tag in newer.select("form input[type=hidden]")}
    assert phone.open("/polos/simpan", method="POST", data=data).status_code == 302
    answers = {row.position: row.answer for row in look(session, select(Response))}
    assert answers == {several: None, number: None}


def test_words_in_place_of_a_number_are_kept_and_pointed_out(
    app: Flask, session: Session, clock: Clock, hall: Hall, phone: PageClient
) -> None:
    questions = enter(phone, hall)
    cell = questions.select_one(f"input[name^='q-{PLACES['result_form']}.'][inputmode]")["name"]
    number = f"q-{PLACES['number']}.nilai"
    saved = phone.submit(questions, "form[action$=simpan]", **{number: "tujuh", cell: "dua"})
    places = [saved.select_one(f"[name='{name}']").find_parent("fieldset", "item") for name in (number, cell)]
    running = sorted(int(place.strong.text.rstrip(".")) for place in places)
    told = f"Belum berupa angka: nomor {running[0]}, {running[1]}. Tulis jawabannya dengan angka saja."
    assert told in saved.text
    assert all("Belum berupa angka. Tulis dengan angka saja." in place.text for place in places)
    assert saved.select_one(f"[name='{number}']")["value"] == "tujuh"
    asked = phone.submit(saved, "form[action$=simpan]", serah="1")
    assert told in asked.text
    mended = phone.submit(saved, "form[action$=simpan]", **{number: "7", cell: "2"})
    assert "Belum berupa angka:" not in mended.text


def test_an_older_plain_page_does_not_empty_newer_fields(
    app: Flask, session: Session, hall: Hall, phone: PageClient
) -> None:
    number = PLACES["number"]
    page = enter(phone, hall)
    phone.submit(page, "form[action$=simpan]", **{f"q-{number}.nilai": "7"})
    phone.submit(page, "form[action$=simpan]", status=409)
    assert {row.position: row.answer for row in look(session, select(Response))} == {number: {"nilai": "7"}}


def test_a_hostile_field_of_the_plain_page_is_refused(
    app: Flask, session: Session, hall: Hall, phone: PageClient
) -> None:
    page = enter(phone, hall)
    place = PLACES["multiple_response"]
    phone.submit(page, "form[action$=simpan]", status=422, **{f"q-{place}.zzz": "1"})
    assert look(session, select(Response)) == []


def test_each_person_has_an_own_ballot(app: Flask, session: Session, clock: Clock, hall: Hall) -> None:
    hall.classroom.enrol("Tirta Andara")
    session.rollback()
    pictures = set()
    for name in (NILA, "Tirta Andara"):
        phone = Handset(app, name, device=f"hp-{name[:4].lower()}-0001")
        phone.join(hall.pin)
        phone.start()
        pictures |= {item["stem"] for item in phone.items if item["n"] == PLACES["ballot"]}
    assert len(pictures) == 2
