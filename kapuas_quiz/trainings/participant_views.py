"""One person of a training: shown, given a new badge, withdrawn, brought back."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from kapuas_quiz.core.roles import Role
from kapuas_quiz.trainings.badges import badge_of
from kapuas_quiz.trainings.enrolling import AlreadySoError, renew_badge, restore, withdraw
from kapuas_quiz.trainings.service import enrolment_view, training_view
from kapuas_quiz.trainings.views import READERS, TEACHERS, Page, training_page
from kapuas_quiz.trainings.web_forms import CARD_REASONS, KIND_WORDS, CardForm, WithdrawForm
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, secrets, session

PERSON = "/kegiatan/<uuid:training_id>/peserta/<uuid:enrolment_id>"
bp = Blueprint("participant", __name__, url_prefix=PERSON)


@bp.get("")
@allow(*READERS)
@training_page
def person(training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Show one person; the badge is shown to those who hand badges out.

    :raise 404: if nobody with this id takes part in this training
    """
    shown = training_view(session(), training_id)
    one = enrolment_view(session(), enrolment_id, training_id=training_id)
    holds_out = actor().holds(*TEACHERS) and not one.withdrawn_at
    return render_template(
        "trainings/person.html",
        training=shown,
        person=one,
        kinds=KIND_WORDS,
        badge=badge_of(shown, one, secret=secrets().badge) if holds_out else None,
        replaced=enrolment_view(session(), one.replaces_id) if one.replaces_id else None,
        card_form=CardForm(),
        withdraw_form=WithdrawForm(),
    )


@bp.post("/keluarkan")
@allow(Role.OPERATOR)
@training_page
def take_out(training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Withdraw somebody; a second press changes nothing.

    :raise 400: without a reason
    :raise 404: if nobody with this id takes part in this training
    """
    form = WithdrawForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        withdraw(
            session(),
            training_id=training_id,
            enrolment_id=enrolment_id,
            reason=form.reason.data or "",
            actor=actor(),
            now=now(),
        )
    except AlreadySoError:
        flash(_("Peserta ini memang sudah dikeluarkan. Tidak ada yang berubah."))
    else:
        flash(
            _(
                "Peserta dikeluarkan dari kegiatan dan kartunya tidak berlaku. "
                "Jawaban yang sudah diterima tetap tersimpan."
            )
        )
    return redirect(url_for("participant.person", training_id=training_id, enrolment_id=enrolment_id))


@bp.post("/aktifkan")
@allow(Role.OPERATOR)
@training_page
def bring_back(training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Let a withdrawn person take part again; a second press changes nothing.

    :raise 404: if nobody with this id takes part in this training
    """
    try:
        restore(session(), training_id=training_id, enrolment_id=enrolment_id, actor=actor(), now=now())
    except AlreadySoError:
        flash(_("Peserta ini memang aktif. Tidak ada yang berubah."))
    else:
        flash(_("Peserta aktif kembali dengan kartu yang sama."))
    return redirect(url_for("participant.person", training_id=training_id, enrolment_id=enrolment_id))


@bp.post("/kartu")
@allow(*TEACHERS)
@training_page
def replace_card(training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Replace a badge, which kills the old one.

    :raise 400: with a reason that is not on the list
    :raise 404: if nobody with this id takes part in this training
    """
    form = CardForm()
    if not form.validate_on_submit():
        abort(400)
    renew_badge(
        session(),
        training_id=training_id,
        enrolment_id=enrolment_id,
        reason=str(CARD_REASONS[form.card_reason.data]),
        secret=secrets().badge,
        actor=actor(),
        now=now(),
    )
    flash(_("Kartu baru sudah siap; kartu lama tidak berlaku lagi. Unduh dan cetak kartu baru."))
    return redirect(url_for("participant.person", training_id=training_id, enrolment_id=enrolment_id))
