"""The register, the public page of one certificate, and its revocation."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.certificates import register, revocation
from kapuas_quiz.certificates.list_views import READERS, WORKERS
from kapuas_quiz.certificates.web_forms import RevokeForm
from kapuas_quiz.core.roles import Role
from kapuas_quiz.extensions import limiter
from kapuas_quiz.web.access import allow, public
from kapuas_quiz.web.context import actor, now, session

bp = Blueprint("register", __name__, url_prefix="/sertifikat")


@bp.get("")
@allow(*READERS)
def overview() -> str:
    """List what was issued, the latest number first."""
    year = request.args.get("tahun", type=int)
    everything = register.register(session())
    years = sorted({one.register_year for one in everything}, reverse=True)
    shown = [one for one in everything if year in (None, one.register_year)]
    return render_template("certificates/register.html", certificates=shown, years=years, year=year)


@bp.get("/<public_id>")
@public("whoever holds a certificate may check it")
@limiter.limit("120 per minute")
def verify(public_id: str) -> str | tuple[str, int]:
    """Show every printed fact of a certificate and whether it is valid.

    :raise 404: if there is no such certificate (a page in words)
    :raise 429: after 120 looks within a minute from one address
    """
    try:
        one = register.certificate(session(), public_id)
    except revocation.UnknownCertificateError:
        return render_template("certificates/unknown.html"), 404
    return render_template("certificates/verify.html", one=one, WORKERS=WORKERS)


@bp.get("/<public_id>/cabut")
@allow(Role.CERTIFIER)
def ask_revocation(public_id: str) -> str:
    """Ask why a certificate is revoked.

    :raise 404: if there is no such certificate
    """
    return _revocation_page(public_id, RevokeForm())


@bp.post("/<public_id>/cabut")
@allow(Role.CERTIFIER)
def revoke(public_id: str) -> Response | tuple[str, int]:
    """Revoke a certificate.

    :raise 404: if there is no such certificate
    """
    form = RevokeForm()
    if not form.validate_on_submit():
        return _revocation_page(public_id, form), 422
    try:
        revocation.revoke(
            session(), public_id=public_id, reason=form.reason.data or "", actor=actor(), now=now()
        )
        flash(_("Sertifikat sudah dicabut. Halaman pemeriksaannya menyebutkan alasan ini."))
    except revocation.AlreadyRevokedError:
        flash(_("Sertifikat ini sudah dicabut sebelumnya. Alasan yang pertama tetap berlaku."))
    except revocation.UnknownCertificateError:
        abort(404)
    return redirect(url_for("register.overview"))


def _revocation_page(public_id: str, form: RevokeForm) -> str:
    try:
        one = register.certificate(session(), public_id)
    except revocation.UnknownCertificateError:
        abort(404)
    return render_template("certificates/revoke.html", one=one, form=form)
