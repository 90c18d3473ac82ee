"""Which language a page speaks: Indonesian unless the reader chose English."""

from __future__ import annotations

from flask import has_request_context, request

LANGUAGES = ("id", "en")
COOKIE = "bahasa"


def select() -> str:
    """Return the language of this request: `?bahasa=`, else the cookie, else Indonesian."""
    if not has_request_context():
        return "id"
    wanted = request.args.get(COOKIE) or request.cookies.get(COOKIE)
    return wanted if wanted in LANGUAGES else "id"
