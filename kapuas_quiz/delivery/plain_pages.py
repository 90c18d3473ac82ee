"""The test without scripts: a page to get in, one form with all questions, a page at the end."""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Callable, Collection
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.core.items.answers import answer_from
from kapuas_quiz.delivery.attempts import attempt_secret, may_write
from kapuas_quiz.delivery.entrance import ATTEMPT_IDS, join, start
from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.phone_api import brake
from kapuas_quiz.delivery.plain import (
    PlainSheet,
    live_plain_device,
    plain_device,
    plain_sheet,
    save_answers,
)
from kapuas_quiz.delivery.receipts import receipt_of
from kapuas_quiz.delivery.refusals import OtherDevice, Refusal, UnknownBadge
from kapuas_quiz.delivery.signals import attempt_changed
from kapuas_quiz.delivery.standing import Standing, standing_by_badge
from kapuas_quiz.delivery.views import bp, sender
from kapuas_quiz.delivery.words import advice, assessment_title
from kapuas_quiz.extensions import csrf
from kapuas_quiz.web.access import public
from kapuas_quiz.web.context import now, secrets, session

TRAINEE = "the badge token or the attempt's secret stands in the form"
QUESTION = re.compile(r"q-([1-9][0-9]{0,2})(?:\.|$)", re.ASCII)
Page = str | tuple[str, int] | Response


def plain_request(view: Callable[..., Page]) -> Callable[..., Page]:
    """Make a view the plain page's: no cookie, so no CSRF token; the secret is checked before it runs."""

    @functools.wraps(view)
    def answer() -> Page:
        attempt_id = _uuid(request.form.get("attempt", ""))
        _check(attempt_id, request.form.get("secret", ""))
        try:
            return view(attempt_id)
        except Refusal as refusal:
            return _sheet(attempt_id, refusal=refusal)

    return csrf.exempt(public(TRAINEE)(answer))


def plain_door(token: str, refusal: Refusal | None = None) -> Page:
    """Show what the bearer of a badge can do now: wait, or type the PIN, with why it was refused before."""
    try:
        standing = standing_by_badge(session(), token=token, now=now())
    except UnknownBadge:
        return render_template("delivery/plain_wait.html", **_waiting("tidak-dikenal")), 404
    if standing.status == "siap" or (standing.attempt and standing.attempt.ending is None):
        return _pin_page(standing, token, refusal)
    if standing.attempt:
        return _done_page(standing)
    return render_template("delivery/plain_wait.html", **_waiting(standing.status, standing))


@bp.post("/polos/gabung")
@csrf.exempt
@public(TRAINEE)
def plain_join() -> Page:
    """Let a badge in by the PIN, and lead to the questions."""
    token = request.form.get("token", "")
    pin, takeover = request.form.get("pin", "").strip(), "takeover" in request.form
    device = plain_device(session(), token=token)
    try:
        _person, attempt_id = join(
            session(),
            token=token,
            pin=pin,
            device=device,
            takeover=takeover,
            brake=brake,
            id_key=secrets().derive(ATTEMPT_IDS),
            now=now(),
        )
    except Refusal as refusal:
        session().rollback()
        return plain_door(token, refusal)
    return _to_sheet(attempt_id)


@bp.post("/polos/mulai")
@plain_request
def plain_start(attempt_id: uuid.UUID) -> Page:
    """Start the clock."""
    start(session(), attempt_id=attempt_id, device=live_plain_device(session(), attempt_id), now=now())
    return _to_sheet(attempt_id)


@bp.post("/polos/simpan")
@plain_request
def plain_save(attempt_id: uuid.UUID) -> Page:
    """Store the answers; then show them again, or ask whether to hand in.

    The form's "di" tells after which question the button stands; the page opens there again.

    :status 409: when the page was older than answers that are stored; these stay.
    """
    kept = _save(attempt_id, hand_in=False)
    if kept:
        return _sheet(attempt_id, kept=kept)
    if "serah" in request.form:
        sheet = plain_sheet(session(), attempt_id=attempt_id, now=now())
        return render_template("delivery/plain_confirm.html", sheet=sheet, **_keys(attempt_id))
    place = request.form.get("di", 0, type=int)
    anchor = f"setelah-{place}" if place else None
    return redirect(url_for(".plain_items", **_keys(attempt_id), tersimpan=place, _anchor=anchor))


@bp.post("/polos/serah")
@plain_request
def plain_finish(attempt_id: uuid.UUID) -> Page:
    """Hand in."""
    _save(attempt_id, hand_in=True)
    return _to_sheet(attempt_id)


@bp.get("/polos/<uuid:attempt>/<secret>")
@public(TRAINEE)
def plain_items(attempt: uuid.UUID, secret: str) -> Page:
    """Show the questions of an attempt, or where it stands.

    :raise 404: if the secret is not that of the attempt.
    """
    _check(attempt, secret)
    return _sheet(attempt)


def _sheet(attempt_id: uuid.UUID, refusal: Refusal | None = None, kept: Collection[int] = ()) -> Page:
    session().rollback()
    sheet = plain_sheet(session(), attempt_id=attempt_id, now=now())
    standing = sheet.standing
    if standing.status == "ruang-tunggu":
        waiting = _waiting(standing.status, standing)
        return render_template("delivery/plain_wait.html", **(waiting | _keys(attempt_id)))
    if standing.status == "mengerjakan":
        status, words = advice(refusal) if refusal else _kept_words(sheet, kept)
        return _items_page(sheet, attempt_id, words), status
    return _done_page(standing, sheet.uncounted)


def _kept_words(sheet: PlainSheet, kept: Collection[int]) -> tuple[int, str]:
    if not kept:
        return 200, ""
    numbers = ", ".join(str(number) for number, item in enumerate(sheet.items, 1) if item["n"] in kept)
    return 409, _(
        "Jawaban nomor %(nomor)s tidak diganti: halaman yang dikirim lebih lama daripada jawaban yang "
        "tersimpan. Periksa jawaban di bawah ini, lalu ubah jika perlu.",
        nomor=numbers,
    )


def _items_page(sheet: PlainSheet, attempt_id: uuid.UUID, words: str) -> str:
    attempt = sheet.standing.attempt
    return render_template(
        "delivery/plain_items.html",
        title=assessment_title(sheet.standing.assessment),
        items=sheet.items,
        unread=sheet.unread,
        base=sheet.base,
        minutes_left=(attempt.remaining_ms or 0) // 60_000 if attempt else 0,
        deadline=sheet.deadline,
        n_answered=attempt.n_answered if attempt else 0,
        saved="tersimpan" in request.args,
        place=request.args.get("tersimpan", 0, type=int),
        verified=sheet.standing.verified,
        saran=words,
        **_keys(attempt_id),
    )


def _pin_page(standing: Standing, token: str, refusal: Refusal | None) -> Page:
    status, words = advice(refusal) if refusal else (200, "")
    page = render_template(
        "delivery/plain_pin.html",
        token=token,
        person=standing.person,
        assessment=standing.assessment,
        minutes=standing.minutes,
        saran=words,
        taken=standing.attempt if isinstance(refusal, OtherDevice) else None,
    )
    return page, status


def _done_page(standing: Standing, uncounted: int = 0) -> str:
    attempt = standing.attempt
    ending = attempt.ending if attempt else None
    return render_template(
        "delivery/plain_done.html",
        person=standing.person,
        n_answered=attempt.n_answered if attempt else 0,
        n_items=attempt.n_items if attempt else 0,
        end_reason=ending.reason if ending else "",
        ended=ending.at if ending else None,
        closed=standing.closed,
        uncounted=uncounted,
        bukti=receipt_of(session(), attempt.id) if attempt else "",
    )


def _waiting(status: str, standing: Standing | None = None) -> dict[str, Any]:
    attempt = standing.attempt if standing else None
    return {
        "status": status,
        "person": standing.person if standing else None,
        "can_start": bool(attempt and attempt.can_start),
        "attempt": None,
        "secret": None,
        "here": request.full_path if request.method == "GET" else request.path,
    }


def _save(attempt_id: uuid.UUID, *, hand_in: bool) -> tuple[int, ...]:
    shown = {int(found[1]) for name in request.form if (found := QUESTION.match(name))}
    chosen = {n: answer_from(request.form, f"q-{n}") for n in sorted(shown)}
    base = request.form.get("dari", 0, type=int)
    done = save_answers(
        session(),
        attempt_id=attempt_id,
        base=base,
        answers=chosen,
        hand_in=hand_in,
        receipt_key=secrets().derive(RECEIPTS),
        now=now(),
    )
    if done.late:
        attempt_changed.send(sender(), attempt_id=attempt_id)
    return done.kept


def _keys(attempt_id: uuid.UUID) -> dict[str, Any]:
    return {"attempt": attempt_id, "secret": attempt_secret(secrets().attempt, attempt_id)}


def _to_sheet(attempt_id: uuid.UUID) -> Response:
    return redirect(url_for(".plain_items", **_keys(attempt_id)))


def _check(attempt_id: uuid.UUID, secret: str) -> None:
    if not may_write(secrets().attempt, attempt_id, secret):
        abort(404)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        abort(404)
