"""Pages of what is done to one person in a room."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kapuas_quiz.core.time_code import MOST_MINUTES
from kapuas_quiz.delivery.act_web_forms import FORMS_FOR_ONE
from kapuas_quiz.delivery.acts import close_for_one, free_phone, reopen
from kapuas_quiz.delivery.board_lines import Board, BoardLine
from kapuas_quiz.delivery.grants import TooLate, give_time_to_one
from kapuas_quiz.delivery.incidents import GivenMeanwhile, note_incident
from kapuas_quiz.delivery.views import HALL_STAFF, board_now, bp, tell_room
from kapuas_quiz.delivery.web_forms import NoteForm
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

VALUES = {"tutup": (), "buka": ("minutes",), "pindah": (), "waktu": ("minutes", "known")}
DONE_FOR_ONE: dict[str, Callable[..., None]] = {
    "tutup": close_for_one,
    "buka": reopen,
    "pindah": free_phone,
    "waktu": give_time_to_one,
}


@bp.get("/sesi/<uuid:sitting_id>/orang/<uuid:attempt_id>")
@allow(*HALL_STAFF)
def person_acts(sitting_id: uuid.UUID, attempt_id: uuid.UUID) -> str:
    """Show how one person stands and what may be done.

    :raise 404: if the attempt is not of this room.
    """
    return _person_page(sitting_id, attempt_id)


@bp.post("/sesi/<uuid:sitting_id>/orang/<uuid:attempt_id>/<any(waktu,tutup,buka,pindah):act>")
@allow(*HALL_STAFF)
def act_on_one(sitting_id: uuid.UUID, attempt_id: uuid.UUID, act: str) -> str | tuple[str, int] | Response:
    """Give one person time, close, reopen, or let another phone take over.

    :status 422: when the form is not filled in, or the minutes do not reach.
    :status 409: when the person got time since the page was drawn.
    """
    form = FORMS_FOR_ONE[act](prefix=f"{act}-")
    if not form.validate_on_submit():
        return _person_page(sitting_id, attempt_id, **{act: form}), 422
    values = {name: form[name].data for name in VALUES[act]}
    do = DONE_FOR_ONE[act]
    try:
        do(
            session(),
            sitting_id=sitting_id,
            attempt_id=attempt_id,
            **values,
            reason=form.said,
            actor=actor(),
            now=now(),
        )
    except TooLate as error:
        session().rollback()
        form["minutes"].errors = [
            _("Waktunya sudah habis. Beri paling sedikit %(n)s menit.", n=error.minutes)
        ]
        return _person_page(sitting_id, attempt_id, **{act: form}), 422
    except GivenMeanwhile:
        session().rollback()
        form["minutes"].errors = [
            _(
                "Waktu orang ini sudah ditambah sesudah halaman Anda dibuka; lihat daftar di atas. "
                "Belum ditambah lagi. Bila memang perlu, tekan sekali lagi."
            )
        ]
        return _person_page(sitting_id, attempt_id, **{act: form}), 409
    tell_room(sitting_id)
    flash(_done(act))
    return redirect(url_for(".person_acts", sitting_id=sitting_id, attempt_id=attempt_id))


@bp.post("/sesi/<uuid:sitting_id>/orang/<uuid:attempt_id>/catatan")
@allow(*HALL_STAFF)
def note_person(sitting_id: uuid.UUID, attempt_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """Write down what happened to one person.

    :status 422: when nothing is written.
    """
    form = NoteForm(prefix="catatan-")
    if not form.validate_on_submit():
        return _person_page(sitting_id, attempt_id, catatan=form), 422
    note_incident(
        session(),
        sitting_id=sitting_id,
        attempt_id=attempt_id,
        text=form.text.data or "",
        actor=actor(),
        now=now(),
    )
    flash(_("Catatan disimpan."))
    return redirect(url_for(".person_acts", sitting_id=sitting_id, attempt_id=attempt_id))


def _person_page(sitting_id: uuid.UUID, attempt_id: uuid.UUID, **forms: Any) -> str:
    board = board_now(sitting_id)
    line = board.line_of(attempt_id)
    if line is None:
        raise NotFound
    fresh: dict[str, Any] = {
        act: form(prefix=f"{act}-", formdata=None) for act, form in FORMS_FOR_ONE.items()
    }
    fresh["buka"].minutes.data = min(line.left, MOST_MINUTES)
    fresh["catatan"] = NoteForm(prefix="catatan-", formdata=None)
    shown = {**fresh, **forms}
    shown["waktu"].show_known(len(line.gifts))
    return render_template(
        "delivery/person_acts.html",
        board=board,
        line=line,
        forms=shown,
        acts=_acts_for(board, line),
    )


def _acts_for(board: Board, line: BoardLine) -> tuple[str, ...]:
    """Return what may be done to one person now."""
    if board.sitting.closed_at is not None:
        return ()
    if line.state == "selesai":
        return ("waktu",) if line.end_reason == "waktu-habis" else ("buka",)
    return ("waktu", "pindah", "tutup") if line.state == "mengerjakan" else ("pindah",)


def _done(act: str) -> str:
    return {
        "waktu": _("Waktu ditambah. HP yang tersambung memperlihatkannya dalam beberapa detik."),
        "tutup": _("Tes orang ini ditutup. Jawaban yang dipilih sebelumnya masih diterima."),
        "buka": _("Tes dibuka lagi. Minta ia memindai lagi kartunya bila soalnya belum tampil."),
        "pindah": _("HP berikutnya yang memindai kartu orang ini langsung mengambil alih."),
    }[act]
