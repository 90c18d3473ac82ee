"""Answer every failure with a page in words, or with JSON for a phone's script."""

from __future__ import annotations

import errno
import logging
import re
import traceback

from flask import Flask, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InternalError, OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kapuas_quiz.extensions import db
from kapuas_quiz.web import error_words
from kapuas_quiz.web.error_words import Words
from kapuas_quiz.web.resend import KeptForm, keep

log = logging.getLogger("kapuas_quiz")

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
TOKEN_LIKE = re.compile(r"[\w-]{20,}")
SECONDS = {429: 60, 503: 5}
"""After how long it is worth trying again."""


def install(app: Flask) -> None:
    """Take over from Flask's own error pages."""
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(OperationalError, _storage)
    app.register_error_handler(InternalError, _storage)
    app.register_error_handler(TimeoutError, _storage)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _unknown)


def _known(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    if error.description == "laptop":
        return _answer(error.code, error_words.LAPTOP)
    kept = keep() if error.code == 401 else None
    response = _answer(
        error.code, error_words.SESSION_OVER if kept else error_words.words_for(error.code), kept
    )
    if methods := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(methods))
    return response


def _stale(error: CSRFError) -> Response:
    kept = keep()
    return _answer(400, error_words.STALE_BUT_KEPT if kept else error_words.STALE, kept)


def _storage(error: Exception) -> Response:
    log.error("storage failed at %s: %s", request.endpoint, describe(getattr(error, "orig", None) or error))
    return _failed(503, error_words.STORAGE)


def _unstorable(error: DataError) -> Response:
    log.warning("a value that cannot be stored at %s: %s", request.endpoint, type(error.orig).__name__)
    return _failed(400, error_words.UNREADABLE)


def _unknown(error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return _storage(error)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected failure at %s\n%s%s", request.endpoint, frames, describe(error))
    return _failed(500, error_words.BROKEN)


def describe(error: BaseException) -> str:
    """Name an error for the log without what it may quote: values of rows, tokens of addresses."""
    name = type(error).__name__
    if isinstance(error, SQLAlchemyError):
        return name
    first_line = str(error).partition("\n")[0]
    return f"{name}: {TOKEN_LIKE.sub('…', first_line)}"


def _failed(code: int, words: Words) -> Response:
    """Answer without asking the database again who is there."""
    g.storage_failed = True
    db.session.rollback()
    return _answer(code, words)


def _answer(code: int, words: Words, kept: KeptForm | None = None) -> Response:
    title, advice = (str(word) for word in words)
    if request.path.startswith("/t/"):
        response = jsonify(galat=title, saran=advice)
    else:
        page = render_template("errors/error.html", title=title, advice=advice, code=code, kept=kept)
        response = make_response(page)
    response.status_code = code
    if code in SECONDS:
        response.headers["Retry-After"] = str(SECONDS[code])
    return response
