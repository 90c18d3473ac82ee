"""The operator's pages about members of staff."""

from __future__ import annotations

import uuid

import segno
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.accounts import invitations, staff
from kapuas_quiz.accounts.web_forms import ROLE_WORDS, InviteForm, RolesForm
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

bp = Blueprint("staff", __name__, url_prefix="/petugas")


@bp.get("")
@allow(Role.OPERATOR)
def overview() -> str:
    """List everybody."""
    people = staff.list_staff(session(), now=now())
    return render_template("accounts/staff.html", people=people, words=ROLE_WORDS)


@bp.get("/baru")
@allow(Role.OPERATOR)
def new() -> str:
    """Show the form for a new member of staff."""
    return render_template("accounts/invite.html", form=InviteForm())


@bp.post("/baru")
@allow(Role.OPERATOR)
def invite() -> str | tuple[str, int]:
    """Invite somebody and show the one-time link."""
    form = InviteForm()
    if form.validate_on_submit():
        name, email, roles = form.name.data or "", form.email.data or "", form.chosen()
        try:
            token = invitations.invite(
                session(), name=name, email=email, roles=roles, actor=actor(), now=now()
            )
            return _link_page(token, name)
        except invitations.EmailTakenError:
            form.email.errors = [_("Surel ini sudah dipakai akun lain.")]
    return render_template("accounts/invite.html", form=form), 422


@bp.get("/<uuid:staff_id>")
@allow(Role.OPERATOR)
def person(staff_id: uuid.UUID) -> str:
    """Show one member of staff.

    :raise 404: if there is no such member of staff
    """
    view = _found(staff_id)
    return _person_page(view, RolesForm(roles=[role.value for role in view.roles]))


@bp.post("/<uuid:staff_id>")
@allow(Role.OPERATOR)
def change_roles(staff_id: uuid.UUID) -> Response | tuple[str, int]:
    """Change somebody's roles.

    :raise 404: if there is no such member of staff
    """
    view, form = _found(staff_id), RolesForm()
    if form.validate_on_submit():
        try:
            staff.change_roles(session(), staff_id=staff_id, roles=form.chosen(), actor=actor(), now=now())
            flash(_("Peran sudah diubah."))
            return _back(staff_id)
        except staff.LastOperatorError:
            form.roles.errors = [_("Harus tetap ada satu operator yang dapat masuk. Peran tidak diubah.")]
    return _person_page(view, form), 422


@bp.post("/<uuid:staff_id>/undang-ulang")
@allow(Role.OPERATOR)
def invite_again(staff_id: uuid.UUID) -> str | Response:
    """Show a new one-time link for somebody without a password.

    :raise 404: if there is no such member of staff
    """
    view = _found(staff_id)
    try:
        token = invitations.invite_again(session(), staff_id=staff_id, actor=actor(), now=now())
        return _link_page(token, view.name)
    except invitations.AccountClosedError:
        flash(_("Akun ini ditutup. Buka dahulu, lalu buat tautan."))
        return _back(staff_id)


@bp.post("/<uuid:staff_id>/tutup")
@allow(Role.OPERATOR)
def disable(staff_id: uuid.UUID) -> Response:
    """Close an account, unless it is the last operator's.

    :raise 404: if there is no such member of staff
    """
    try:
        staff.disable(session(), staff_id=_found(staff_id).id, actor=actor(), now=now())
        flash(_("Akun sudah ditutup dan dikeluarkan dari semua peramban."))
    except staff.LastOperatorError:
        flash(_("Ini operator terakhir, jadi akunnya tetap terbuka. Undang operator lain dahulu."))
    return _back(staff_id)


@bp.post("/<uuid:staff_id>/buka")
@allow(Role.OPERATOR)
def enable(staff_id: uuid.UUID) -> Response:
    """Open a closed account again.

    :raise 404: if there is no such member of staff
    """
    staff.enable(session(), staff_id=_found(staff_id).id, actor=actor(), now=now())
    flash(_("Akun sudah dibuka lagi."))
    return _back(staff_id)


@bp.post("/<uuid:staff_id>/akhiri-sesi")
@allow(Role.OPERATOR)
def end_sessions(staff_id: uuid.UUID) -> Response:
    """Sign somebody out everywhere.

    :raise 404: if there is no such member of staff
    """
    staff.end_sessions(session(), staff_id=_found(staff_id).id, actor=actor(), now=now())
    flash(_("Sudah dikeluarkan dari semua peramban."))
    return _back(staff_id)


def _found(staff_id: uuid.UUID) -> staff.StaffView:
    try:
        return staff.show(session(), staff_id=staff_id, now=now())
    except staff.StaffNotFoundError:
        abort(404)


def _back(staff_id: uuid.UUID) -> Response:
    return redirect(url_for("staff.person", staff_id=staff_id))


def _person_page(view: staff.StaffView, form: RolesForm) -> str:
    return render_template("accounts/person.html", person=view, form=form, words=ROLE_WORDS)


def _link_page(token: str, name: str) -> str:
    link = url_for("accounts.invitation", token=token, _external=True)
    qr = segno.make(link, error="m", micro=False).svg_inline(
        dark="#000", light="#fff", border=4, omitsize=True, svgclass="qr", lineclass=None
    )
    return render_template(
        "accounts/link.html",
        link=link,
        qr=qr if request.is_secure else None,
        name=name,
        hours=invitations.INVITATION_HOURS,
    )
