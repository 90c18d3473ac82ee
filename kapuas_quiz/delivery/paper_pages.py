"""Paper in the hall: booklets to print, sheets to type, receipts to give back."""

from __future__ import annotations

import uuid
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import format_datetime, to_user_timezone
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kapuas_quiz.core.paper import Slot, Tally, read_sheet, tally
from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.paper_attempts import PaperSheet, Times
from kapuas_quiz.delivery.paper_entry import store_sheet
from kapuas_quiz.delivery.paper_forms import BOOKLETS, Booklet, NoSuchBooklet, booklet_of
from kapuas_quiz.delivery.paper_people import Desk, OnePerson, desk_of, find_people, one_person, typed_in
from kapuas_quiz.delivery.paper_refusals import PaperRefusal
from kapuas_quiz.delivery.paper_web_forms import SheetForm, TimesForm
from kapuas_quiz.delivery.paper_words import paper_advice
from kapuas_quiz.delivery.refusals import Refusal
from kapuas_quiz.delivery.signals import attempt_changed, room_changed
from kapuas_quiz.delivery.views import HALL_STAFF, bp, sender
from kapuas_quiz.trainings.service import UnknownEnrolmentError
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, secrets, session

KEPT = ("buku", "tanggal", "mulai", "selesai")
Page = str | tuple[str, int] | Response


@bp.errorhandler(NoSuchBooklet)
@bp.errorhandler(UnknownEnrolmentError)
def _no_such_paper(_error: Exception) -> Any:
    return current_app.handle_user_exception(NotFound())


@bp.get("/sesi/<uuid:sitting_id>/kertas")
@allow(*HALL_STAFF)
def paper_desk(sitting_id: uuid.UUID) -> Page:
    """Ask whose sheet is next; one hit leads to the keyboard page."""
    desk = desk_of(session(), sitting_id=sitting_id, now=now())
    form = TimesForm(MultiDict({**_suggested(desk), **request.args}), meta={"csrf": False})
    words = request.args.get("cari", "").strip()
    found = find_people(session(), training_id=desk.sitting.training_id, words=words, secret=secrets().badge)
    good = form.validate()
    if good and len(found) == 1:
        return redirect(url_for(".paper_type", sitting_id=sitting_id, enrolment_id=found[0].id, **kept()))
    typed = typed_in(session(), sitting_id=sitting_id)
    values = {"desk": desk, "form": form, "words": words, "found": found, "typed": typed, "kept": kept()}
    return render_template("delivery/paper_desk.html", **values), 200 if good else 422


@bp.get("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>")
@allow(*HALL_STAFF)
def paper_type(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Show the places of somebody's sheet."""
    desk = desk_of(session(), sitting_id=sitting_id, now=now())
    form = SheetForm(MultiDict({**_suggested(desk), **request.args}))
    return _typing_page(desk, enrolment_id, form, {}, (), "")


@bp.post("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>")
@allow(*HALL_STAFF)
def paper_store(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Store a sheet; its receipt is next.

    :status 422: when a place or a time cannot be read. :status 409: when the sheet may not be stored so.
    """
    desk, form = desk_of(session(), sitting_id=sitting_id, now=now()), SheetForm()
    booklet = booklet_of(session(), training_id=desk.sitting.training_id, name=request.values.get("buku", ""))
    texts = typed_places(booklet.slots)
    answers, faults = read_sheet(booklet.slots, texts)
    if faults or not form.validate_on_submit():
        return _typing_page(desk, enrolment_id, form, texts, faults, ""), 422
    try:
        done = store_sheet(
            session(),
            sitting_id=sitting_id,
            enrolment_id=enrolment_id,
            sheet=PaperSheet(booklet.name, Times(form.began, form.ended), answers),
            go_on=form.lanjut.data,
            receipt_key=secrets().derive(RECEIPTS),
            actor=actor(),
            now=now(),
        )
    except (PaperRefusal, Refusal) as refusal:
        session().rollback()
        return _typing_page(desk, enrolment_id, form, texts, (), paper_advice(refusal)), 409
    if done.late:
        attempt_changed.send(sender(), attempt_id=done.attempt_id)
    if done.from_phone:
        room_changed.send(sender(), sitting_id=done.sitting_id)
    if done.over:
        flash(
            _("Jam selesai pada lembar lewat dari batas waktu. Jawaban dihitung, ditandai waktu tidak pasti.")
        )
    return redirect(url_for(".paper_receipt", sitting_id=sitting_id, enrolment_id=enrolment_id, **kept()))


def _typing_page(
    desk: Desk,
    enrolment_id: uuid.UUID,
    form: SheetForm,
    texts: dict[str, str],
    faults: tuple[str, ...],
    words: str,
) -> str:
    one = one_person(session(), sitting_id=desk.sitting.id, enrolment_id=enrolment_id)
    booklet = booklet_of(session(), training_id=desk.sitting.training_id, name=_booklet_name(one))
    return render_template(
        "delivery/paper_type.html",
        desk=desk,
        one=one,
        form=form,
        booklets=BOOKLETS,
        kept=kept(),
        advice=words,
        **places(booklet, texts, faults),
    )


def places(booklet: Booklet, texts: dict[str, str], faults: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the template of the places needs."""
    counted: Tally = tally(booklet.slots, texts)
    return {"booklet": booklet, "slots": booklet.slots, "texts": texts, "faults": faults, "tally": counted}


def typed_places(slots: tuple[Slot, ...]) -> dict[str, str]:
    """Return what was typed into the places, by label."""
    return {slot.label: request.form.get(f"s-{slot.label}", "") for slot in slots}


def kept() -> dict[str, Any]:
    """Return what stays the same from one sheet to the next."""
    return {name: request.values[name] for name in KEPT if request.values.get(name)}


def _booklet_name(one: OnePerson) -> str:
    return request.values.get("buku") or f"{one.due or 'A'}1"


def _suggested(desk: Desk) -> dict[str, str]:
    return {
        "tanggal": to_user_timezone(desk.began).date().isoformat(),
        "mulai": format_datetime(desk.began, "HH.mm"),
        "selesai": format_datetime(desk.ended, "HH.mm"),
    }
