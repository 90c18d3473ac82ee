"""The phone's scripts: their parts in one file each, so that a phone on a slow network asks once.

The second one is for forms with questions that have fields; other forms never ask for it. The third one
is for the hand-in without network; a phone asks for it after its first question is shown.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, url_for

from kapuas_quiz.web.access import public

FOLDER = Path(__file__).resolve().parent.parent / "static" / "phone"
PARTS = ("page", "store", "clock", "journal", "wire", "question", "exam", "draw", "results", "door")
FIELD_PARTS = ("rank", "fields")
HAND_IN_PARTS = ("serah/hmac", "serah/qr", "serah/symbol", "serah/code", "serah/entries", "serah/hand_in")
STRING = re.compile(r'("(?:\\.|[^"\\])*")')
SPACES = re.compile(r" *([{}()\[\],;:=<>&|?*!+]) *")

STRICT = '"use strict";'
OPEN_ENDED = (";", "{", "}", ",", "(", "[", "&", "|", "?", ":", "+")

bp = Blueprint("client", __name__)


def install(app: Flask) -> None:
    """Serve the scripts, and offer their addresses to templates."""
    app.register_blueprint(bp)
    app.jinja_env.globals["client_script"] = lambda: address("script", PARTS)
    app.jinja_env.globals["fields_script"] = lambda: address("fields", FIELD_PARTS)
    app.jinja_env.globals["hand_in_script"] = lambda: address("hand_in", HAND_IN_PARTS)


@bp.get("/hp-<fingerprint>.js")
@public("the phone's script")
def script(fingerprint: str) -> Response:
    """Send the script; an outdated address gets the present one."""
    return _lasting(source(PARTS))


@bp.get("/hp-isian-<fingerprint>.js")
@public("the phone's script for questions with fields")
def fields(fingerprint: str) -> Response:
    """Send the second script; an outdated address gets the present one."""
    return _lasting(source(FIELD_PARTS))


@bp.get("/hp-serah-<fingerprint>.js")
@public("the phone's script for the hand-in without network")
def hand_in(fingerprint: str) -> Response:
    """Send the third script; an outdated address gets the present one."""
    return _lasting(source(HAND_IN_PARTS))


def address(view: str, parts: tuple[str, ...]) -> str:
    """Return the address of a script, with a fingerprint of its content."""
    return url_for(f"client.{view}", fingerprint=hashlib.sha256(source(parts).encode()).hexdigest()[:10])


@cache
def source(parts: tuple[str, ...]) -> str:
    """Join parts, without comments and spaces that mean nothing."""
    whole = "\n".join((FOLDER / f"{part}.js").read_text("utf-8") for part in parts)
    lines = (line.strip() for line in whole.splitlines())
    code = (line for line in lines if line and line != STRICT and not line.startswith("//"))
    return STRICT + "".join(_closed(_tighten(line)) for line in code)


def _closed(line: str) -> str:
    """Leave out the end of a line where the line cannot run into the next one."""
    return line if line.endswith(OPEN_ENDED) else line + "\n"


def _lasting(text: str) -> Response:
    response = Response(text, mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _tighten(line: str) -> str:
    """Drop spaces beside punctuation, outside strings; regular expressions are written without any."""
    pieces = STRING.split(line)
    pieces[::2] = [SPACES.sub(r"\1", piece) for piece in pieces[::2]]
    return "".join(pieces)
