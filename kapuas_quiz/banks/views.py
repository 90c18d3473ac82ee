"""Pages of the banks: what there is, what is wrong with a file, one item."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from kapuas_quiz.banks import catalogue, opening, review_queue
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
        return _item(opening.item_page(session(), item_id))
    except opening.ItemNotFound:
        abort(404)


@bp.post("/soal/<item_id>/buka")
@allow(Role.OPERATOR, Role.REVIEWER)
def open_item(item_id: str) -> str:
    """Show an item with its wording and key, on record.

    :raise 404: if there is no such item
    """
    try:
        return _item(opening.open_item(session(), item_id=item_id, actor=actor(), now=now()))
    except opening.ItemNotFound:
        abort(404)


def _item(page: opening.ItemPage) -> str:
    within = request.args.get("materi", "")
    before, after = review_queue.beside(session(), page.id, within)
    seen = page.opened.mark if page.opened else ""
    return render_template(
        "banks/item.html",
        item=page,
        within=within,
        before=before,
        after=after,
        deciding=DecisionForm(formdata=None, seen=seen, then=after, within=within),
        answering=AnswerForm(formdata=None),
        may_decide=actor().holds(Role.REVIEWER),
    )
