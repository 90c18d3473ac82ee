"""The steps of a list: lock, approve by a second person, announce, issue certificates."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.certificates import approval, issuing, lists
from kapuas_quiz.certificates.candidates import RefusedError
from kapuas_quiz.certificates.list_views import WORKERS, bp, found, list_page, refusal_words
from kapuas_quiz.certificates.web_forms import LockForm, PublishForm
from kapuas_quiz.core.roles import Role
from kapuas_quiz.trainings.service import training_view
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session, settings


@bp.post("/keputusan/<uuid:list_id>/kunci")
@allow(Role.CERTIFIER)
def lock(list_id: uuid.UUID) -> Response | tuple[str, int]:
    """Freeze a draft."""
    form = LockForm()
    if not form.validate_on_submit():
        return list_page(found(list_id), lock_form=form), 422
    try:
        approval.lock(session(), list_id=list_id, notes=form.notes.data or "", actor=actor(), now=now())
    except RefusedError as refusal:
        return list_page(found(list_id), lock_form=form, refusal=refusal_words(refusal)), 409
    except lists.UnknownListError:
        abort(404)
    return _back(list_id, _("Daftar sudah dikunci. Orang kedua sekarang dapat menyetujuinya."))


@bp.post("/keputusan/<uuid:list_id>/setujui")
@allow(*WORKERS)
def approve(list_id: uuid.UUID) -> Response | tuple[str, int]:
    """Approve a locked list as the second person."""
    try:
        approval.approve(session(), list_id=list_id, actor=actor(), now=now())
    except RefusedError as refusal:
        return list_page(found(list_id), refusal=refusal_words(refusal)), 409
    except lists.UnknownListError:
        abort(404)
    return _back(list_id, _("Daftar sudah ditetapkan. Cetak berita acara untuk ditandatangani."))


@bp.post("/keputusan/<uuid:list_id>/umumkan")
@allow(*WORKERS)
def publish(list_id: uuid.UUID) -> Response | tuple[str, int]:
    """Announce an approved list."""
    form = PublishForm()
    if not form.validate_on_submit():
        return list_page(found(list_id), publish_form=form), 422
    number = form.minutes_number.data or ""
    try:
        revoked = approval.publish(
            session(), list_id=list_id, minutes_number=number, actor=actor(), now=now()
        )
    except RefusedError as refusal:
        return list_page(found(list_id), publish_form=form, refusal=refusal_words(refusal)), 409
    except lists.UnknownListError:
        abort(404)
    if revoked:
        flash(_("%(n)s sertifikat dari daftar sebelumnya dicabut karena tidak lagi sesuai.", n=revoked))
    return _back(list_id, _("Daftar sudah diumumkan. Sertifikat sekarang dapat diterbitkan."))


@bp.post("/keputusan/<uuid:list_id>/terbitkan")
@allow(*WORKERS)
def issue(list_id: uuid.UUID) -> Response | tuple[str, int]:
    """Issue the certificates of a published list."""
    shown = found(list_id)
    address = settings().address or training_view(session(), shown.training_id).address
    try:
        count = issuing.issue(session(), list_id=list_id, address=address, actor=actor(), now=now())
    except RefusedError as refusal:
        return list_page(shown, refusal=refusal_words(refusal)), 409
    return _back(list_id, _("%(n)s sertifikat diterbitkan.", n=count))


def _back(list_id: uuid.UUID, words: str) -> Response:
    flash(words)
    return redirect(url_for("certificates.decision_list", list_id=list_id))
