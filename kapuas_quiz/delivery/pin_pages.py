"""The PIN of a room: changed, frozen, printed."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.delivery import pins
from kapuas_quiz.delivery.board_pages import qr
from kapuas_quiz.delivery.room import sitting_view
from kapuas_quiz.delivery.views import HALL_STAFF, board_address, bp, tell_room
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session


@bp.post("/sesi/<uuid:sitting_id>/pin")
@allow(*HALL_STAFF)
def change_pin(sitting_id: uuid.UUID) -> Response:
    """Change the room's PIN."""
    try:
        pins.change_pin(session(), sitting_id=sitting_id, actor=actor(), now=now())
    except pins.PinFrozen:
        session().rollback()
        flash(_("PIN sedang dibekukan, jadi tidak diganti. Lepaskan dahulu bila memang perlu PIN baru."))
        return redirect(board_address())
    tell_room(sitting_id)
    flash(_("PIN sudah diganti. PIN sebelumnya masih diterima selama lima menit."))
    return redirect(board_address())


@bp.post("/sesi/<uuid:sitting_id>/pin/beku")
@allow(*HALL_STAFF)
def freeze_pin(sitting_id: uuid.UUID) -> Response:
    """Keep the PIN as it is."""
    pins.freeze_pin(session(), sitting_id=sitting_id, actor=actor(), now=now())
    flash(_("PIN dibekukan: tidak dapat diganti sampai dilepas. Boleh dicetak dan ditempel."))
    return redirect(board_address())


@bp.post("/sesi/<uuid:sitting_id>/pin/lepas")
@allow(*HALL_STAFF)
def release_pin(sitting_id: uuid.UUID) -> Response:
    """Let the PIN be changed again."""
    pins.release_pin(session(), sitting_id=sitting_id, actor=actor(), now=now())
    flash(_("PIN boleh diganti lagi."))
    return redirect(board_address())


@bp.get("/sesi/<uuid:sitting_id>/pin/lembar")
@allow(*HALL_STAFF)
def pin_paper(sitting_id: uuid.UUID) -> str:
    """Show a page to print and to hang up: PIN, address, QR."""
    sitting = sitting_view(session(), sitting_id)
    return render_template("delivery/pin_paper.html", sitting=sitting, qr=qr(f"{sitting.address}/k"))
