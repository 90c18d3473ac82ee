"""The board of a sitting, its projector page, and the phone that may see the board."""

from __future__ import annotations

import uuid

import segno
from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import get_locale
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from kapuas_quiz.delivery.pairing import (
    GOOD_FOR,
    PairingSpent,
    claim,
    is_claimable,
    offer_pairing,
    paired_sitting,
    revoke_pairings,
)
from kapuas_quiz.delivery.power import battery
from kapuas_quiz.delivery.room import room_stamp, sitting_view
from kapuas_quiz.delivery.views import HALL_STAFF, board_now, bp
from kapuas_quiz.extensions import csrf
from kapuas_quiz.web.access import allow, public
from kapuas_quiz.web.context import actor, now, secrets, session

COOKIE = "papan"
PAIRED = "a phone paired by QR on the laptop, checked in the view"


@bp.get("/sesi/<uuid:sitting_id>/papan")
@allow(*HALL_STAFF)
def board(sitting_id: uuid.UUID) -> str:
    """Show who is in, at work, done, and what may be done to the sitting."""
    return render_template("delivery/board.html", board=board_now(sitting_id), battery=battery())


@bp.get("/sesi/<uuid:sitting_id>/papan/isi")
@allow(*HALL_STAFF)
def board_content(sitting_id: uuid.UUID) -> Response:
    """Show the part of the board that changes; 304 when it did not."""
    return _part("delivery/board_content.html", sitting_id, acting=True)


@bp.get("/sesi/<uuid:sitting_id>/layar")
@allow(*HALL_STAFF)
def projector(sitting_id: uuid.UUID) -> str:
    """Show QR, address and PIN for the room."""
    board = board_now(sitting_id)
    return render_template("delivery/projector.html", board=board, qr=qr(f"{board.sitting.address}/k"))


@bp.get("/sesi/<uuid:sitting_id>/layar/isi")
@allow(*HALL_STAFF)
def projector_content(sitting_id: uuid.UUID) -> Response:
    """Show the part of the projector's page that changes; 304 when it did not."""
    return _part("delivery/projector_content.html", sitting_id)


@bp.post("/sesi/<uuid:sitting_id>/pasangkan")
@allow(*HALL_STAFF)
def pair(sitting_id: uuid.UUID) -> str:
    """Offer a QR by which one phone may see this board; it is shown once."""
    token = offer_pairing(session(), sitting_id=sitting_id, actor=actor(), now=now())
    sitting = sitting_view(session(), sitting_id)
    link = sitting.address + url_for(".pairing", token=token)
    return render_template("delivery/pair.html", sitting=sitting, link=link, qr=qr(link))


@bp.post("/sesi/<uuid:sitting_id>/cabut")
@allow(*HALL_STAFF)
def unpair(sitting_id: uuid.UUID) -> BaseResponse:
    """Take the board away from every paired phone."""
    revoke_pairings(session(), sitting_id=sitting_id, actor=actor(), now=now())
    return redirect(url_for(".board", sitting_id=sitting_id))


@bp.get("/papan/<token>")
@public(PAIRED)
def pairing(token: str) -> str | tuple[str, int]:
    """Ask whether to pair this phone.

    :status 410: when the link was used or is too old.
    """
    good = is_claimable(session(), token=token, now=now())
    return render_template("delivery/claim.html", token=token, good=good), 200 if good else 410


@bp.post("/papan/<token>")
@csrf.exempt
@public(PAIRED)
def claim_pairing(token: str) -> tuple[str, int] | BaseResponse:
    """Pair this phone and lead it to the board."""
    try:
        cookie = claim(session(), token=token, secret=secrets().derive(COOKIE), now=now())
    except PairingSpent:
        return render_template("delivery/claim.html", token=token, good=False), 410
    response = redirect(url_for(".paired_board"))
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(GOOD_FOR.total_seconds()),
        path="/papan",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


@bp.get("/papan")
@public(PAIRED)
def paired_board() -> str | tuple[str, int]:
    """Show the board to a paired phone.

    :status 410: when the phone is not paired, or not any more.
    """
    sitting_id = _paired()
    if sitting_id is None:
        return render_template("delivery/claim.html", token=None, good=False), 410
    return render_template("delivery/paired.html", board=board_now(sitting_id), battery=battery())


@bp.get("/papan/isi")
@public(PAIRED)
def paired_content() -> Response:
    """Show a paired phone the part of the board that changes.

    :raise 410: if the phone is not paired, or not any more.
    """
    sitting_id = _paired()
    if sitting_id is None:
        abort(410)
    return _part("delivery/board_content.html", sitting_id)


def qr(text: str) -> Markup:
    """Draw a QR that scales with its box: dark on light, whatever the page's colours."""
    picture = segno.make(text, error="m", micro=False).svg_inline(
        dark="#000", light="#fff", border=3, omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(picture)  # noqa: S704 - drawn by segno from modules, no text of ours in it


def _part(template: str, sitting_id: uuid.UUID, **values: bool) -> Response:
    """Draw a part of a page, unless the asker's copy has the room's present stamp."""
    stamp = f"{room_stamp(session(), sitting_id=sitting_id, now=now())}-{get_locale()}"
    response = Response(status=304)
    if not request.if_none_match.contains(stamp):
        board = board_now(sitting_id)
        response = make_response(render_template(template, board=board, battery=battery(), **values))
    response.set_etag(stamp)
    return response


def _paired() -> uuid.UUID | None:
    cookie = request.cookies.get(COOKIE, "")
    return paired_sitting(session(), cookie=cookie, secret=secrets().derive(COOKIE), now=now())
