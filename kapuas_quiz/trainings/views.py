"""The list of trainings, and the page from which a training is run."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.core.roles import Role
from kapuas_quiz.trainings.planning import (
    TrainingExistsError,
    UnknownElectionError,
    add_training,
    change_training,
    elections,
)
from kapuas_quiz.trainings.service import (
    TrainingView,
    UnknownEnrolmentError,
    UnknownTrainingError,
    training_view,
    trainings_list,
)
from kapuas_quiz.trainings.web_forms import TrainingForm
from kapuas_quiz.web.access import allow, is_laptop
from kapuas_quiz.web.context import actor, now, session, settings

bp = Blueprint("trainings", __name__)
READERS = (Role.OPERATOR, Role.TRAINER, Role.CERTIFIER)
TEACHERS = (Role.OPERATOR, Role.TRAINER)
Page = str | Response


def training_page(view: Callable[..., Page]) -> Callable[..., Page]:
    """Answer 404 for a training or a person that does not exist."""

    @functools.wraps(view)
    def answer(**values: object) -> Page:
        try:
            return view(**values)
        except (UnknownTrainingError, UnknownEnrolmentError):
            abort(404)

    return answer


@bp.get("/kegiatan")
@allow(*Role)
def overview() -> str:
    """List the trainings."""
    return render_template("trainings/list.html", trainings=trainings_list(session()), today=now().date())


@bp.get("/kegiatan/<uuid:training_id>")
@allow(*Role)
@training_page
def training(training_id: uuid.UUID) -> Page:
    """Show a training and the steps of its day.

    :raise 404: if there is no such training
    """
    return render_template("trainings/detail.html", training=training_view(session(), training_id))


@bp.route("/kegiatan/baru", methods=["GET", "POST"])
@allow(Role.OPERATOR)
def new() -> Page:
    """Take the facts of a new training."""
    form = TrainingForm(address=suggested_address())
    form.offer(elections(session()))
    if form.validate_on_submit():
        try:
            made = add_training(session(), values=form.values(), actor=actor(), now=now())
        except (TrainingExistsError, UnknownElectionError) as error:
            _explain(form, error)
        else:
            flash(_("Kegiatan sudah dibuat. Berikutnya: masukkan daftar peserta."))
            return redirect(url_for("trainings.training", training_id=made))
    return render_template("trainings/form.html", form=form, training=None)


@bp.route("/kegiatan/<uuid:training_id>/ubah", methods=["GET", "POST"])
@allow(Role.OPERATOR)
@training_page
def edit(training_id: uuid.UUID) -> Page:
    """Change the facts of a training.

    :raise 404: if there is no such training
    """
    shown = training_view(session(), training_id)
    form = TrainingForm(**_filled(shown))
    form.offer(elections(session()))
    if form.validate_on_submit():
        try:
            change_training(
                session(), training_id=training_id, values=form.values(), actor=actor(), now=now()
            )
        except (TrainingExistsError, UnknownElectionError) as error:
            _explain(form, error)
        else:
            flash(_("Perubahan sudah disimpan."))
            return redirect(url_for("trainings.training", training_id=training_id))
    return render_template("trainings/form.html", form=form, training=shown)


def suggested_address() -> str:
    """Return the address that phones probably use: chosen, set, or the one by which this page was opened."""
    chosen: Callable[[], str | None] = current_app.config.get("PHONE_ADDRESS", lambda: None)
    here = "" if is_laptop() else request.host_url.rstrip("/")
    return (settings().address or chosen() or here).rstrip("/")


def _filled(shown: TrainingView) -> dict[str, object]:
    names = ("name", "wave", "place", "starts_on", "ends_on", "address")
    return {"election": str(shown.election.id), **{name: getattr(shown, name) for name in names}}


def _explain(form: TrainingForm, error: Exception) -> None:
    if isinstance(error, TrainingExistsError):
        form.name.errors = [
            _("Kegiatan dengan nama dan gelombang ini sudah ada. Ubah nama atau gelombangnya.")
        ]
    else:
        form.election.errors = [_("Pemilihan ini tidak ditemukan. Pilih lagi.")]
