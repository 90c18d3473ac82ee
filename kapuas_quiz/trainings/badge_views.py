"""Files to print: badges, attendance lists, and an example of a roster."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _

from kapuas_quiz.trainings.badges import NobodyError, attendance_pdf, badges_pdf
from kapuas_quiz.trainings.example import example_roster
from kapuas_quiz.trainings.views import TEACHERS, Page, training_page
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import now, secrets, session, settings

bp = Blueprint("badges", __name__, url_prefix="/kegiatan/<uuid:training_id>")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/kartu.pdf")
@allow(*TEACHERS)
@training_page
def all_badges(training_id: uuid.UUID) -> Page:
    """Return the badges of a training; `?kecamatan=` narrows them.

    :raise 404: if there is no such training
    """
    kecamatan = request.args.get("kecamatan", "")
    return _badges(training_id, None, kecamatan, "kartu-peserta.pdf")


@bp.get("/peserta/<uuid:enrolment_id>/kartu.pdf")
@allow(*TEACHERS)
@training_page
def one_badge(training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Return one badge.

    :raise 404: if nobody with this id takes part in this training
    """
    return _badges(training_id, enrolment_id, "", "kartu.pdf")


def _badges(training_id: uuid.UUID, enrolment_id: uuid.UUID | None, kecamatan: str, name: str) -> Page:
    try:
        pdf = badges_pdf(
            session(),
            training_id=training_id,
            enrolment_id=enrolment_id,
            kecamatan=kecamatan,
            secret=secrets().badge,
            demo=settings().demo,
            now=now(),
        )
    except NobodyError:
        return _nobody(training_id)
    return _file(pdf, "application/pdf", name)


@bp.get("/daftar-hadir.pdf")
@allow(*TEACHERS)
@training_page
def attendance(training_id: uuid.UUID) -> Page:
    """Return the attendance list.

    :raise 404: if there is no such training
    """
    try:
        pdf = attendance_pdf(session(), training_id=training_id, demo=settings().demo, now=now())
    except NobodyError:
        return _nobody(training_id)
    return _file(pdf, "application/pdf", "daftar-hadir.pdf")


@bp.get("/peserta/contoh.xlsx")
@allow(*TEACHERS)
def example(training_id: uuid.UUID) -> Page:
    """Return an example of a roster file to fill in."""
    return _file(example_roster(), XLSX, "contoh-daftar-peserta.xlsx")


def _nobody(training_id: uuid.UUID) -> Page:
    flash(_("Belum ada peserta aktif untuk dicetak. Masukkan daftar peserta dahulu."))
    return redirect(url_for("roster.people", training_id=training_id))


def _file(content: bytes, kind: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    place = "inline" if kind == "application/pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{place}; filename="{name}"'
    return response
