"""A short way for the phones' usual requests; everything else goes the long way, through Flask.

See docs/decisions/0030.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from flask import Flask, Response

from kapuas_quiz.database import write_intent
from kapuas_quiz.delivery.phone_api import HANDLERS, LARGEST_BODY, Handler, refused
from kapuas_quiz.delivery.refusals import Refusal
from kapuas_quiz.web.compression import SMALLEST
from kapuas_quiz.web.language import COOKIE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]


class Counter:
    """Answer the phones' requests without what they do not use: cookies, sessions, hooks."""

    def __init__(self, app: Flask, longer: WSGIApplication) -> None:
        self.app = app
        self.longer = longer
        self._headers = cache(self._headers_as_flask_sets_them)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; what is not usual about it is not judged here."""
        handler = HANDLERS.get(environ.get("PATH_INFO", ""))
        if handler is None or not _is_usual(environ):
            return self.longer(environ, start_response)
        try:
            body = self._answer(handler, environ)
        except Exception as error:  # noqa: BLE001 - Flask's own handlers find the words
            return self._failure(environ, error)(environ, start_response)
        headers = list(self._headers(environ["wsgi.url_scheme"]))
        if len(body) >= SMALLEST and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = gzip.compress(body, compresslevel=6, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, handler: Handler, environ: WSGIEnvironment) -> bytes:
        raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        write_intent.set(True)
        with self.app.app_context():
            return handler(raw).encode()

    def _failure(self, environ: WSGIEnvironment, error: Exception) -> Response:
        with self.app.request_context(environ):
            found = refused(error) if isinstance(error, Refusal) else self.app.handle_user_exception(error)
            return self.app.process_response(self.app.make_response(found))

    def _headers_as_flask_sets_them(self, scheme: str) -> Headers:
        with self.app.test_request_context("/t/jurnal", base_url=f"{scheme}://localhost", method="POST"):
            response = self.app.process_response(Response("{}", mimetype="application/json"))
        return [(name, value) for name, value in response.headers if name != "Content-Length"]


def _is_usual(environ: WSGIEnvironment) -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE") == "application/json"
        and not environ.get("QUERY_STRING")
        and COOKIE not in environ.get("HTTP_COOKIE", "")
        and length.isdecimal()
        and int(length) <= LARGEST_BODY
    )
