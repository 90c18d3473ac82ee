"""The phone's script: its parts in one file, so that a phone on a slow network asks once."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, url_for

from kapuas_quiz.web.access import public

FOLDER = Path(__file__).resolve().parent.parent / "static" / "phone"
PARTS = ("page", "store", "clock", "journal", "wire", "question", "exam", "draw", "results", "door")
STRING = re.compile(r'("(?:\\.|[^"\\])*")')
SPACES = re.compile(r" *([{}()\[\],;:=<>&|?*!]) *")

bp = Blueprint("client", __name__)


def install(app: Flask) -> None:
    """Serve the script, and offer its address to templates as `client_script()`."""
    app.register_blueprint(bp)
    app.jinja_env.globals["client_script"] = address


@bp.get("/hp-<fingerprint>.js")
@public("the phone's script")
def script(fingerprint: str) -> Response:
    """Send the script; an outdated address gets the present one."""
    response = Response(source(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def address() -> str:
    """Return the address of the script, with a fingerprint of its content."""
    return url_for("client.script", fingerprint=hashlib.sha256(source().encode()).hexdigest()[:10])


@cache
def source() -> str:
    """Join the parts, without comments and spaces that mean nothing."""
    whole = "\n".join((FOLDER / f"{part}.js").read_text("utf-8") for part in PARTS)
    lines = (line.strip() for line in whole.splitlines())
    return "\n".join(_tighten(line) for line in lines if line and not line.startswith("//"))


def _tighten(line: str) -> str:
    """Drop spaces beside punctuation, outside strings; regular expressions are written without any."""
    pieces = STRING.split(line)
    pieces[::2] = [SPACES.sub(r"\1", piece) for piece in pieces[::2]]
    return "".join(pieces)
