"""The door for trainees: the shell behind each badge, the typed code, the front page."""

from __future__ import annotations

import re

from flask import Response, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from kapuas_quiz.accounts.staff import operator_exists
from kapuas_quiz.delivery.badges import token_of_code
from kapuas_quiz.delivery.plain_pages import Page, plain_door
from kapuas_quiz.delivery.views import bp
from kapuas_quiz.delivery.web_forms import CodeForm
from kapuas_quiz.extensions import csrf, limiter
from kapuas_quiz.web.access import is_laptop, public
from kapuas_quiz.web.context import secrets, session, settings
from kapuas_quiz.web.language import select

KEEP = "private, max-age=86400"
OTHER_APP = re.compile(r"; wv\)|FBA[NV]|Instagram|Line/|WhatsApp|Telegram|TikTok|MicroMessenger|Opera Mini")
"""Browsers inside other programs keep a storage of their own; Opera Mini's proxy cannot reach a hall."""


def _is_wrong(response: BaseResponse) -> bool:
    return response.status_code == 422


@bp.get("/")
@public("staff are led to their pages, phones to the typed code")
def front() -> str | BaseResponse:
    """Lead staff and the laptop inside; ask a phone for the code on its badge."""
    if is_laptop() or current_user.is_authenticated:
        return redirect("/kegiatan" if operator_exists(session()) else "/mulai")
    return render_template("delivery/code.html", form=CodeForm(), fault="")


@bp.get("/k")
@public("whoever cannot scan types the code of the badge")
def typed_code() -> str:
    """Ask for the code on the badge."""
    return render_template("delivery/code.html", form=CodeForm(), fault="")


@bp.post("/k")
@csrf.exempt
@public("whoever cannot scan types the code of the badge")
@limiter.limit("30 per minute", deduct_when=_is_wrong)
def open_by_code() -> tuple[str, int] | BaseResponse:
    """Lead to the page behind the badge with this code.

    :status 422: when no valid badge has it.
    :raise 429: after 30 wrong codes from one address within a minute; right ones are not counted.
    """
    form = CodeForm()
    token = token_of_code(session(), code=form.code.data or "", secret=secrets().badge)
    if token is None:
        return render_template("delivery/code.html", form=form, fault=form.code.data), 422
    return redirect(url_for("delivery.shell", token=token))


@bp.get("/k/<token>")
@public("person-neutral: the same bytes for every badge")
def shell(token: str) -> Page:
    """Deliver the page that runs the test; with ?polos=1 the one without scripts."""
    if "polos" in request.args:
        return plain_door(token)
    lead_out = bool(OTHER_APP.search(request.user_agent.string))
    response = Response(_shell(lead_out), mimetype="text/html")
    response.headers["Cache-Control"] = KEEP
    response.add_etag()
    return response.make_conditional(request)


def _shell(lead_out: bool) -> str:
    kept: dict[tuple[str, bool], str] = current_app.extensions.setdefault("kapuas_shell", {})
    language = select()
    if (language, lead_out) not in kept or current_app.debug:
        # Rendered past the context processors: these look at the cookie, and the shell must not.
        template = current_app.jinja_env.get_template("delivery/shell.html")
        values = {"language": language, "is_demo": settings().demo, "staff": None, "lead_out": lead_out}
        kept[language, lead_out] = template.render(**values)
    return kept[language, lead_out]
