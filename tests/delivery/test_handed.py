"""Answers that did not come over the network: whose they are, when they count, and that they count once."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.handed_code import Handed, write_code
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.delivery.handed import Taken, take_picture
from kapuas_quiz.delivery.handed_codes import complete_by_code, take_code
from kapuas_quiz.delivery.handed_refusals import EarlierPartMissing, NotOurs, TooLate, WrongGroups
from kapuas_quiz.delivery.models import Attempt, HandedCode, Response, ResponseEvent
from kapuas_quiz.delivery.refusals import AttemptSealed, InvalidEvent
from kapuas_quiz.delivery.sheet import sheet_of
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall, sat_down
from tests.delivery.test_acts import act_on
from tests.pages import PageClient

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"
ONE_DATABASE = True
KEY = hmac.new(bytes(32), b"attempt", hashlib.sha256).digest()


class Pocket:
    """A phone without network: it writes its journal, shows a code and pictures."""

    def __init__(self, session: Session, phone: Handset) -> None:
        self.session, self.phone = session, phone
        self.entries: list[dict[str, Any]] = []

    def choose(self, n: int, a: str | None, t: int = 1000) -> dict[str, Any]:
        self.entries.append(self.phone.entry("jawab", n, a, t))
        return self.entries[-1]

    def finish(self, t: int = 60_000) -> dict[str, Any]:
        self.entries.append(self.phone.entry("selesai", t=t))
        return self.entries[-1]

    @property
    def attempt_id(self) -> uuid.UUID:
        return uuid.UUID(self.phone.attempt)

    @property
    def code(self) -> str:
        attempt = look(self.session, select(Attempt).where(Attempt.id == self.attempt_id))[0]
        asked = sheet_of(self.session, attempt.form_id).asked(attempt.presentation)
        self.session.rollback()
        said = {entry["n"]: entry["a"] for entry in self.entries if entry["k"] == "jawab"}
        answers = {position: said.get(position) for position, parts in asked if parts}
        handed = Handed(answers, len(self.entries), self.entries[-1]["t"] // 60_000)
        return " ".join(write_code(handed, asked, secret=self.phone.secret, device=self.phone.device))

    def picture(self, first: int = 1, last: int = 99, part: tuple[int, int] = (1, 1)) -> str:
        written, before = [], 0
        for entry in self.entries[first - 1 : last]:
            written.append([entry["n"] or 0, entry["a"], entry["t"] - before])
            before = entry["t"]
        attempt = self.phone.attempt.replace("-", "")
        body = json.dumps([attempt, self.phone.device, *part, first, written], separators=(",", ":"))
        mac = hmac.new(self.phone.secret.encode(), f"qr|{body}".encode(), hashlib.sha256).hexdigest()
        return f"KQ1{mac[:16]}{body}"


@pytest.fixture
def hall(session: Session, clock: Clock) -> Hall:
    return open_hall(session, clock(), NILA, BAYU)


@pytest.fixture
def pocket(app: Flask, session: Session, hall: Hall) -> Pocket:
    return Pocket(session, sat_down(app, hall))


@pytest.fixture
def type_in(session: Session, hall: Hall, clock: Clock) -> Callable[..., Taken]:
    def take(code: str, **values: Any) -> Taken:
        session.rollback()
        return take_code(
            session, sitting_id=hall.sitting_id, text=code, key=KEY, actor=SYSTEM, now=clock(), **values
        )

    return take


@pytest.fixture
def scan(session: Session, clock: Clock) -> Callable[[str], Taken]:
    def take(text: str) -> Taken:
        session.rollback()
        return take_picture(session, text=text, key=KEY, receipt_key=bytes(32), actor=SYSTEM, now=clock())

    return take


def counted(session: Session) -> dict[int, Any]:
    rows = look(session, select(Response).order_by(Response.position))
    return {row.position: row.answer for row in rows if row.answer is not None}


def test_a_code_brings_the_answers_and_ends_the_attempt(
    session: Session, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock, hall: Hall
) -> None:
    pocket.choose(1, "a")
    pocket.choose(2, "b")
    pocket.choose(1, "c")
    pocket.finish(t=3 * 60_000 + 900)
    clock.forward(minutes=10)
    taken = type_in(pocket.code.lower().replace(" ", "-"))
    assert (taken.person.name, taken.n_answered, taken.n_items, taken.again) == (NILA, 2, 25, False)
    assert counted(session) == {1: "c", 2: "b"}
    assert look(session, select(Attempt))[0].end_reason == "diserahkan"
    assert complete_by_code(session, hall.sitting_id) == {taken.attempt_id}
    assert [event.action for event in look(session, select(AuditEvent))][-1] == "serah.kode"


def test_a_code_typed_twice_counts_once(
    session: Session, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock
) -> None:
    pocket.choose(1, "a")
    pocket.finish()
    clock.forward(minutes=2)
    assert [type_in(pocket.code).again, type_in(pocket.code).again] == [False, True]
    assert len(look(session, select(HandedCode))) == 1
    assert [e.action for e in look(session, select(AuditEvent))].count("serah.kode") == 1


def test_the_phones_own_entries_replace_the_code_once_they_are_all_there(
    session: Session, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock
) -> None:
    entries = [pocket.choose(1, "a"), pocket.choose(2, "b"), pocket.choose(2, None), pocket.finish()]
    clock.forward(minutes=2)
    type_in(pocket.code)
    assert counted(session) == {1: "a"}
    pocket.phone.send(*entries[:2])
    assert counted(session) == {1: "a"}
    answer = pocket.phone.send(*entries[2:])
    assert (answer["ack"], answer["end_reason"]) == (4, "diserahkan")
    assert counted(session) == {1: "a"}
    assert type_in(pocket.code).again


def test_a_wrong_group_is_named_and_a_strangers_code_is_refused(
    pocket: Pocket, type_in: Callable[..., Taken], clock: Clock
) -> None:
    pocket.choose(1, "a")
    pocket.finish()
    clock.forward(minutes=2)
    groups = pocket.code.split()
    with pytest.raises(WrongGroups) as wrong:
        type_in(" ".join([groups[0], groups[1][::-1], *groups[2:]]))
    assert wrong.value.numbers == [2]
    pocket.phone.secret = "rahasia orang lain"
    with pytest.raises(NotOurs):
        type_in(pocket.code)


def test_chosen_from_one_persons_line_only_that_attempt_is_tried(
    app: Flask, session: Session, hall: Hall, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock
) -> None:
    bayu = sat_down(app, hall, BAYU, device="hp-bayu-0001")
    pocket.choose(1, "a")
    pocket.finish()
    clock.forward(minutes=2)
    with pytest.raises(NotOurs):
        type_in(pocket.code, attempt_id=uuid.UUID(bayu.attempt))
    assert type_in(pocket.code, attempt_id=uuid.UUID(pocket.phone.attempt)).person.name == NILA


def test_after_closing_a_code_counts_if_its_minute_was_in_time(
    session: Session, hall: Hall, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock
) -> None:
    pocket.choose(1, "a")
    pocket.finish(t=4 * 60_000)
    hall.close(clock.forward(minutes=5))
    clock.forward(hours=2)
    assert type_in(pocket.code).late
    assert counted(session) == {1: "a"}


def test_a_code_of_a_later_minute_is_refused_with_both_minutes(
    session: Session, hall: Hall, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock
) -> None:
    pocket.choose(1, "a")
    pocket.finish(t=8 * 60_000)
    hall.close(clock.forward(minutes=5))
    clock.forward(hours=2)
    with pytest.raises(TooLate) as late:
        type_in(pocket.code)
    assert (late.value.minute, late.value.limit) == (8, 5)
    session.rollback()
    assert look(session, select(HandedCode)) == []


def test_after_sealing_neither_code_nor_picture_is_taken(
    session: Session,
    hall: Hall,
    pocket: Pocket,
    type_in: Callable[..., Taken],
    scan: Callable[[str], Taken],
    clock: Clock,
) -> None:
    pocket.choose(1, "a")
    pocket.finish()
    hall.close(clock.forward(minutes=5))
    hall.seal(clock())
    with pytest.raises(AttemptSealed):
        type_in(pocket.code)
    with pytest.raises(AttemptSealed):
        scan(pocket.picture())
    assert counted(session) == {}


def test_a_picture_brings_the_entries_themselves(
    session: Session, pocket: Pocket, scan: Callable[[str], Taken], clock: Clock
) -> None:
    entries = [pocket.choose(1, "a"), pocket.choose(2, "b"), pocket.finish()]
    clock.forward(minutes=2)
    taken = scan(pocket.picture())
    assert (taken.n_new, taken.n_answered, taken.handed_in, taken.again) == (3, 2, True, False)
    assert {row.via for row in look(session, select(ResponseEvent))} == {"qr"}
    assert scan(pocket.picture()).again
    assert pocket.phone.send(*entries)["ack"] == 3
    assert len(look(session, select(ResponseEvent))) == 3
    assert [e.action for e in look(session, select(AuditEvent))].count("serah.qr") == 1


def test_a_picture_goes_on_where_the_network_stopped(
    session: Session, pocket: Pocket, scan: Callable[[str], Taken], clock: Clock
) -> None:
    pocket.phone.send(pocket.choose(1, "a"))
    pocket.choose(2, "b")
    pocket.finish()
    clock.forward(minutes=2)
    assert scan(pocket.picture()).n_new == 2
    assert counted(session) == {1: "a", 2: "b"}


def test_what_a_picture_brought_is_not_unsent_any_more(
    session: Session, pocket: Pocket, scan: Callable[[str], Taken], clock: Clock
) -> None:
    entries = [pocket.choose(1, "a"), pocket.choose(2, "b"), pocket.finish()]
    clock.forward(minutes=2)
    scan(pocket.picture())
    keys = {"attempt": pocket.phone.attempt, "secret": pocket.phone.secret, "device": pocket.phone.device}
    pocket.phone.said("/t/jurnal", **keys, events=entries[:1], left=2)
    assert look(session, select(Attempt.unsent)) == [0]


def test_what_later_parts_of_a_picture_will_bring_is_still_unsent(
    session: Session, pocket: Pocket, scan: Callable[[str], Taken]
) -> None:
    entries = [pocket.choose(n % 4 + 1, "a") for n in range(5)]
    phone = pocket.phone
    phone.said(
        "/t/jurnal",
        attempt=phone.attempt,
        secret=phone.secret,
        device=phone.device,
        events=entries[:1],
        left=4,
    )
    scan(pocket.picture(1, 3, (1, 2)))
    assert look(session, select(Attempt.unsent)) == [2]


def test_a_picture_with_an_answer_that_cannot_be_leaves_no_act_of_taking_it(
    session: Session, pocket: Pocket, scan: Callable[[str], Taken]
) -> None:
    pocket.choose(1, "zzz")
    with pytest.raises(InvalidEvent):
        scan(pocket.picture())
    assert look(session, select(ResponseEvent)) == []
    assert look(session, select(AuditEvent).where(AuditEvent.action == "serah.qr")) == []


def test_a_part_before_its_turn_is_refused_with_the_part_that_is_missing(
    session: Session, pocket: Pocket, scan: Callable[[str], Taken], clock: Clock
) -> None:
    for n in range(1, 5):
        pocket.choose(n, "a")
    pocket.finish()
    clock.forward(minutes=2)
    with pytest.raises(EarlierPartMissing) as missing:
        scan(pocket.picture(4, 99, part=(2, 2)))
    assert (missing.value.number, missing.value.expected) == (2, 1)
    assert not scan(pocket.picture(1, 3, part=(1, 2))).handed_in
    assert scan(pocket.picture(4, 99, part=(2, 2))).handed_in
    assert len(counted(session)) == 4


@pytest.mark.parametrize(
    "text", ["KQ1", "KQ1" + "0" * 16 + "[]", "KQ1" + "0" * 16 + "[" * 3000, "KQ1" + "9" * 3000]
)
def test_what_is_no_picture_of_ours_is_refused(scan: Callable[[str], Taken], text: str) -> None:
    with pytest.raises(NotOurs):
        scan(text)


def test_the_page_takes_a_code_a_picture_and_names_a_wrong_group(
    pocket: Pocket, hall: Hall, clock: Clock, sign_in: Callable[..., Any]
) -> None:
    pocket.choose(1, "a")
    pocket.finish()
    hall.close(clock.forward(minutes=3))
    trainer = sign_in(Role.TRAINER)
    page = trainer.get(f"/sesi/{hall.sitting_id}/serah")
    wrong = trainer.submit(page, "#serah", status=422, isi="ABCDEF " + pocket.code[7:])
    assert "Kelompok 1 tidak cocok" in wrong.text
    done = trainer.submit(wrong, "#serah", isi=pocket.code)
    assert NILA in done.text
    assert "1 dari 25 soal terjawab" in done.text
    again = trainer.submit(page, "#serah", isi=pocket.picture())
    assert "Tes sudah ditutup" in again.text
    assert "Ketik kode dari HP" in trainer.submit(page, "#serah", status=422, isi=" ").text


def test_scoring_sees_a_code_that_came_after_closing(
    app: Flask, session: Session, hall: Hall, pocket: Pocket, clock: Clock, sign_in: Callable[..., Any]
) -> None:
    from kapuas_quiz.delivery.signals import attempt_changed

    heard: list[uuid.UUID] = []

    def hear(_sender: object, attempt_id: uuid.UUID) -> None:
        heard.append(attempt_id)

    pocket.choose(1, "a")
    pocket.finish()
    hall.close(clock.forward(minutes=3))
    trainer = sign_in(Role.TRAINER)
    with attempt_changed.connected_to(hear):
        for _ in range(2):
            trainer.submit(trainer.get(f"/sesi/{hall.sitting_id}/serah"), "#serah", isi=pocket.code)
    assert heard == [uuid.UUID(pocket.phone.attempt)]


def test_a_replaced_phones_code_counts_up_to_its_replacement(
    app: Flask, session: Session, hall: Hall, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock
) -> None:
    pocket.choose(1, "a")
    pocket.choose(2, "b")
    pocket.finish(t=2 * 60_000)
    clock.forward(minutes=4)
    newer = Handset(app, NILA, device="hp-nila-0002")
    newer.join(hall.pin, takeover=True)
    newer.start()
    newer.choose(2, "c", t=5 * 60_000)
    clock.forward(minutes=4)
    assert not type_in(pocket.code).again
    assert counted(session) == {1: "a", 2: "c"}
    assert look(session, select(Attempt))[0].end_reason == ""


def test_the_board_counts_a_code_that_carried_everything_as_confirmed(
    hall: Hall, pocket: Pocket, type_in: Callable[..., Taken], clock: Clock, sign_in: Callable[..., Any]
) -> None:
    pocket.choose(1, "a")
    pocket.finish()
    clock.forward(minutes=2)
    type_in(pocket.code)
    page = sign_in(Role.TRAINER).get(f"/sesi/{hall.sitting_id}/papan")
    assert [int(number.text) for number in page.select(".counts dd")] == [1, 1, 1]
    assert page.select_one(f"a[href='/sesi/{hall.sitting_id}/serah']") is not None


def test_from_a_persons_page_the_code_is_tried_for_that_person_only(
    app: Flask, hall: Hall, pocket: Pocket, clock: Clock, sign_in: Callable[..., Any]
) -> None:
    bayu = sat_down(app, hall, BAYU, device="hp-bayu-0001")
    pocket.choose(1, "a")
    pocket.finish()
    clock.forward(minutes=2)
    trainer = sign_in(Role.TRAINER)
    person = trainer.get(f"/sesi/{hall.sitting_id}/orang/{bayu.attempt}")
    link = person.select_one("a[href*='/serah?orang=']")
    assert link is not None
    page = trainer.get(str(link["href"]))
    assert "Kode dicocokkan dengan satu orang saja" in page.text
    refused = trainer.submit(page, "#serah", status=422, isi=pocket.code)
    assert "Kode ini bukan dari HP orang yang dipilih" in refused.text


def test_scanning_a_phone_is_no_news_to_it_so_its_code_stays_on_the_board(
    session: Session,
    hall: Hall,
    pocket: Pocket,
    scan: Callable[[str], Taken],
    clock: Clock,
    sign_in: Callable[..., PageClient],
) -> None:
    trainer = sign_in(Role.TRAINER)
    pocket.choose(1, "a")
    clock.forward(minutes=19)
    act_on(trainer, hall, pocket.phone, "waktu", minutes=10)
    assert "Bacakan kode waktu" in trainer.get(f"/sesi/{hall.sitting_id}/papan").text
    clock.forward(minutes=1)
    scan(pocket.picture())
    assert counted(session) == {1: "a"}
    assert "Bacakan kode waktu" in trainer.get(f"/sesi/{hall.sitting_id}/papan").text
