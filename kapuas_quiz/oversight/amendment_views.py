"""Pages of amendments: what a change of the law would touch, and writing down that it happened."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.banks import amendments as written
from kapuas_quiz.core.roles import Role
from kapuas_quiz.oversight.amendments import impact
from kapuas_quiz.oversight.views import bp
from kapuas_quiz.oversight.web_forms import AmendmentForm, PlaceForm
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

READERS = (Role.REVIEWER, Role.CERTIFIER, Role.OPERATOR)
MARKERS = (Role.REVIEWER, Role.OPERATOR)


@bp.get("/perubahan-hukum")
@allow(*READERS)
def amendments() -> str:
    """List what changed, and show what a change of a place would touch."""
    form = PlaceForm(request.args)
    asked = bool(form.instrument.data) and form.validate()
    article = form.place
    return render_template(
        "oversight/amendments.html",
        known=written.amendments(session()),
        form=form,
        article=article,
        impact=impact(session(), instrument=form.instrument.data, article=article, now=now())
        if asked
        else None,
        marking=AmendmentForm(formdata=None, instrument=form.instrument.data, article=article),
        may_mark=actor().holds(*MARKERS),
    )


@bp.post("/perubahan-hukum")
@allow(*MARKERS)
def mark_amendment() -> Response | tuple[str, int]:
    """Write down that a place changed; what rests on it leaves the draw.

    :status 422: when something is missing; nothing is written down.
    """
    form = AmendmentForm()
    if not form.validate_on_submit():
        return _refused(form, form.place), 422
    made = written.mark_amended(
        session(),
        instrument=form.instrument.data,
        article=form.place,
        change=form.change.data,
        note=(form.note.data or "").strip(),
        unsure_too=form.unsure_too.data,
        actor=actor(),
        now=now(),
    )
    flash(_("Perubahan dicatat. Soal yang terkena tidak diambil lagi sampai penelaah menyetujuinya."))
    return redirect(url_for("oversight.amendment", amendment_id=made))


@bp.get("/perubahan-hukum/<uuid:amendment_id>")
@allow(*READERS)
def amendment(amendment_id: uuid.UUID) -> str:
    """Show one amendment with everything it touches.

    :raise 404: if nobody wrote it down
    """
    try:
        shown = written.amendment(session(), amendment_id)
    except written.UnknownAmendmentError:
        abort(404)
    touched = impact(session(), instrument=shown.instrument, article=shown.article, now=now())
    return render_template("oversight/amendment.html", amendment=shown, impact=touched)


def _refused(form: AmendmentForm, article: str) -> str:
    return render_template(
        "oversight/amendments.html",
        known=written.amendments(session()),
        form=PlaceForm(formdata=None, instrument=form.instrument.data, article=article),
        article=article,
        impact=impact(session(), instrument=form.instrument.data, article=article, now=now())
        if not form.instrument.errors
        else None,
        marking=form,
        may_mark=True,
    )
