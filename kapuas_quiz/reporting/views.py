"""Pages of this room: gaps, gains, people, items."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.core.gaps import MIN_ITEMS, MIN_PERSONS
from kapuas_quiz.core.roles import Role
from kapuas_quiz.reporting.fault_reports import report_by_trainer
from kapuas_quiz.reporting.gains import gain_report
from kapuas_quiz.reporting.gaps import gap_report
from kapuas_quiz.reporting.items import item_report
from kapuas_quiz.reporting.opening import ItemNotHereError, OpenedItem, open_item_early, released_item
from kapuas_quiz.reporting.people import people_report, person_report
from kapuas_quiz.reporting.service import NothingPlannedError
from kapuas_quiz.reporting.web_forms import FaultReportForm, OpenItemForm
from kapuas_quiz.trainings.service import UnknownEnrolmentError, UnknownTrainingError, training_view
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

bp = Blueprint("reporting", __name__)

READERS = (Role.OPERATOR, Role.TRAINER, Role.CERTIFIER)
TEACHERS = (Role.OPERATOR, Role.TRAINER)
Page = str | Response


def report_page(view: Callable[..., Page]) -> Callable[..., Page]:
    """Answer 404 for what does not exist, and say what to do first where nothing is planned."""

    @functools.wraps(view)
    def answer(training_id: uuid.UUID, **values: object) -> Page:
        try:
            return view(training_id, **values)
        except (UnknownTrainingError, UnknownEnrolmentError, ItemNotHereError):
            abort(404)
        except NothingPlannedError:
            return render_template("reporting/unplanned.html", training_id=training_id)

    return answer


@bp.get("/kegiatan/<uuid:training_id>/materi")
@allow(*READERS)
@report_page
def gaps(training_id: uuid.UUID) -> Page:
    """Show which material needs strengthening.

    :raise 404: if there is no such training
    """
    report = gap_report(session(), training_id=training_id, kind=_kind(), now=now())
    return render_template("reporting/gaps.html", report=report, min_persons=MIN_PERSONS)


@bp.get("/kegiatan/<uuid:training_id>/peningkatan")
@allow(*READERS)
@report_page
def gains(training_id: uuid.UUID) -> Page:
    """Show what the training changed.

    :raise 404: if there is no such training
    """
    report = gain_report(session(), training_id=training_id, now=now())
    return render_template("reporting/gains.html", report=report)


@bp.get("/kegiatan/<uuid:training_id>/hasil")
@allow(*READERS)
@report_page
def people(training_id: uuid.UUID) -> Page:
    """List everybody's results, or those of one kecamatan (`?kecamatan=code`).

    :raise 404: if there is no such training
    """
    kecamatan = request.args.get("kecamatan", "")
    report = people_report(session(), training_id=training_id, now=now(), kecamatan=kecamatan)
    return render_template("reporting/people.html", report=report)


@bp.get("/kegiatan/<uuid:training_id>/hasil/<uuid:enrolment_id>")
@allow(*READERS)
@report_page
def person(training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Show one person's tests.

    :raise 404: if the person does not take part in this training
    """
    report = person_report(session(), training_id=training_id, enrolment_id=enrolment_id, now=now())
    return render_template("reporting/person.html", report=report, min_items=MIN_ITEMS)


@bp.get("/kegiatan/<uuid:training_id>/butir")
@allow(*TEACHERS)
@report_page
def items(training_id: uuid.UUID) -> Page:
    """List the items of a test, worst answered first, without their text.

    :raise 404: if there is no such training
    """
    report = item_report(session(), training_id=training_id, kind=_kind(), now=now())
    return render_template("reporting/items.html", report=report)


@bp.get("/kegiatan/<uuid:training_id>/butir/<item_id>")
@allow(*TEACHERS)
@report_page
def item(training_id: uuid.UUID, item_id: str) -> Page:
    """Show a released item, or ask why it should be opened early.

    :raise 404: if no form of this training holds it
    """
    opened = released_item(session(), training_id=training_id, item_id=item_id, now=now())
    if opened is None:
        return _shut(training_id, OpenItemForm())
    return _shown(opened, early=False)


@bp.post("/kegiatan/<uuid:training_id>/butir/<item_id>")
@allow(*TEACHERS)
@report_page
def open_item(training_id: uuid.UUID, item_id: str) -> Page:
    """Show an item that is not released yet, on the record.

    :raise 404: if no form of this training holds it
    """
    form = OpenItemForm()
    if not form.validate_on_submit():
        return _shut(training_id, form)
    opened = open_item_early(
        session(),
        training_id=training_id,
        item_id=item_id,
        reason=form.reason.data or "",
        actor=actor(),
        now=now(),
    )
    return _shown(opened, early=True)


@bp.post("/kegiatan/<uuid:training_id>/butir/<item_id>/keliru")
@allow(*TEACHERS)
@report_page
def report_item(training_id: uuid.UUID, item_id: str) -> Page:
    """Keep what a trainer finds wrong with an item.

    :raise 404: if no form of this training holds it
    """
    form = FaultReportForm()
    if not form.validate_on_submit():
        flash(str(form.text.errors[0]))
    elif report_by_trainer(
        session(),
        training_id=training_id,
        item_id=item_id,
        text=form.text.data or "",
        actor=actor(),
        now=now(),
    ):
        flash(_("Laporan Anda tentang %(soal)s masuk antrean penelaah.", soal=item_id))
    else:
        flash(_("Laporan Anda yang terdahulu tentang %(soal)s masih menunggu jawaban.", soal=item_id))
    return redirect(url_for("reporting.items", training_id=training_id), 303)


def _shown(opened: OpenedItem, *, early: bool) -> str:
    form = FaultReportForm(formdata=None)
    return render_template("reporting/item.html", item=opened, early=early, form=form)


def _shut(training_id: uuid.UUID, form: OpenItemForm) -> str:
    training = training_view(session(), training_id)
    return render_template("reporting/item_shut.html", training=training, form=form)


def _kind() -> str:
    return "post" if request.args.get("tes") == "post" else "pre"
