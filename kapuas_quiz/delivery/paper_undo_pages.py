"""A sheet was typed for the wrong person: what taking it back does, and doing it."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from kapuas_quiz.delivery.paper_pages import Page, kept
from kapuas_quiz.delivery.paper_typed import typed_sheet
from kapuas_quiz.delivery.paper_undoing import take_back_sheet
from kapuas_quiz.delivery.paper_web_forms import UndoForm
from kapuas_quiz.delivery.paper_words import paper_advice
from kapuas_quiz.delivery.refusals import Refusal
from kapuas_quiz.delivery.signals import attempt_changed, room_changed
from kapuas_quiz.delivery.views import HALL_STAFF, bp, sender
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session


@bp.get("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/batal")
@allow(*HALL_STAFF)
def paper_before_undoing(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Say what taking a sheet back does.

    :status 404: when no sheet was typed.
    """
    return _page(sitting_id, enrolment_id, UndoForm())


@bp.post("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/batal")
@allow(*HALL_STAFF)
def paper_undo(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Take a sheet back.

    :status 404: when no sheet was typed. :status 422: when the reason is missing.
    :status 409: when the room is sealed.
    """
    form = UndoForm()
    if not form.validate_on_submit():
        return _page(sitting_id, enrolment_id, form), 422
    try:
        sheet = take_back_sheet(
            session(),
            sitting_id=sitting_id,
            enrolment_id=enrolment_id,
            reason=form.alasan.data or "",
            actor=actor(),
            now=now(),
        )
    except Refusal as refusal:
        session().rollback()
        return _page(sitting_id, enrolment_id, form, paper_advice(refusal)), 409
    attempt_changed.send(sender(), attempt_id=sheet.facts.id)
    room_changed.send(sender(), sitting_id=sheet.facts.sitting_id)
    flash(_("Lembar dibatalkan untuk %(nama)s. Cari pemiliknya, lalu ketik lagi.", nama=sheet.person.name))
    return redirect(url_for(".paper_desk", sitting_id=sitting_id, **kept()))


def _page(sitting_id: uuid.UUID, enrolment_id: uuid.UUID, form: UndoForm, words: str = "") -> str:
    sheet = typed_sheet(session(), sitting_id=sitting_id, enrolment_id=enrolment_id)
    values = {"sitting_id": sitting_id, "sheet": sheet, "form": form, "advice": words, "kept": kept()}
    return render_template("delivery/paper_undo.html", **values)
