"""Pages of the content specification and of the assembled forms."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.core.assembly import CellsTooSmall
from kapuas_quiz.core.assignment import Label
from kapuas_quiz.core.content_spec import SpecificationFault
from kapuas_quiz.core.roles import Role
from kapuas_quiz.forms import assembling, reading
from kapuas_quiz.forms.web_forms import HIGHEST_SEED, AssembleForm, MinutesForm, SpecificationForm
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

bp = Blueprint("forms", __name__, url_prefix="/kegiatan/<uuid:training_id>")


@bp.get("/kisi-kisi")
@allow(Role.OPERATOR, Role.TRAINER)
def specification(training_id: uuid.UUID) -> str:
    """Show the content specification, to edit while nobody has a form.

    :raise 404: if there is no such training
    """
    page = _page(training_id)
    form = SpecificationForm.showing(page.spec, page.areas)
    return _specification(training_id, page, form)


@bp.post("/kisi-kisi")
@allow(Role.OPERATOR, Role.TRAINER)
def save_specification(training_id: uuid.UUID) -> Response | tuple[str, int]:
    """Store the content specification.

    :raise 404: if there is no such training
    """
    page, form = _page(training_id), SpecificationForm()
    valid, faults = form.validate_on_submit(), form.faults()
    if not valid or faults:
        return _specification(training_id, page, form, refused=not valid, faults=faults), 422
    try:
        assembling.save_specification(
            session(), training_id=training_id, spec=form.specification(), actor=actor(), now=now()
        )
    except assembling.AlreadyGiven:
        flash(_("Kisi-kisi tetap seperti semula, karena sudah ada peserta yang menerima paket soal."))
        return redirect(url_for("forms.specification", training_id=training_id))
    flash(_("Kisi-kisi soal disimpan."))
    return redirect(url_for("forms.overview", training_id=training_id))


def _page(training_id: uuid.UUID) -> reading.SpecificationView:
    try:
        return reading.specification_page(session(), training_id)
    except reading.TrainingNotFound:
        abort(404)


def _specification(
    training_id: uuid.UUID,
    page: reading.SpecificationView,
    form: SpecificationForm,
    *,
    refused: bool = False,
    faults: Sequence[SpecificationFault] = (),
) -> str:
    form.name_groups()
    return render_template(
        "forms/specification.html",
        training_id=training_id,
        page=page,
        form=form,
        available=form.available(page.stock),
        refused=refused,
        faults=faults,
    )


@bp.get("/paket")
@allow(Role.OPERATOR, Role.TRAINER)
def overview(training_id: uuid.UUID) -> str:
    """Show the assembled forms and what the banks can fill.

    :raise 404: if there is no such training
    """
    return _forms(training_id, AssembleForm())


@bp.post("/paket")
@allow(Role.OPERATOR, Role.TRAINER)
def assemble(training_id: uuid.UUID) -> Response | str | tuple[str, int]:
    """Assemble forms A and B; only an operator may allow items that nobody approved.

    :raise 403: if somebody else allows them
    :raise 404: if there is no such training
    """
    form = AssembleForm()
    if not form.validate_on_submit():
        return _forms(training_id, form), 422
    if form.reason and not actor().holds(Role.OPERATOR):
        abort(403)
    seed = secrets.randbelow(HIGHEST_SEED) if form.seed.data is None else form.seed.data
    try:
        assembling.assemble_forms(
            session(), training_id=training_id, seed=seed, allowance=form.reason, actor=actor(), now=now()
        )
    except (assembling.AlreadyGiven, assembling.SpecificationMissing, CellsTooSmall):
        session().rollback()
        return _forms(training_id, form, refused=True), 409
    except assembling.FormsTooHeavy as error:
        session().rollback()
        return _forms(training_id, form, heavy=error.weights), 409
    flash(_("Paket soal A dan B disusun dan dibekukan. Berikutnya: buka tes dari halaman kegiatan."))
    return redirect(url_for("forms.overview", training_id=training_id))


@bp.post("/paket/menit")
@allow(Role.OPERATOR, Role.TRAINER)
def set_minutes(training_id: uuid.UUID) -> Response | tuple[str, int]:
    """Set how long the tests last.

    :raise 404: if there is no such training, or it has no forms yet
    """
    form = MinutesForm()
    if not form.validate_on_submit():
        return _forms(training_id, AssembleForm(formdata=None), form), 422
    minutes = {"pre": form.pre.data or 0, "post": form.post.data or 0}
    try:
        assembling.set_minutes(session(), training_id=training_id, minutes=minutes, actor=actor(), now=now())
    except assembling.SpecificationMissing:
        abort(404)
    flash(_("Lama tes disimpan. Yang sudah mulai tidak terpengaruh."))
    return redirect(url_for("forms.overview", training_id=training_id))


def _forms(
    training_id: uuid.UUID,
    form: AssembleForm,
    minutes: MinutesForm | None = None,
    heavy: Mapping[Label, int] | None = None,
    *,
    refused: bool = False,
) -> str:
    try:
        page = reading.forms_page(session(), training_id)
    except reading.TrainingNotFound:
        abort(404)
    lengths = {view.kind: view.minutes for view in page.assessments}
    return render_template(
        "forms/overview.html",
        training_id=training_id,
        page=page,
        short=[cell for cell in page.cells if cell.available < cell.needed],
        unapproved=[cell for cell in page.cells if cell.approved < cell.needed],
        may_allow=actor().holds(Role.OPERATOR),
        most_kb=assembling.MOST_PICTURE_BYTES // 1024,
        heavy={label: weight / 1024 for label, weight in (heavy or {}).items()},
        form=form,
        refused=refused,
        minutes=minutes or MinutesForm(data=lengths, formdata=None),
    )
