"""The audit trail, and trainings in figures without names."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, render_template, request

from kapuas_quiz.core.roles import Role
from kapuas_quiz.oversight import words
from kapuas_quiz.oversight.summary import summarize
from kapuas_quiz.oversight.trail import actors, chain, trail
from kapuas_quiz.oversight.web_forms import FilterForm
from kapuas_quiz.trainings.service import UnknownTrainingError, trainings_list
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import now, session

bp = Blueprint("oversight", __name__)
READERS = (Role.OBSERVER, Role.CERTIFIER, Role.OPERATOR)


@bp.get("/jejak")
@allow(*READERS)
def audit_trail() -> str:
    """Show the trail, newest first, and whether its chain holds."""
    form = FilterForm(request.args, actors=actors(session()))
    wanted = form.wanted()
    page = trail(session(), wanted=wanted, page=request.args.get("halaman", 1, type=int))
    query = {name: value for name, value in request.args.items() if name in form.data and value}
    return render_template(
        "oversight/trail.html", form=form, page=page, chain=chain(session()), words=words, query=query
    )


@bp.get("/pengawasan")
@allow(*READERS)
def overview() -> str:
    """List the trainings."""
    return render_template("oversight/overview.html", trainings=trainings_list(session()))


@bp.get("/pengawasan/<uuid:training_id>")
@allow(*READERS)
def training(training_id: uuid.UUID) -> str:
    """Show one training in counts.

    :raise 404: if there is no such training
    """
    try:
        summary = summarize(session(), training_id=training_id, now=now())
    except UnknownTrainingError:
        abort(404)
    return render_template("oversight/training.html", summary=summary, kinds=words.PARTICIPATION)
