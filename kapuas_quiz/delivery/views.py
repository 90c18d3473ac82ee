"""Pages of this room for staff: the tests of a training, and what is done to a sitting."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery import service
from kapuas_quiz.delivery.board import board_of
from kapuas_quiz.delivery.board_lines import Board
from kapuas_quiz.delivery.board_words import board_words
from kapuas_quiz.delivery.service import FormsMissing, NoSuchSitting, WrongState
from kapuas_quiz.delivery.signals import room_changed, sitting_closed
from kapuas_quiz.delivery.sittings import tests_of
from kapuas_quiz.delivery.web_forms import OpenSittingForm, PlannerForm
from kapuas_quiz.delivery.words import assessment_title
from kapuas_quiz.trainings.service import UnknownTrainingError
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, secrets, session

bp = Blueprint("delivery", __name__)
HALL_STAFF = (Role.OPERATOR, Role.TRAINER)


def sender() -> Flask:
    """Return the application, in whose name signals are sent."""
    return current_app._get_current_object()  # type: ignore[attr-defined]


def tell_room(sitting_id: uuid.UUID) -> None:
    """Let the phones of a room hear that something was done to it."""
    room_changed.send(sender(), sitting_id=sitting_id)


def board_now(sitting_id: uuid.UUID) -> Board:
    """Return the board of a sitting at this moment."""
    return board_of(session(), sitting_id=sitting_id, key=secrets().attempt, now=now())


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"assessment_title": assessment_title, **board_words()}


@bp.errorhandler(NoSuchSitting)
@bp.errorhandler(UnknownTrainingError)
def _not_found(_error: Exception) -> Any:
    return current_app.handle_user_exception(NotFound())


@bp.errorhandler(WrongState)
def _changed_meanwhile(_error: WrongState) -> Response:
    session().rollback()
    flash(_("Keadaan sesi sudah berubah, mungkin dari tab lain. Halaman ini menampilkan yang terbaru."))
    return redirect(board_address())


@bp.get("/kegiatan/<uuid:training_id>/tes")
@allow(*HALL_STAFF)
def tests(training_id: uuid.UUID) -> str:
    """Show the tests of a training and their rooms, and what a test at the asked time would run into."""
    return _tests_page(training_id, OpenSittingForm())


@bp.post("/kegiatan/<uuid:training_id>/tes")
@allow(*HALL_STAFF)
def open_sitting(training_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """Open a room; its board is next.

    :status 422: when the form is not filled in. :status 409: when no forms are assembled yet.
    """
    form = OpenSittingForm()
    form.opened_at = now()
    if not form.validate_on_submit():
        return _tests_page(training_id, form), 422
    values = {name: form[name].data for name in ("assessment", "room", "clock")}
    until = form.last_beginning(now())
    try:
        sitting_id = service.open_sitting(
            session(), training_id=training_id, **values, begin_until=until, actor=actor(), now=now()
        )
    except FormsMissing:
        return _tests_page(training_id, form), 409
    return redirect(url_for(".board", sitting_id=sitting_id))


@bp.post("/sesi/<uuid:sitting_id>/mulai")
@allow(*HALL_STAFF)
def start_sitting(sitting_id: uuid.UUID) -> Response:
    """Start the room's clock."""
    service.start_sitting(session(), sitting_id=sitting_id, actor=actor(), now=now())
    tell_room(sitting_id)
    flash(_("Tes dimulai. Semua HP yang menunggu membuka soal sendiri."))
    return redirect(board_address())


@bp.get("/sesi/<uuid:sitting_id>/tutup")
@allow(*HALL_STAFF)
def before_closing(sitting_id: uuid.UUID) -> str:
    """Say what closing does, and to whom."""
    return render_template("delivery/close.html", board=board_now(sitting_id))


@bp.post("/sesi/<uuid:sitting_id>/tutup")
@allow(*HALL_STAFF)
def close_sitting(sitting_id: uuid.UUID) -> Response:
    """Close the room and let later rooms know."""
    closing = service.close_sitting(session(), sitting_id=sitting_id, actor=actor(), now=now())
    tell_room(sitting_id)
    sitting_closed.send(sender(), sitting_id=sitting_id)
    flash(
        _(
            "Tes ditutup. %(n)s pengerjaan diakhiri; jawaban yang dipilih sebelumnya masih diterima.",
            n=closing.n_ended,
        )
    )
    return redirect(board_address())


@bp.get("/sesi/<uuid:sitting_id>/segel")
@allow(*HALL_STAFF)
def before_sealing(sitting_id: uuid.UUID) -> str:
    """Say what sealing does, and whose answers might still be under way."""
    return render_template("delivery/seal.html", board=board_now(sitting_id))


@bp.post("/sesi/<uuid:sitting_id>/segel")
@allow(*HALL_STAFF)
def seal_sitting(sitting_id: uuid.UUID) -> Response:
    """Seal the room."""
    service.seal_sitting(session(), sitting_id=sitting_id, actor=actor(), now=now())
    flash(_("Sesi disegel. Sejak sekarang tidak ada jawaban yang berubah."))
    return redirect(board_address())


def _tests_page(training_id: uuid.UUID, form: OpenSittingForm) -> str:
    planner = PlannerForm(request.args)
    moment = planner.moment() or now()
    tests = tests_of(session(), training_id, planned=moment)
    if form.assessment.data is None:
        form.assessment.data = tests.next_kind
    return render_template("delivery/tests.html", tests=tests, form=form, planner=planner, moment=moment)


def board_address() -> str:
    """Return the address of the board of the sitting that this request names."""
    return url_for("delivery.board", sitting_id=(request.view_args or {})["sitting_id"])
