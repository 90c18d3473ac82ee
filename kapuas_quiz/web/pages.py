"""What every page shares: the choice of language, the mark of demo data, navigation facts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g, redirect, request, send_from_directory
from flask_login import current_user
from werkzeug.wrappers import Response

from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import public
from kapuas_quiz.web.context import settings
from kapuas_quiz.web.language import COOKIE, LANGUAGES, select
from kapuas_quiz.web.targets import inside

bp = Blueprint("web", __name__)


def install(app: Flask) -> None:
    """Add the language switch and the values that layouts read."""
    app.register_blueprint(bp)
    app.context_processor(_layout_values)


@bp.get("/bahasa/<code>")
@public("anyone may choose the language")
def choose_language(code: str) -> Response:
    """Remember the language and return to where the reader came from."""
    response = redirect(inside(request.args.get("kembali")))
    if code in LANGUAGES:
        response.set_cookie(
            COOKIE, code, max_age=31_536_000, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response


@bp.get("/sw.js")
@public("what lets the phone's page open without the server; browsers take it over HTTPS alone")
def worker() -> Response:
    """Send the service worker, whose place on the server is its reach."""
    response = send_from_directory(str(current_app.static_folder), "sw.js", mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _layout_values() -> dict[str, Any]:
    known = not g.get("storage_failed") and current_user.is_authenticated
    actor = current_user.actor if known else None
    return {"language": select(), "is_demo": settings().demo, "staff": actor, "Role": Role}
