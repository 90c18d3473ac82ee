"""The page of the spare laptop, and what laptops ask each other."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, flash, jsonify, redirect, render_template, url_for
from flask import request as asked
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from kapuas_quiz.core.roles import Role
from kapuas_quiz.extensions import limiter
from kapuas_quiz.operations.spare import (
    OccupiedFolderError,
    UnusableFolderError,
    choose_folder,
    offer_pairing,
    release_spare,
    removable_places,
)
from kapuas_quiz.operations.spare_files import read_json
from kapuas_quiz.operations.spare_pairing import DOOR, open_offer, written_code
from kapuas_quiz.operations.spare_state import Standing, spare_state
from kapuas_quiz.operations.spare_words import FAULTS, REMEDIES, check_spare
from kapuas_quiz.operations.tenure import proof
from kapuas_quiz.operations.views import phone_address
from kapuas_quiz.operations.web_forms import FolderForm
from kapuas_quiz.web.access import allow, public
from kapuas_quiz.web.context import actor, now, secrets, session, settings
from kapuas_quiz.web.filters import tanggal_jam

bp = Blueprint("spare", __name__)


def on_sqlite() -> bool:
    return settings().database_url.startswith("sqlite")


def is_copied() -> bool:
    """Tell whether this installation's data are copied at all: those of the demo are not."""
    return on_sqlite() and not settings().demo


@bp.get("/mulai/laptop-cadangan")
@allow(Role.OPERATOR, Role.TRAINER)
def overview() -> str:
    """Show how the spare stands and what can be done about it."""
    state = spare_state(settings().data, now=now())
    offer = open_offer(settings().data, now=now())
    return render_template(
        "operations/spare.html",
        state=state,
        standings=Standing,
        check=check_spare(state, sqlite=on_sqlite()),
        fault=FAULTS.get(state.fault),
        remedy=REMEDIES.get(state.fault),
        sqlite=on_sqlite(),
        copied=is_copied(),
        places=removable_places(),
        code=written_code(offer.code) if offer else None,
        address=phone_address(),
        operator=actor().holds(Role.OPERATOR),
        moment=tanggal_jam,
    )


@bp.post("/mulai/laptop-cadangan/folder")
@allow(Role.OPERATOR)
def attach() -> AnyResponse:
    """Choose the folder for the copy."""
    form = FolderForm()
    if not form.validate_on_submit() or not is_copied():
        abort(400)
    try:
        choose_folder(
            session(), data=settings().data, folder=form.folder.data or "", actor=actor(), now=now()
        )
        flash(_l("Cadangan dipasang. Salinan pertama sedang dibuat."))
    except OccupiedFolderError:
        flash(
            _l(
                "Di folder itu sudah ada salinan kegiatan lain, atau salinan yang sudah diambil alih laptop "
                "lain. Tidak ada yang berubah. Pakai flash disk lain, atau ganti nama folder kapuas-cadangan "
                "di sana."
            )
        )
    except UnusableFolderError:
        flash(_l("Folder itu tidak ada atau tidak dapat ditulis. Pilih folder lain; tidak ada yang berubah."))
    return redirect(url_for("spare.overview"))


@bp.post("/mulai/laptop-cadangan/sandi")
@allow(Role.OPERATOR)
def pair() -> AnyResponse:
    """Show a pairing code for ten minutes."""
    if not FlaskForm().validate_on_submit() or not is_copied():
        abort(400)
    offer_pairing(session(), data=settings().data, actor=actor(), now=now())
    return redirect(url_for("spare.overview"))


@bp.post("/mulai/laptop-cadangan/lepas")
@allow(Role.OPERATOR, Role.TRAINER)
def release() -> AnyResponse:
    """Go on without a spare."""
    if not FlaskForm().validate_on_submit():
        abort(400)
    release_spare(session(), data=settings().data, actor=actor(), now=now())
    flash(_l("Cadangan dilepas. HP kini menulis 'sudah diterima' begitu jawaban ada di laptop ini."))
    return redirect(url_for("spare.overview"))


@bp.get("/cadangan/pintu")
@public("a laptop that wants to become the spare asks where to call; there it needs the key")
@limiter.exempt
def door() -> Response:
    """Say at which port the copying process waits, and the salt of the open pairing code.

    :raise 404: if no spare is attached and none is invited.
    """
    content = read_json(settings().data / DOOR)
    if content is None:
        abort(404)
    offer = open_offer(settings().data, now=now())
    return jsonify(port=content["port"], salt=offer.salt if offer else None)


@bp.get("/cadangan/masa")
@public("a laptop that starts asks whether it has been replaced; the answer is signed")
@limiter.exempt
def tenure() -> Response:
    """Say which tenure is live here, signed for the one who asked.

    :raise 404: if nothing was asked.
    """
    question = asked.args.get("tanya", "")
    if not question or len(question) > 64:
        abort(404)
    epoch = int(current_app.config["EPOCH"])
    return jsonify(masa=epoch, tanda=proof(secrets(), question, epoch))
