"""Compress text for phones on slow networks."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 400
TEXT = ("text/", "application/json", "image/svg+xml", "application/javascript")


def install(app: Flask) -> None:
    """Compress each sizeable text answer when the browser takes gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not (response.mimetype or "").startswith(TEXT) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if "gzip" not in request.accept_encodings or response.status_code == 304:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
