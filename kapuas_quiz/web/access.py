"""Who may call which view: declared on the view, enforced before each request, denied when undeclared."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kapuas_quiz.core.roles import Role
from kapuas_quiz.database import write_intent

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def allow(*roles: Role) -> Callable[[View], View]:
    """Declare the staff roles that may call a view."""

    def declare(view: View) -> View:
        view.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def public(reason: str) -> Callable[[View], View]:
    """Declare a view open to anybody; the reason is for the reader."""

    def declare(view: View) -> View:
        view.allowed_roles = frozenset({None, *Role})  # type: ignore[attr-defined]
        return view

    return declare


def laptop_only(view: View) -> View:
    """Declare a view that answers on the laptop itself alone, whoever asks."""
    view.laptop_only = True  # type: ignore[attr-defined]
    return view


def private_channel(view: View) -> View:
    """Declare a view, though public, closed where a password would cross the network in clear."""
    view.private_channel = True  # type: ignore[attr-defined]
    return view


def is_private_channel() -> bool:
    """Tell whether a password would not cross the network in clear: HTTPS, or the laptop itself."""
    return request.is_secure or is_laptop()


def is_laptop() -> bool:
    """Tell whether the request comes from the machine that serves it.

    What was forwarded never does, whoever says so: the header of a proxy is also what a phone can write that
    reaches this machine beside the proxy.
    """
    if "X-Forwarded-For" in request.headers:
        return False
    return _is_loopback(request.remote_addr or "") and _is_own_name(urlsplit(request.host_url).hostname or "")


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def _is_own_name(name: str) -> bool:
    """Refuse a stranger's name that was made to point here (DNS rebinding)."""
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def guard(app: Flask) -> None:
    """Install the gate before every request."""
    app.before_request(_state_intent)
    app.before_request(_check)


def _state_intent() -> None:
    write_intent.set(request.method not in SAFE_METHODS)


def _check() -> Response | None:
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    roles: frozenset[Role | None] | None = getattr(view, "allowed_roles", None)
    if roles is None:
        abort(403)
    if getattr(view, "laptop_only", False) and not is_laptop():
        abort(403, "laptop")
    needs_private_channel = None not in roles or getattr(view, "private_channel", False)
    if needs_private_channel and not is_private_channel():
        abort(403, "laptop")
    if None in roles:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if not current_user.actor.holds(*(role for role in roles if role)):
        abort(403)
    return None


def _to_sign_in() -> Response:
    if request.method not in SAFE_METHODS:
        abort(401)
    return redirect(url_for("accounts.sign_in", berikut=request.full_path.rstrip("?")))
