"""Security headers of every answer."""

from __future__ import annotations

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

from kapuas_quiz.web.context import settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class CookieOfTheChannel(SecureCookieSessionInterface):
    """Over HTTPS the session's cookie is never sent in clear."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether the cookie of this answer is marked Secure."""
        return request.is_secure


def install(app: Flask) -> None:
    """Set the headers after each request; a view may set Cache-Control itself."""
    app.session_interface = CookieOfTheChannel()
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
    if request.is_secure and settings().has_https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
