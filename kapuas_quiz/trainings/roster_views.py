"""The people of a training: listed, added at the door, changed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from kapuas_quiz.core.names import name_key
from kapuas_quiz.core.places import Gazetteer
from kapuas_quiz.trainings.enrolling import Newcomer, TwinError, add_newcomer, change_participant
from kapuas_quiz.trainings.places import gazetteer
from kapuas_quiz.trainings.service import EnrolmentView, enrolment_view, enrolments_of, training_view
from kapuas_quiz.trainings.views import READERS, TEACHERS, Page, training_page
from kapuas_quiz.trainings.web_forms import KIND_WORDS, ParticipantForm
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, secrets, session, settings

bp = Blueprint("roster", __name__, url_prefix="/kegiatan/<uuid:training_id>/peserta")


def places() -> Gazetteer:
    """Return the places that people of this installation come from."""
    return gazetteer(demo=settings().demo)


@bp.get("")
@allow(*READERS)
@training_page
def people(training_id: uuid.UUID) -> Page:
    """List who takes part; `?kecamatan=` and `?cari=` narrow the list.

    :raise 404: if there is no such training
    """
    shown = training_view(session(), training_id)
    everybody = enrolments_of(session(), training_id)
    kecamatan, wanted = request.args.get("kecamatan", ""), request.args.get("cari", "").strip()
    return render_template(
        "trainings/people.html",
        training=shown,
        people=_narrowed(everybody, kecamatan, wanted),
        gone=enrolments_of(session(), training_id, withdrawn=True),
        groups=dict.fromkeys((one.kecamatan, one.kecamatan_name) for one in everybody),
        counts={body: sum(one.body == body for one in everybody) for body in ("PPK", "PPS")},
        kecamatan=kecamatan,
        wanted=wanted,
        kinds=KIND_WORDS,
    )


def _narrowed(people: Sequence[EnrolmentView], kecamatan: str, wanted: str) -> list[EnrolmentView]:
    key = name_key(wanted)
    return [one for one in people if kecamatan in ("", one.kecamatan) and key in name_key(one.name)]


@bp.route("/baru", methods=["GET", "POST"])
@allow(*TEACHERS)
@training_page
def newcomer(training_id: uuid.UUID) -> Page:
    """Enrol somebody at the door; `?menggantikan=` names whom the newcomer replaces.

    :raise 404: if the training or the replaced person does not exist
    """
    shown = training_view(session(), training_id)
    form = ParticipantForm(**_replacing(training_id))
    form.offer(places(), first={one.kecamatan for one in enrolments_of(session(), training_id)})
    twins: list[EnrolmentView] = []
    if form.validate_on_submit():
        try:
            added = _add(training_id, form)
        except TwinError as error:
            twins = [enrolment_view(session(), one) for one in error.twins]
        else:
            flash(
                _(
                    "%(nama)s sudah terdaftar. Kartunya dapat dicetak atau dipindai dari layar ini.",
                    nama=form.name.data,
                )
            )
            return redirect(url_for("participant.person", training_id=training_id, enrolment_id=added))
    replaced = form.replaced()
    return render_template(
        "trainings/newcomer.html",
        training=shown,
        form=form,
        twins=twins,
        replaced=enrolment_view(session(), replaced, training_id=training_id) if replaced else None,
    )


def _add(training_id: uuid.UUID, form: ParticipantForm) -> uuid.UUID:
    return add_newcomer(
        session(),
        training_id=training_id,
        newcomer=Newcomer(form.participant(places()), form.replaced(), form.other_person.data),
        secret=secrets().badge,
        actor=actor(),
        now=now(),
    )


def _replacing(training_id: uuid.UUID) -> dict[str, str]:
    """Prefill the form with the office of whom the newcomer replaces."""
    try:
        wanted = uuid.UUID(request.args.get("menggantikan", ""))
    except ValueError:
        return {}
    one = enrolment_view(session(), wanted, training_id=training_id)
    return {
        "replaces": str(one.id),
        "place": one.desa or one.kecamatan,
        "position": one.position,
        "kind": "paw",
    }


@bp.route("/<uuid:enrolment_id>/ubah", methods=["GET", "POST"])
@allow(*TEACHERS)
@training_page
def edit(training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Page:
    """Change what is known of somebody.

    :raise 404: if nobody with this id takes part in this training
    """
    one = enrolment_view(session(), enrolment_id, training_id=training_id)
    form = ParticipantForm(obj=one, data={"place": one.desa or one.kecamatan})
    form.offer(places(), first={one.kecamatan}, position=one.position)
    if form.validate_on_submit():
        change_participant(
            session(),
            training_id=training_id,
            enrolment_id=enrolment_id,
            participant=form.participant(places()),
            actor=actor(),
            now=now(),
        )
        flash(_("Data peserta sudah disimpan. Kartu yang sudah dicetak tetap berlaku."))
        return redirect(url_for("participant.person", training_id=training_id, enrolment_id=enrolment_id))
    return render_template(
        "trainings/edit.html", training=training_view(session(), training_id), person=one, form=form
    )
