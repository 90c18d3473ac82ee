"""The start page: how phones get in, what is not in order yet, and a backup at the press of a button."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from kapuas_quiz.core.roles import Role
from kapuas_quiz.operations.address import UnknownAddressError, choose_address, phone_addresses
from kapuas_quiz.operations.backup import BackupError, make_backup
from kapuas_quiz.operations.contact import is_phone, notice_phone
from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.operations.start import start_page
from kapuas_quiz.operations.web_forms import AddressForm
from kapuas_quiz.web.access import allow, is_laptop, is_private_channel, public
from kapuas_quiz.web.context import actor, now, session, settings
from kapuas_quiz.web.filters import tanggal_jam

bp = Blueprint("operations", __name__)

NO_BACKUP = {
    "ruang": _l("Cadangan belum dibuat: ruang penyimpanan tidak cukup. Data tidak berubah."),
    "rusak": _l("Cadangan dibuat tetapi tidak terbaca, jadi dibuang. Cadangan lama tetap ada."),
    "pg_dump": _l(
        "Cadangan belum dibuat: program pg_dump tidak ada di komputer ini, atau lebih lama daripada server "
        "PostgreSQL. Data tidak berubah."
    ),
    "gagal": _l("Cadangan belum dibuat. Data tidak berubah; coba sekali lagi."),
}


@bp.before_app_request
def notice_visitor() -> None:
    """Remember that a real phone has come through the network."""
    if is_phone(request.user_agent.string) and not is_laptop():
        notice_phone(settings().data, now=now())


def phone_address() -> str | None:
    """Return the address that phones use at present; None without a network."""
    present = local_addresses(settings().host)
    known = phone_addresses(
        session(), port=settings().port, configured=settings().address, present=present, now=now()
    )
    return next((one.url for one in known if one.chosen), None)


@bp.get("/mulai")
@public("opened before anybody can sign in; answers the laptop itself, elsewhere operators alone")
def start() -> str | Response:
    """Show addresses, checks and backups; over HTTPS ask first who it is.

    :raise 403: if the request is neither from the laptop nor by an operator over a private channel.
    """
    operator = is_private_channel() and current_user.is_authenticated and actor().holds(Role.OPERATOR)
    if not is_laptop() and is_private_channel() and not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", berikut=request.path))
    if not (is_laptop() or operator):
        abort(403, "laptop")
    present = local_addresses(settings().host)
    page = start_page(session(), settings=settings(), present=present, now=now())
    return render_template("operations/start.html", page=page, operator=operator, moment=tanggal_jam)


@bp.post("/mulai/alamat")
@allow(Role.OPERATOR)
def choose() -> Response:
    """Keep the address for phones; an address that has gone is said so on the start page."""
    form = AddressForm()
    if not form.validate_on_submit():
        abort(400)
    present = local_addresses(settings().host)
    try:
        choose_address(session(), ip=form.ip.data or "", present=present, actor=actor(), now=now())
        flash(_l("Alamat untuk HP sudah diganti."))
    except UnknownAddressError:
        flash(_l("Laptop ini tidak lagi beralamat itu. Pilih salah satu alamat di bawah."))
    return redirect(url_for("operations.start"))


@bp.post("/mulai/cadangan")
@allow(Role.OPERATOR)
def back_up() -> Response:
    """Make a verified backup and say what became of it."""
    try:
        made = make_backup(session(), data=settings().data, actor=actor(), now=now())
        flash(_l("Cadangan %(nama)s dibuat dan sudah diperiksa.", nama=made.name))
    except BackupError as problem:
        flash(NO_BACKUP[problem.code])
    return redirect(url_for("operations.start"))
