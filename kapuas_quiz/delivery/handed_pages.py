"""The committee's page for answers that did not come over the network: scanned, uploaded or typed."""

from __future__ import annotations

import uuid

from flask import render_template

from kapuas_quiz.core.handed_picture import PREFIX
from kapuas_quiz.delivery.handed import Taken, take_picture
from kapuas_quiz.delivery.handed_codes import take_code
from kapuas_quiz.delivery.handed_web_forms import HandedForm
from kapuas_quiz.delivery.handed_words import told
from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.refusals import Refusal
from kapuas_quiz.delivery.room import sitting_view
from kapuas_quiz.delivery.signals import attempt_changed
from kapuas_quiz.delivery.views import HALL_STAFF, bp, sender
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, secrets, session


@bp.get("/sesi/<uuid:sitting_id>/serah")
@allow(*HALL_STAFF)
def handed(sitting_id: uuid.UUID) -> str:
    """Offer camera, photo and text box; ?orang=... tries one attempt only."""
    return _page(sitting_id, HandedForm.of_query())


@bp.post("/sesi/<uuid:sitting_id>/serah")
@allow(*HALL_STAFF)
def take_handed(sitting_id: uuid.UUID) -> str | tuple[str, int]:
    """Take in a code or a picture's text, and say what became of it.

    :status 422: when nothing was taken in.
    """
    form = HandedForm()
    taken, words = _take(sitting_id, form)
    return _page(sitting_id, form, taken, words), 200 if taken else 422


@bp.post("/sesi/<uuid:sitting_id>/serah/isi")
@allow(*HALL_STAFF)
def take_scanned(sitting_id: uuid.UUID) -> tuple[str, int]:
    """Do the same for the page's script, which shows the answer among those before.

    :status 422: when nothing was taken in.
    """
    taken, words = _take(sitting_id, HandedForm())
    return render_template("delivery/handed_result.html", taken=taken, words=words), 200 if taken else 422


def _take(sitting_id: uuid.UUID, form: HandedForm) -> tuple[Taken | None, str]:
    text = (form.isi.data or "").strip() if form.validate_on_submit() else ""
    try:
        taken = _picture(text) if text.startswith(PREFIX) else _code(sitting_id, text, form)
    except Refusal as refusal:
        session().rollback()
        return None, told(refusal)
    if taken.late and not taken.again:
        attempt_changed.send(sender(), attempt_id=taken.attempt_id)
    return taken, ""


def _picture(text: str) -> Taken:
    return take_picture(
        session(),
        text=text,
        key=secrets().attempt,
        receipt_key=secrets().derive(RECEIPTS),
        actor=actor(),
        now=now(),
    )


def _code(sitting_id: uuid.UUID, text: str, form: HandedForm) -> Taken:
    return take_code(
        session(),
        sitting_id=sitting_id,
        attempt_id=form.only,
        text=text,
        key=secrets().attempt,
        actor=actor(),
        now=now(),
    )


def _page(sitting_id: uuid.UUID, form: HandedForm, taken: Taken | None = None, words: str = "") -> str:
    if taken:
        form.isi.data = ""
    return render_template(
        "delivery/handed.html",
        sitting=sitting_view(session(), sitting_id),
        form=form,
        taken=taken,
        words=words,
    )
