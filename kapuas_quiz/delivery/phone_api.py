"""The phone's four requests: JSON in, JSON out, no cookie."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, request
from pydantic import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from kapuas_quiz.core.attempt import Ending
from kapuas_quiz.core.brake import Brake
from kapuas_quiz.core.journal import Answer
from kapuas_quiz.delivery.attempts import attempt_secret, may_write
from kapuas_quiz.delivery.commits import commits_of
from kapuas_quiz.delivery.copies import copied_up_to
from kapuas_quiz.delivery.entrance import ATTEMPT_IDS, Begun, enter, start
from kapuas_quiz.delivery.journal import RECEIPTS, Acknowledgement, Batch, record_batch
from kapuas_quiz.delivery.messages import (
    AttemptMessage,
    JoinMessage,
    JournalMessage,
    Message,
    StandingMessage,
)
from kapuas_quiz.delivery.news import ADDRESS, FOLDER, news_address, news_file, tell
from kapuas_quiz.delivery.refusals import (
    LaptopReplaced,
    NoSuchAttempt,
    NotJson,
    Refusal,
    TooLarge,
    UnknownBadge,
    Unreadable,
)
from kapuas_quiz.delivery.returning import Claim, let_back
from kapuas_quiz.delivery.signals import attempt_changed, room_changed
from kapuas_quiz.delivery.standing import Standing, standing_by_badge
from kapuas_quiz.delivery.views import bp, sender
from kapuas_quiz.delivery.words import advice, assessment_title
from kapuas_quiz.extensions import csrf, db, limiter
from kapuas_quiz.web.access import public
from kapuas_quiz.web.context import now, secrets, session, settings
from kapuas_quiz.web.filters import pukul

LARGEST_BODY = 64 * 1024
PHONE = "a phone shows its badge token or its attempt's secret in the body"
Body = TypeVar("Body", bound=Message)
brake = Brake()


Handler = Callable[[bytes], str]


def tell_standing(raw: bytes) -> str:
    """Say who the badge belongs to and what is going on."""
    body = _read(StandingMessage, raw)
    try:
        standing = standing_by_badge(session(), token=body.token, now=now())
    except UnknownBadge:
        return _json({"status": UnknownBadge.code})
    return _json(shown(standing))


def let_in(raw: bytes) -> str:
    """Let a badge into the sitting with the PIN."""
    body = _read(JoinMessage, raw)
    said = body.model_dump(include={"token", "pin", "device", "takeover"})
    common: dict[str, Any] = {"id_key": secrets().derive(ATTEMPT_IDS), "now": now()}
    claim = _claim(body)
    standing, attempt_id = commits_of(db.engine).run_in_session(
        lambda own: let_back(own, claim, **common) if claim else enter(own, **said, **common, brake=brake)
    )
    return _json({**shown(standing), "secret": attempt_secret(secrets().attempt, attempt_id)})


def _claim(body: JoinMessage) -> Claim | None:
    """Return which attempt a phone has already; its secret proves that a laptop of ours let it in."""
    if body.attempt is None:
        return None
    if not may_write(secrets().attempt, body.attempt, body.secret):
        raise NoSuchAttempt
    return Claim(body.token, body.attempt, body.device, body.elapsed)


def hand_out(raw: bytes) -> str:
    """Hand out the questions; the first call starts the clock."""
    body = _read(AttemptMessage, raw)
    _check_secret(body)
    moment = now()
    return _begun(
        commits_of(db.engine).run_in_session(
            lambda own: start(own, attempt_id=body.attempt, device=body.device, now=moment)
        )
    )


def take_answers(raw: bytes) -> str:
    """Store what was chosen; an answer means that it is on disk."""
    body = _read(JournalMessage, raw)
    _check_secret(body)
    batch = Batch(
        body.attempt,
        body.device,
        [event.entry() for event in body.events],
        receipt_key=secrets().derive(RECEIPTS),
        now=now(),
        left=body.left,
        mark=_mark(),
    )
    done = record_batch(commits_of(db.engine), batch)
    if done.late:
        attempt_changed.send(sender(), attempt_id=body.attempt)
    return _json(_acknowledged(done))


HANDLERS: dict[str, Handler] = {
    "/t/keadaan": tell_standing,
    "/t/gabung": let_in,
    "/t/mulai": hand_out,
    "/t/jurnal": take_answers,
}


def refused(refusal: Refusal) -> Response:
    """Tell a phone why nothing was changed, in words for its owner."""
    status, words = advice(refusal)
    content = {"galat": refusal.code, "saran": words, "ack": refusal.ack, "wait_s": refusal.wait_s}
    if refusal.receipt:
        content["bukti"] = refusal.receipt
    return Response(_json(content), status, mimetype="application/json")


def _offer(address: str, name: str) -> None:
    """Declare a phone's request: no cookie, so no CSRF token; refusals answered as JSON."""

    def answer() -> Response:
        try:
            return Response(HANDLERS[address](_body()), mimetype="application/json")
        except Refusal as refusal:
            return refused(refusal)

    answer.__name__ = name
    bp.add_url_rule(address, name, limiter.exempt(csrf.exempt(public(PHONE)(answer))), methods=["POST"])


_offer("/t/keadaan", "phone_standing")
_offer("/t/gabung", "phone_join")
_offer("/t/mulai", "phone_start")
_offer("/t/jurnal", "phone_journal")


@bp.get(f"{ADDRESS}/<name>.txt")
@limiter.exempt
@public("a random word that changes when something is done to a room")
def room_news(name: str) -> Response:
    """Hand out a room's file where the web server does not do it by itself.

    :status 404: if there is no such room.
    """
    path = settings().data / FOLDER / f"{name}.txt"
    if not re.fullmatch("[0-9a-f]{32}", name) or not path.exists():
        abort(404)
    return Response(path.read_bytes(), mimetype="text/plain")


@room_changed.connect
def _tell_phones(app: Flask, *, sitting_id: uuid.UUID) -> None:
    tell(app.config["SETTINGS"].data, sitting_id)


def shown(standing: Standing) -> dict[str, Any]:
    """Return what a phone may know of where its owner stands."""
    person = standing.person
    content: dict[str, Any] = {
        "status": standing.status,
        "name": person.name,
        "position": person.position,
        "body": person.body,
        "place": person.place,
        "training": standing.training,
        "assessment": standing.assessment,
        "minutes": standing.minutes,
        "verified": standing.verified,
        "epoch": _epoch(),
        **({"closed": True} if standing.closed else {}),
    }
    if standing.attempt:
        content |= {**asdict(standing.attempt), **_ended(standing.attempt.ending)}
        content["attempt"] = str(content.pop("id"))
        for unused in ("ending", "started", "elapsed_ms", "remaining_ms"):
            del content[unused]
        content |= _room(content.pop("sitting_id"), content.pop("paused"), content.pop("grants"))
    return content


def _room(sitting_id: uuid.UUID, paused: bool, grants: int) -> dict[str, Any]:
    """Return what each answer to a phone that is in says of its room and its laptop."""
    news_file(settings().data, sitting_id)
    content = {"epoch": _epoch(), "news": news_address(sitting_id)}
    return content | ({"paused": True} if paused else {}) | ({"grants": grants} if grants else {})


def _epoch() -> int:
    return int(current_app.config.get("EPOCH", 1))


def _mark() -> int | None:
    """Return up to which row a spare laptop holds the journal, None without a spare."""
    if not settings().database_url.startswith("sqlite"):
        return None
    return copied_up_to(settings().data)


def _ended(ending: Ending | None) -> dict[str, Any]:
    return {"end_reason": ending.reason, "ended": pukul(ending.at)} if ending else {}


def _begun(begun: Begun) -> str:
    head = json.dumps(assessment_title(begun.assessment), ensure_ascii=False)
    rest = json.dumps(
        {
            "answers": {str(n): _answer(answer) for n, answer in begun.answers.items()},
            "ack": begun.ack,
            "elapsed_ms": begun.elapsed_ms,
            "remaining_ms": begun.remaining_ms,
            "status": "mengerjakan",
            **_room(begun.sitting_id, begun.paused, begun.grants),
        }
    )
    items = begun.sheet.items_json(begun.presentation, _fields)
    return f'{{"form":{{"title":{head},"items":{items}}},{rest[1:]}'


def _fields(shown: Mapping[str, Any], position: int) -> str:
    name = f"q-{position}"
    template = current_app.jinja_env.get_template(f"items/{shown['type']}.html")
    return template.render(item=shown, name=name, prefix=f"{name}.", chosen=None)


def _answer(answer: Answer) -> dict[str, Any]:
    return {"a": answer.answer, "r": answer.flagged}


def _acknowledged(done: Acknowledgement) -> dict[str, Any]:
    reason = done.ending.reason if done.ending else ""
    return {
        "ack": done.ack,
        "elapsed_ms": done.elapsed_ms,
        "remaining_ms": done.remaining_ms,
        "status": {"": "mengerjakan", "ditutup": "ditutup"}.get(reason, "selesai"),
        **_ended(done.ending),
        "closed": done.closed,
        "superseded": done.superseded,
        "n_answered": done.n_answered,
        **({} if done.safe is None else {"safe": done.safe}),
        **({"bukti": done.receipt} if done.receipt else {}),
        **_room(done.sitting_id, done.paused, done.grants),
    }


def _check_secret(body: AttemptMessage) -> None:
    if not may_write(secrets().attempt, body.attempt, body.secret):
        raise NoSuchAttempt


def _body() -> bytes:
    if request.mimetype != "application/json":
        raise NotJson
    request.max_content_length = LARGEST_BODY
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLarge from error


def _read(model: type[Body], raw: bytes) -> Body:
    try:
        body = model.model_validate_json(raw)
    except ValidationError as error:
        raise Unreadable from error
    if body.epoch > _epoch():
        raise LaptopReplaced
    return body


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
