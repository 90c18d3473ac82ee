"""Pages of the banks: what there is, what is wrong with a file, one item."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, render_template, request

from kapuas_quiz.banks import catalogue, opening, review_queue
from kapuas_quiz.banks.fact_words import USE_WORDS
from kapuas_quiz.banks.review_web_forms import AnswerForm, DecisionForm
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

bp = Blueprint("banks", __name__, url_prefix="/bank-soal")


@bp.get("")
@allow(Role.OPERATOR, Role.TRAINER, Role.REVIEWER)
def overview() -> str:
    """List the bank files with their counts and faults."""
    return render_template("banks/overview.html", banks=catalogue.overview(session()))


@bp.get("/<area>")
@allow(Role.OPERATOR, Role.TRAINER, Role.REVIEWER)
def area(area: str) -> str:
    """List the items of one bank.

    :raise 404: if no file covers the area
    """
    try:
        page = catalogue.bank_page(session(), area)
    except catalogue.BankNotFound:
        abort(404)
    may_open = actor().holds(Role.OPERATOR, Role.REVIEWER)
    return render_template("banks/area.html", page=page, may_open=may_open)


@bp.get("/soal/<item_id>")
@allow(Role.OPERATOR, Role.REVIEWER)
def item(item_id: str) -> str:
    """Show an item between its neighbours in the queue (`?materi=area`); a wording in use stays shut.

    :raise 404: if there is no such item
    """
    try:
        return show_item(opening.item_page(session(), item_id))
    except opening.ItemNotFound:
        abort(404)


@bp.post("/soal/<item_id>/buka")
@allow(Role.OPERATOR, Role.REVIEWER)
def open_item(item_id: str) -> str:
    """Show an item with its wording and key, on record.

    :raise 404: if there is no such item
    """
    try:
        return show_item(opening.open_item(session(), item_id=item_id, actor=actor(), now=now()))
    except opening.ItemNotFound:
        abort(404)


def show_item(page: opening.ItemPage, typed: DecisionForm | None = None) -> str:
    """Return the page of an item between its neighbours in the queue.

    typed: what was sent from this page; it and the answers sent with it are kept on the page.
    """
    form = typed or DecisionForm(formdata=None, within=request.args.get("materi", ""))
    within = form.within.data or ""
    before, after = review_queue.beside(session(), page.id, within)
    form.seen.data, form.then.data = page.opened.mark if page.opened else "", after
    waiting = [report.id for report in page.reports if not report.closed_at]
    return render_template(
        "banks/item.html",
        item=page,
        within=within,
        before=before,
        after=after,
        deciding=form,
        answers={name: answer_form(name, sent=typed is not None) for name in waiting},
        may_decide=actor().holds(Role.REVIEWER),
        use_words=USE_WORDS,
    )


def answer_form(report_id: uuid.UUID, *, sent: bool) -> AnswerForm:
    """Return the form of the answer to one of an item's reports."""
    return AnswerForm(formdata=request.form if sent else None, prefix=f"jawab-{report_id}")
