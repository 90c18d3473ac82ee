"""Pages of what is done to a room."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.delivery.act_web_forms import PauseForm, TimeForm
from kapuas_quiz.delivery.acts import pause_room, resume_room
from kapuas_quiz.delivery.grants import NobodyAtWork, give_time_to_all
from kapuas_quiz.delivery.incidents import GivenMeanwhile, leave_outage, note_incident
from kapuas_quiz.delivery.views import HALL_STAFF, board_address, board_now, bp, tell_room
from kapuas_quiz.delivery.web_forms import NoteForm
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session


@bp.get("/sesi/<uuid:sitting_id>/tindakan")
@allow(*HALL_STAFF)
def room_acts(sitting_id: uuid.UUID) -> str:
    """Show what may be done to the room, and what happened in it."""
    return _room_page(sitting_id)


@bp.post("/sesi/<uuid:sitting_id>/waktu")
@allow(*HALL_STAFF)
def give_time(sitting_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """Give everybody at work more time.

    :status 422: when the form is not filled in. :status 409: when it was decided since the page was drawn.
    """
    form = TimeForm(prefix="waktu-")
    if not form.validate_on_submit():
        return _room_page(sitting_id, waktu=form), 422
    minutes = form.minutes.data or 0
    try:
        n = give_time_to_all(
            session(),
            sitting_id=sitting_id,
            minutes=minutes,
            reason=form.said,
            actor=actor(),
            now=now(),
            known=form.known.data,
        )
    except NobodyAtWork:
        session().rollback()
        flash(_("Tidak ada yang sedang mengerjakan, jadi tidak ada waktu yang ditambah."))
        return redirect(board_address())
    except GivenMeanwhile:
        session().rollback()
        return _decided_meanwhile(sitting_id, form), 409
    tell_room(sitting_id)
    flash(_("Waktu ditambah %(menit)s menit untuk %(n)s orang.", menit=minutes, n=n))
    return redirect(board_address())


@bp.post("/sesi/<uuid:sitting_id>/tanpa-tambahan")
@allow(*HALL_STAFF)
def leave_time(sitting_id: uuid.UUID) -> Response:
    """Decide that an outage needs no time."""
    known = request.form.get("known", type=int)
    why = "Tidak perlu tambahan"
    try:
        leave_outage(session(), sitting_id=sitting_id, reason=why, actor=actor(), now=now(), known=known)
    except GivenMeanwhile:
        session().rollback()
        flash(_("Sudah diputuskan oleh panitia lain; lihat Kejadian. Tidak ada yang diubah."))
        return redirect(board_address())
    flash(_("Dicatat: waktu tidak ditambah."))
    return redirect(board_address())


@bp.post("/sesi/<uuid:sitting_id>/jeda")
@allow(*HALL_STAFF)
def pause(sitting_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """Let the room's clocks stand still.

    :status 422: when the form is not filled in.
    """
    form = PauseForm(prefix="jeda-")
    if not form.validate_on_submit():
        return _room_page(sitting_id, jeda=form), 422
    pause_room(session(), sitting_id=sitting_id, reason=form.said, actor=actor(), now=now())
    tell_room(sitting_id)
    flash(_("Ruang dijeda. Waktu semua orang berhenti sampai Anda menekan Lanjutkan."))
    return redirect(board_address())


@bp.post("/sesi/<uuid:sitting_id>/lanjut")
@allow(*HALL_STAFF)
def resume(sitting_id: uuid.UUID) -> Response:
    """Let the room's clocks run on."""
    resume_room(session(), sitting_id=sitting_id, actor=actor(), now=now())
    tell_room(sitting_id)
    flash(_("Ruang dilanjutkan. Lama jeda ditambahkan ke waktu setiap orang."))
    return redirect(board_address())


@bp.post("/sesi/<uuid:sitting_id>/catatan")
@allow(*HALL_STAFF)
def note(sitting_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """Write down what happened in the room.

    :status 422: when nothing is written.
    """
    form = NoteForm(prefix="catatan-")
    if not form.validate_on_submit():
        return _room_page(sitting_id, catatan=form), 422
    note_incident(session(), sitting_id=sitting_id, text=form.text.data or "", actor=actor(), now=now())
    flash(_("Catatan disimpan."))
    return redirect(url_for(".room_acts", sitting_id=sitting_id))


def _decided_meanwhile(sitting_id: uuid.UUID, form: TimeForm) -> str:
    """Show the asking form again: pressing once more gives more time all the same."""
    form.minutes.errors = [
        _(
            "Waktu ruang ini sudah diputuskan sesudah halaman Anda dibuka; lihat Kejadian di bawah. "
            "Belum ditambah lagi. Bila memang perlu, tekan sekali lagi."
        )
    ]
    return _room_page(sitting_id, waktu=form)


def _room_page(sitting_id: uuid.UUID, **forms: Any) -> str:
    board = board_now(sitting_id)
    fresh: dict[str, Any] = {
        "waktu": TimeForm(prefix="waktu-", formdata=None),
        "jeda": PauseForm(prefix="jeda-", formdata=None),
        "catatan": NoteForm(prefix="catatan-", formdata=None),
    }
    shown = {**fresh, **forms}
    shown["waktu"].show_known(board.decisions)
    return render_template("delivery/room_acts.html", board=board, forms=shown)
