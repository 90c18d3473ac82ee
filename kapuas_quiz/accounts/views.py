"""Signing in and out, one's own account, and the invitation that opens it."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from kapuas_quiz.accounts import invitations, service, staff
from kapuas_quiz.accounts.sessions import enter
from kapuas_quiz.accounts.web_forms import ChangePasswordForm, FirstOperatorForm, NewPasswordForm, SignInForm
from kapuas_quiz.core.roles import Role
from kapuas_quiz.extensions import limiter
from kapuas_quiz.web.access import allow, is_laptop, private_channel, public
from kapuas_quiz.web.context import actor, now, session
from kapuas_quiz.web.filters import pukul
from kapuas_quiz.web.targets import inside

bp = Blueprint("accounts", __name__)
EVERY_ROLE = tuple(Role)


def _email_typed() -> str:
    return request.form.get("email", "").strip().lower() or "-"


def _own_id() -> str:
    return actor().id if current_user.is_authenticated else "-"


@bp.get("/masuk")
@public("where one signs in")
@private_channel
def sign_in() -> Response | str:
    """Show the sign-in form, or pass on who is signed in already.

    :raise 403: over plain HTTP from another machine
    """
    if current_user.is_authenticated:
        return redirect(inside(request.args.get("berikut")))
    return render_template("accounts/sign_in.html", form=SignInForm())


@bp.post("/masuk")
@public("where one signs in")
@private_channel
@limiter.limit("20 per minute", key_func=_email_typed)
@limiter.limit("60 per minute", exempt_when=is_laptop)
def take_credentials() -> Response | tuple[str, int]:
    """Check e-mail and password.

    :raise 429: after 20 tries on one address, or 60 from one machine other than the laptop, within a minute
    """
    form = SignInForm()
    if form.validate_on_submit():
        agent = request.user_agent.string
        email, password = form.email.data or "", form.password.data or ""
        try:
            enter(service.sign_in(session(), email=email, password=password, user_agent=agent, now=now()))
            return redirect(inside(request.args.get("berikut")))
        except service.WrongCredentialsError:
            fault = _("Surel dan kata sandi ini belum cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
        except service.PausedError as paused:
            jam = pukul(paused.until)
            fault = _("Akun ini dikunci sampai pukul %(jam)s karena berkali-kali belum cocok.", jam=jam)
        form.password.errors = [fault]
    return render_template("accounts/sign_in.html", form=form), 422


@bp.get("/masuk/selesai")
@allow(*EVERY_ROLE)
def signed_in() -> str:
    """Send somebody who signed in beside a half-finished form back to it."""
    return render_template("accounts/signed_in.html")


@bp.post("/keluar")
@public("leaving with a session that is over is no fault")
def sign_out() -> Response:
    """Revoke this session and forget it."""
    if current_user.is_authenticated:
        service.sign_out(session(), token=current_user.id, actor=actor(), now=now())
        logout_user()
    flash(_("Anda sudah keluar."))
    return redirect(url_for("accounts.sign_in"))


@bp.get("/akun")
@allow(*EVERY_ROLE)
def own_account() -> str:
    """Show one's own account."""
    return _account_page(ChangePasswordForm())


@bp.post("/akun")
@allow(*EVERY_ROLE)
@limiter.limit("10 per minute", key_func=_own_id)
def change_password() -> Response | tuple[str, int]:
    """Change one's own password.

    :raise 429: after 10 tries within a minute
    """
    form = ChangePasswordForm()
    if form.validate_on_submit():
        agent = request.user_agent.string
        old, new = form.old.data or "", form.password.data or ""
        try:
            enter(
                service.change_password(
                    session(), actor=actor(), old=old, new=new, user_agent=agent, now=now()
                )
            )
            flash(_("Kata sandi sudah diganti. Peramban lain sudah dikeluarkan."))
            return redirect(url_for("accounts.own_account"))
        except service.WrongCredentialsError:
            form.old.errors = [_("Kata sandi sekarang belum cocok. Kata sandi tidak diganti.")]
    return _account_page(form), 422


@bp.post("/akun/akhiri-sesi")
@allow(*EVERY_ROLE)
def sign_out_elsewhere() -> Response:
    """End one's own sessions in other browsers."""
    service.sign_out_elsewhere(session(), token=current_user.id, actor=actor(), now=now())
    flash(_("Peramban lain sudah dikeluarkan."))
    return redirect(url_for("accounts.own_account"))


@bp.get("/undangan/<token>")
@public("the link itself is the authority")
@private_channel
def invitation(token: str) -> str | tuple[str, int]:
    """Let an invited member of staff choose a password; the very first becomes operator.

    :raise 404: if the link was used, replaced, or is older than a day (a page in words)
    """
    try:
        found = invitations.find_invitation(session(), token=token, now=now())
    except invitations.InvitationOverError:
        return _invitation_over()
    form = NewPasswordForm() if found.email else FirstOperatorForm()
    return render_template("accounts/accept.html", form=form, invitation=found)


@bp.post("/undangan/<token>")
@public("the link itself is the authority")
@private_channel
def accept(token: str) -> Response | tuple[str, int]:
    """Take the password chosen, and sign in.

    :raise 404: if the link was used, replaced, or is older than a day (a page in words)
    """
    try:
        found = invitations.find_invitation(session(), token=token, now=now())
        form = NewPasswordForm() if found.email else FirstOperatorForm()
        if form.validate_on_submit():
            agent = request.user_agent.string
            enter(
                invitations.accept_invitation(
                    session(), token=token, newcomer=form.newcomer(), user_agent=agent, now=now()
                )
            )
            return redirect("/" if found.email else "/mulai")
    except invitations.InvitationOverError:
        return _invitation_over()
    except invitations.EmailTakenError:
        form["email"].errors = [_("Surel ini sudah dipakai akun lain.")]
    return render_template("accounts/accept.html", form=form, invitation=found), 422


def _account_page(form: ChangePasswordForm) -> str:
    view = staff.show(session(), staff_id=uuid.UUID(actor().id), now=now())
    return render_template("accounts/account.html", form=form, person=view)


def _invitation_over() -> tuple[str, int]:
    return render_template("accounts/invitation_over.html"), 404
