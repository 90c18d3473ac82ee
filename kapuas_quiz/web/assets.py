"""Static files addressed by their content, so that a phone fetches each once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

from kapuas_quiz.web.access import public

YEAR = 31_536_000


def install(app: Flask) -> None:
    """Offer `asset('app.css')` to templates and let browsers keep what is so addressed."""
    app.view_functions["static"] = public("style and scripts")(app.view_functions["static"])
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


def asset(name: str) -> str:
    """Return the address of a static file, with a fingerprint of its content."""
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    path = Path(__file__).resolve().parent.parent / "static" / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
