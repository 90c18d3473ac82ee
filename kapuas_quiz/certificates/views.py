"""Pages on which a list is drafted and decided line by line."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kapuas_quiz.certificates import decisions, lists
from kapuas_quiz.certificates.candidates import NotReadyError
from kapuas_quiz.certificates.lines import LineView
from kapuas_quiz.certificates.list_views import READERS, WORKERS, bp, found, refusal_words, words
from kapuas_quiz.certificates.web_forms import DecideForm, RuleForm, rule_form
from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.standard import PassRule
from kapuas_quiz.forms.service import spec_of
from kapuas_quiz.trainings.service import UnknownTrainingError, training_view
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session


@bp.get("/kegiatan/<uuid:training_id>/keputusan")
@allow(*READERS)
def of_training(training_id: uuid.UUID) -> str:
    """Show the lists of a training and the rule for the next draft.

    :raise 404: if there is no such training
    """
    return _training_page(training_id, _rule_form(training_id))


@bp.post("/kegiatan/<uuid:training_id>/keputusan")
@allow(*WORKERS)
def draft(training_id: uuid.UUID) -> Response | tuple[str, int]:
    """Draft a list by the rule that was typed, or renew the open draft."""
    form = _rule_form(training_id)
    if not form.validate_on_submit():
        return _training_page(training_id, form), 422
    try:
        made = decisions.draft(session(), training_id=training_id, rule=form.rule(), actor=actor(), now=now())
    except NotReadyError as refusal:
        return _training_page(training_id, form, refusal_words(refusal)), 409
    flash(_("Rancangan daftar nomor %(nomor)s sudah dihitung.", nomor=made.number))
    if made.dropped:
        words = ngettext(
            "%(num)d putusan berbeda dari usul tidak terbawa karena usulnya berubah.",
            "%(num)d putusan berbeda dari usul tidak terbawa karena usulnya berubah.",
            made.dropped,
        )
        flash(words)
    return redirect(url_for("certificates.decision_list", list_id=made.list_id))


@bp.get("/keputusan/<uuid:list_id>/baris/<uuid:decision_id>")
@allow(Role.CERTIFIER)
def line(list_id: uuid.UUID, decision_id: uuid.UUID) -> str:
    """Show one line with its figures and the decision on it.

    :raise 404: if there is no such list or line
    """
    shown = found(list_id)
    entry = _line(shown, decision_id)
    return _line_page(shown, entry, DecideForm(outcome=entry.outcome, reason=entry.reason))


@bp.post("/keputusan/<uuid:list_id>/baris/<uuid:decision_id>")
@allow(Role.CERTIFIER)
def decide(list_id: uuid.UUID, decision_id: uuid.UUID) -> Response | tuple[str, int]:
    """Decide one line.

    :raise 404: if there is no such list or line
    :raise 409: if the line went away while it was being decided
    """
    shown, form = found(list_id), DecideForm()
    entry = _line(shown, decision_id)
    if not form.validate_on_submit():
        return _line_page(shown, entry, form), 422
    values = {"outcome": form.outcome.data, "reason": form.reason.data or ""}
    try:
        decisions.decide(
            session(), list_id=list_id, decision_id=decision_id, actor=actor(), now=now(), **values
        )
    except decisions.ReasonMissingError:
        form.reason.errors = [_("Keputusan ini berbeda dari usul. Tulis alasannya.")]
    except decisions.UncertifiableError:
        form.outcome.errors = [_("Yang mewakili dan sekretariat tidak dapat diberi sertifikat.")]
    except decisions.ListLockedError as refusal:
        form.outcome.errors = [refusal_words(refusal)]
    except lists.UnknownListError:
        abort(409)
    else:
        flash(_("Keputusan untuk %(nama)s sudah disimpan.", nama=entry.facts["name"]))
        return redirect(url_for("certificates.decision_list", list_id=list_id, _anchor=f"b{entry.number}"))
    return _line_page(shown, entry, form), 422


def _line(shown: lists.ListView, decision_id: uuid.UUID) -> LineView:
    try:
        return shown.line(decision_id)
    except lists.UnknownListError:
        abort(404)


def _rule_form(training_id: uuid.UUID) -> RuleForm:
    spec = spec_of(session(), training_id)
    earlier = lists.lists_of(session(), training_id)
    rule = earlier[0].rule if earlier else PassRule()
    return rule_form({entry.key: entry.title for entry in spec.competencies} if spec else {}, rule)


def _training_page(training_id: uuid.UUID, form: RuleForm, refusal: str = "") -> str:
    try:
        training = training_view(session(), training_id)
    except UnknownTrainingError:
        abort(404)
    return render_template(
        "certificates/lists.html",
        training=training,
        lists=lists.lists_of(session(), training_id),
        form=form,
        refusal=refusal,
    )


def _line_page(shown: lists.ListView, entry: LineView, form: DecideForm) -> str:
    return render_template("certificates/line.html", shown=shown, line=entry, form=form, **words(shown))
