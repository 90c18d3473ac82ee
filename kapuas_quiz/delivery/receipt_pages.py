"""Somebody shows a receipt: staff look up what it proves, on the day or weeks after."""

from __future__ import annotations

from flask import render_template, request

from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery.handed_web_forms import ReceiptForm
from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.receipts import NoReceipt, Proof, proofs_of
from kapuas_quiz.delivery.views import bp
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import secrets, session

MAY_CHECK = (Role.OPERATOR, Role.TRAINER, Role.CERTIFIER)


@bp.get("/kode-bukti")
@allow(*MAY_CHECK)
def check_receipt() -> str | tuple[str, int]:
    """Show what a typed receipt proves; ?kode=...&nama=...

    :status 422: when the text is no receipt.
    """
    form = ReceiptForm(request.args)
    if not form.kode.data or not form.validate():
        return _page(form)
    try:
        return _page(form, _found(form))
    except NoReceipt:
        return _page(form, unreadable=True), 422


def _found(form: ReceiptForm) -> list[Proof]:
    key = secrets().derive(RECEIPTS)
    return proofs_of(session(), text=form.kode.data or "", name=(form.nama.data or "").strip(), key=key)


def _page(form: ReceiptForm, proofs: list[Proof] | None = None, *, unreadable: bool = False) -> str:
    return render_template("delivery/receipt.html", form=form, proofs=proofs, unreadable=unreadable)
