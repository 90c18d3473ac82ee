"""Pages of the law officer: the queue, decisions, answers to reports, the register of instruments."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.banks import citing, decisions, opening, reports, review_queue
from kapuas_quiz.banks.review_web_forms import DecisionForm
from kapuas_quiz.banks.views import answer_form, bp, show_item
from kapuas_quiz.core.review import Decision
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

READERS = (Role.OPERATOR, Role.TRAINER, Role.REVIEWER)
SHOWN = 30


@bp.get("/telaah")
@allow(*READERS)
def queue() -> str:
    """Show what waits for a reviewer, in all areas or in one (`?materi=area`); `?ditahan=1`: what is held."""
    asked = request.args
    page = review_queue.queue_page(session(), asked.get("materi", ""), held_only=asked.get("ditahan") == "1")
    may_open = actor().holds(Role.OPERATOR, Role.REVIEWER)
    return render_template("banks/queue.html", page=page, shown=SHOWN, may_open=may_open)


@bp.get("/peraturan")
@allow(*READERS)
def register() -> str:
    """Show the register of instruments and what cites them."""
    may_open = actor().holds(Role.OPERATOR, Role.REVIEWER)
    return render_template("banks/register.html", lines=citing.register_lines(session()), may_open=may_open)


@bp.post("/soal/<item_id>/putusan")
@allow(Role.REVIEWER)
def decide(item_id: str) -> Response | tuple[str, int]:
    """Take a decision about an item and go to the next in the queue.

    :status 422: when nothing was decided; what was typed is kept on the page
    :raise 400: if the form was not sent from the item's page
    """
    form = DecisionForm()
    if form.decision.data is None or form.decision.data not in set(Decision):
        abort(400)
    refusal = _decide(item_id, Decision(form.decision.data), form)
    if refusal:
        flash(refusal)
        return _still(item_id, form), 422
    within = form.within.data or None
    if form.then.data:
        return redirect(url_for("banks.item", item_id=form.then.data, materi=within), 303)
    return redirect(url_for("banks.queue", materi=within), 303)


def _decide(item_id: str, decision: Decision, form: DecisionForm) -> str:
    """Take the decision; return why not, '' when it is taken."""
    if not form.validate_on_submit():
        return str(form.comment.errors[0])
    if any(text.strip() for name, text in request.form.items() if name.startswith("jawab-")):
        return _("Jawaban atas laporan belum dikirim. Tutup dulu laporannya, atau kosongkan jawaban itu.")
    try:
        decisions.decide(
            session(),
            item_id=item_id,
            seen=form.seen.data or "",
            decision=decision,
            comment=form.comment.data or "",
            actor=actor(),
            now=now(),
        )
    except decisions.WordingChangedError:
        return _("Isi soal ini sudah berubah sejak Anda membukanya. Baca lagi isinya, lalu putuskan.")
    except decisions.DecisionNotOpenError:
        return _("Keadaan soal ini sudah berubah, mungkin oleh penelaah lain. Belum ada yang dicatat.")
    except decisions.OwnWordingError:
        return _("Isi soal ini terakhir Anda tulis sendiri. Persetujuannya diberikan penelaah lain.")
    except decisions.ReasonMissingError:
        return _("Catatan belum diisi. Tulis apa yang perlu diperbaiki, atau alasannya.")
    flash(_done(decision, item_id))
    return ""


def _done(decision: Decision, item_id: str) -> str:
    return {
        Decision.APPROVE: _("%(soal)s disetujui.", soal=item_id),
        Decision.SEND_BACK: _("%(soal)s dikembalikan kepada penulisnya.", soal=item_id),
        Decision.WITHDRAW: _("%(soal)s ditarik.", soal=item_id),
        Decision.REOPEN: _("%(soal)s kembali ke antrean telaah.", soal=item_id),
    }[decision]


@bp.post("/laporan/<uuid:report_id>/jawab")
@allow(Role.REVIEWER)
def answer_report(report_id: uuid.UUID) -> str | tuple[str, int]:
    """Close a report with a sentence and stay on the item's page, with what was typed there.

    :status 422: when there is no sentence, or the report is closed
    :raise 404: if there is no such item
    """
    form, item_id = answer_form(report_id, sent=True), request.args.get("soal", "")
    if not form.validate():
        flash(str(form.answer.errors[0]))
        return _still(item_id, DecisionForm()), 422
    try:
        item_id = reports.close_report(
            session(), report_id=report_id, answer=form.answer.data or "", actor=actor(), now=now()
        )
    except reports.ReportClosedError:
        flash(_("Laporan ini sudah ditutup. Jawaban yang pertama tetap berlaku."))
        return _still(item_id, DecisionForm()), 422
    flash(_("Laporan dijawab dan ditutup."))
    return _still(item_id, DecisionForm())


def _still(item_id: str, form: DecisionForm) -> str:
    try:
        page = opening.open_still(session(), item_id=item_id, actor=actor(), now=now())
    except opening.ItemNotFound:
        abort(404)
    return show_item(page, form)
