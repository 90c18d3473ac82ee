"""What is printed around a test on paper, and what is done to a sheet after it was typed."""

from __future__ import annotations

import uuid

from flask import Response as File
from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from kapuas_quiz.core.paper import read_sheet
from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.paper_forms import BOOKLETS, answer_sheet_pdf, booklet_pdf
from kapuas_quiz.delivery.paper_pages import Page, kept, places, typed_places
from kapuas_quiz.delivery.paper_refusals import NotTyped, PaperRefusal
from kapuas_quiz.delivery.paper_slips import slip_pdf
from kapuas_quiz.delivery.paper_typed import TypedSheet, compare_typing, correct_sheet, typed_sheet
from kapuas_quiz.delivery.paper_web_forms import CorrectionForm, TypedAgainForm
from kapuas_quiz.delivery.paper_words import paper_advice
from kapuas_quiz.delivery.refusals import Refusal
from kapuas_quiz.delivery.signals import attempt_changed
from kapuas_quiz.delivery.sittings import tests_of
from kapuas_quiz.delivery.views import HALL_STAFF, bp, sender
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, secrets, session, settings


@bp.errorhandler(NotTyped)
def _not_typed(refusal: NotTyped) -> Page:
    session().rollback()
    return render_template("delivery/paper_none.html", words=paper_advice(refusal)), 404


@bp.get("/kegiatan/<uuid:training_id>/tes/kertas")
@allow(*HALL_STAFF)
def paper_print(training_id: uuid.UUID) -> str:
    """List the booklets and answer sheets of a training."""
    tests = tests_of(session(), training_id)
    return render_template("delivery/paper_print.html", tests=tests, booklets=BOOKLETS)


@bp.get("/kegiatan/<uuid:training_id>/tes/<any(pre, post):kind>/kertas/soal-<name>.pdf")
@allow(*HALL_STAFF)
def paper_booklet_sheets(training_id: uuid.UUID, kind: str, name: str) -> File:
    """Return a booklet of questions.

    :raise 404: if there is no such training or booklet
    """
    pdf = booklet_pdf(
        session(), training_id=training_id, kind=kind, name=name, demo=settings().demo, now=now()
    )
    return _file(pdf, f"soal-{name}.pdf")


@bp.get("/kegiatan/<uuid:training_id>/tes/<any(pre, post):kind>/kertas/lembar-<name>.pdf")
@allow(*HALL_STAFF)
def paper_answer_sheet(training_id: uuid.UUID, kind: str, name: str) -> File:
    """Return an answer sheet.

    :raise 404: if there is no such training or booklet
    """
    pdf = answer_sheet_pdf(
        session(), training_id=training_id, kind=kind, name=name, demo=settings().demo, now=now()
    )
    return _file(pdf, f"lembar-{name}.pdf")


@bp.get("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/bukti")
@allow(*HALL_STAFF)
def paper_receipt(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Show what was stored, to be read back, and its receipt.

    :status 404: when no sheet was typed.
    """
    sheet = typed_sheet(session(), sitting_id=sitting_id, enrolment_id=enrolment_id)
    return render_template("delivery/paper_receipt.html", sitting_id=sitting_id, sheet=sheet, kept=kept())


@bp.get("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/bukti.pdf")
@allow(*HALL_STAFF)
def paper_slip_sheet(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> File:
    """Return the receipt as a slip of paper.

    :status 404: when no sheet was typed.
    """
    sheet = typed_sheet(session(), sitting_id=sitting_id, enrolment_id=enrolment_id)
    return _file(slip_pdf(session(), sheet=sheet, demo=settings().demo, now=now()), "bukti.pdf")


@bp.get("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/perbaiki")
@allow(*HALL_STAFF)
def paper_correct(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Show what was typed, to be corrected.

    :status 404: when no sheet was typed.
    """
    sheet = typed_sheet(session(), sitting_id=sitting_id, enrolment_id=enrolment_id)
    return _again("perbaiki", sitting_id, sheet, CorrectionForm(), dict(sheet.typed))


@bp.post("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/perbaiki")
@allow(*HALL_STAFF)
def paper_store_correction(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Store a correction.

    :status 404: when no sheet was typed. :status 422: when a place cannot be read or the reason is missing.
    :status 409: when the room is sealed.
    """
    sheet = typed_sheet(session(), sitting_id=sitting_id, enrolment_id=enrolment_id)
    form, texts = CorrectionForm(), typed_places(sheet.booklet.slots)
    answers, faults = read_sheet(sheet.booklet.slots, texts)
    if faults or not form.validate_on_submit():
        return _again("perbaiki", sitting_id, sheet, form, texts, faults), 422
    try:
        late = correct_sheet(
            session(),
            sitting_id=sitting_id,
            enrolment_id=enrolment_id,
            answers=answers,
            reason=form.alasan.data or "",
            receipt_key=secrets().derive(RECEIPTS),
            actor=actor(),
            now=now(),
        )
    except (PaperRefusal, Refusal) as refusal:
        session().rollback()
        return _again("perbaiki", sitting_id, sheet, form, texts, words=paper_advice(refusal)), 409
    if late:
        attempt_changed.send(sender(), attempt_id=sheet.facts.id)
    return _to_receipt(sitting_id, enrolment_id)


@bp.get("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/kedua")
@allow(*HALL_STAFF)
def paper_again(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Show empty places for a second typing.

    :status 404: when no sheet was typed.
    """
    sheet = typed_sheet(session(), sitting_id=sitting_id, enrolment_id=enrolment_id)
    return _again("kedua", sitting_id, sheet, TypedAgainForm(), {})


@bp.post("/sesi/<uuid:sitting_id>/kertas/<uuid:enrolment_id>/kedua")
@allow(*HALL_STAFF)
def paper_compare(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Compare a second typing with the first.

    :status 404: when no sheet was typed. :status 422: when a place cannot be read.
    :status 409: when the two differ, or the room is sealed.
    """
    sheet = typed_sheet(session(), sitting_id=sitting_id, enrolment_id=enrolment_id)
    texts = typed_places(sheet.booklet.slots)
    answers, faults = read_sheet(sheet.booklet.slots, texts)
    if faults:
        return _again("kedua", sitting_id, sheet, TypedAgainForm(), texts, faults), 422
    try:
        differing = compare_typing(
            session(),
            sitting_id=sitting_id,
            enrolment_id=enrolment_id,
            answers=answers,
            actor=actor(),
            now=now(),
        )
    except (PaperRefusal, Refusal) as refusal:
        session().rollback()
        return _again("kedua", sitting_id, sheet, TypedAgainForm(), texts, words=paper_advice(refusal)), 409
    if differing:
        return _again("kedua", sitting_id, sheet, TypedAgainForm(), texts, differing=differing), 409
    flash(_("Dua pengetikan sama."))
    return _to_receipt(sitting_id, enrolment_id)


def _again(
    mode: str,
    sitting_id: uuid.UUID,
    sheet: TypedSheet,
    form: CorrectionForm | TypedAgainForm,
    texts: dict[str, str],
    faults: tuple[str, ...] = (),
    *,
    differing: tuple[tuple[str, str, str], ...] = (),
    words: str = "",
) -> str:
    return render_template(
        "delivery/paper_again.html",
        mode=mode,
        sitting_id=sitting_id,
        sheet=sheet,
        form=form,
        differing=differing,
        advice=words,
        kept=kept(),
        **places(sheet.booklet, texts, faults),
    )


def _to_receipt(sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    return redirect(url_for(".paper_receipt", sitting_id=sitting_id, enrolment_id=enrolment_id, **kept()))


def _file(pdf: bytes, name: str) -> File:
    response = make_response(pdf)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
