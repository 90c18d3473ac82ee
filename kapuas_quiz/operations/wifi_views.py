"""The room's Wi-Fi: written down by the operator, shown to staff, printed for trainees."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kapuas_quiz.core.roles import Role
from kapuas_quiz.operations.cards import table_cards_pdf, wall_sheet_pdf
from kapuas_quiz.operations.views import phone_address
from kapuas_quiz.operations.web_forms import WifiForm
from kapuas_quiz.operations.wifi import Wifi, keep_wifi, wifi_of
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session, settings
from kapuas_quiz.web.typesetting import qr_svg

bp = Blueprint("wifi", __name__, url_prefix="/mulai/wifi")
TEACHERS = (Role.OPERATOR, Role.TRAINER)
Page = str | Response


@bp.get("")
@allow(*TEACHERS)
def overview() -> str:
    """Show the Wi-Fi and what can be printed; the operator may change it."""
    wifi = wifi_of(session())
    return render_template(
        "operations/wifi.html", wifi=wifi, form=WifiForm(obj=wifi), address=phone_address()
    )


@bp.post("")
@allow(Role.OPERATOR)
def keep() -> tuple[str, int] | Response:
    """Write the Wi-Fi down.

    :status 422: when a field cannot be used; it is shown again with the reason.
    """
    form = WifiForm()
    if not form.validate_on_submit():
        page = render_template("operations/wifi.html", wifi=None, form=form, address=phone_address())
        return page, 422
    wifi = Wifi(form.name.data or "", form.password.data or "")
    keep_wifi(session(), wifi=wifi, actor=actor(), now=now())
    flash(_("Wi-Fi sudah dicatat. Cetak ulang kartu meja dan lembar dinding bila sudah ada."))
    return redirect(url_for("wifi.overview"))


@bp.get("/layar")
@allow(*TEACHERS)
def screen() -> Page:
    """Show on the projector how to join the Wi-Fi."""
    wifi = wifi_of(session())
    if wifi is None:
        return _not_yet()
    return render_template("operations/wifi_screen.html", wifi=wifi, qr=qr_svg(wifi.joining))


@bp.get("/kartu-meja.pdf")
@allow(*TEACHERS)
def table_sheets() -> Page:
    """Return cards for tables, four on a sheet."""
    wifi, address = wifi_of(session()), phone_address()
    if wifi is None or address is None:
        return _not_yet()
    pdf = table_cards_pdf(wifi=wifi, address=address, demo=settings().demo, now=now())
    return _file(pdf, "kartu-meja.pdf")


@bp.get("/lembar-dinding.pdf")
@allow(*TEACHERS)
def wall_sheet() -> Page:
    """Return a sheet for the wall, A4 or with `?kertas=a3` A3."""
    wifi, address = wifi_of(session()), phone_address()
    if wifi is None or address is None:
        return _not_yet()
    paper = "a3" if request.args.get("kertas") == "a3" else "a4"
    pdf = wall_sheet_pdf(wifi=wifi, address=address, paper=paper, demo=settings().demo, now=now())  # type: ignore[arg-type]
    return _file(pdf, f"lembar-dinding-{paper}.pdf")


def _not_yet() -> Response:
    flash(_("Catat nama dan kata sandi Wi-Fi dahulu, dan sambungkan laptop ke jaringan itu."))
    return redirect(url_for("wifi.overview"))


def _file(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
