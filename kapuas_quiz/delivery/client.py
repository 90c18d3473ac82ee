"""The phone's scripts and style: their parts in one file each, so that a phone on a slow network asks once.

The second script is for forms with questions that have fields; other forms never ask for it. The third one
is for what comes late, the hand-in without network above all; a phone asks for it after its first question
is shown. The style is those sections of app.css that a trainee's pages need.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, url_for
from flask_babel import force_locale

from kapuas_quiz.delivery.short_script import with_short_names
from kapuas_quiz.web.access import public
from kapuas_quiz.web.language import select

STATIC = Path(__file__).resolve().parent.parent / "static"
FOLDER = STATIC / "phone"
PARTS = ("page", "question", "draw", "clock", "store", "aids", "wire", "news", "journal", "exam", "door")
FIELD_PARTS = ("rank", "fields")
HAND_IN_PARTS = (
    *("serah/hmac", "serah/qr", "serah/symbol", "serah/code", "serah/entries", "serah/hand_in"),
    *("results", "ending", "extra", "worker"),
)
SECTIONS = ("", "phone", "narrow")
FIELD_SECTIONS = ("tally", "fields")
SECTION = re.compile(r"^/\* ([a-z]+) \*/\n", re.MULTILINE)
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
    app.jinja_env.globals["hand_in_script"] = late_address
    app.jinja_env.globals["phone_style"] = lambda: _address("looks", style(SECTIONS))
    app.jinja_env.globals["fields_style"] = lambda: _address("field_looks", style(FIELD_SECTIONS))


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
    """Send the third script with its screens; an outdated address gets the present one."""
    return _lasting(late(select()))


@bp.get("/hp-<fingerprint>.css")
@public("the phone's style")
def looks(fingerprint: str) -> Response:
    """Send the style; an outdated address gets the present one."""
    return _lasting(style(SECTIONS), "text/css")


@bp.get("/hp-isian-<fingerprint>.css")
@public("the phone's style for questions with fields")
def field_looks(fingerprint: str) -> Response:
    """Send the second style; an outdated address gets the present one."""
    return _lasting(style(FIELD_SECTIONS), "text/css")


def address(view: str, parts: tuple[str, ...]) -> str:
    """Return the address of a script, with a fingerprint of its content."""
    return _address(view, source(parts))


def late_address(language: str) -> str:
    """Return the address of the third script, whose screens are in one language."""
    return _address("hand_in", late(language)) + ("" if language == "id" else f"?bahasa={language}")


def late(language: str) -> str:
    """Return the third script, and the screens that it brings."""
    kept: dict[str, str] = current_app.extensions.setdefault("kapuas_late", {})
    if language not in kept:
        template = current_app.jinja_env.get_template("delivery/shell_late.html")
        with force_locale(language):
            screens = re.sub(r"\n\s*", "\n", template.render())
        kept[language] = source(HAND_IN_PARTS) + f"Kapuas.late({json.dumps(screens, ensure_ascii=False)});"
    return kept[language]


def _address(view: str, content: str) -> str:
    return url_for(f"client.{view}", fingerprint=hashlib.sha256(content.encode()).hexdigest()[:10])


@cache
def style(names: tuple[str, ...]) -> str:
    """Return sections of the stylesheet; the first one has no name."""
    first, *rest = SECTION.split((STATIC / "app.css").read_text("utf-8"))
    sections = {"": first, **dict(zip(rest[::2], rest[1::2], strict=True))}
    return "".join(sections[name] for name in names)


@cache
def source(parts: tuple[str, ...]) -> str:
    """Join parts, without comments, spaces that mean nothing, and long names of locals."""
    return STRICT + "".join(_short((FOLDER / f"{part}.js").read_text("utf-8")) for part in parts)


def _short(written: str) -> str:
    lines = (line.strip() for line in written.splitlines())
    code = "\n".join(line for line in lines if line and line != STRICT and not line.startswith("//"))
    return "".join(_closed(_tighten(line)) for line in with_short_names(code).splitlines())


def _closed(line: str) -> str:
    """Leave out the end of a line where the line cannot run into the next one."""
    return line if line.endswith(OPEN_ENDED) else line + "\n"


def _lasting(text: str, mimetype: str = "text/javascript") -> Response:
    response = Response(text, mimetype=mimetype)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _tighten(line: str) -> str:
    """Drop spaces beside punctuation, outside strings; regular expressions are written without any."""
    pieces = STRING.split(line)
    pieces[::2] = [SPACES.sub(r"\1", piece) for piece in pieces[::2]]
    return "".join(pieces)
