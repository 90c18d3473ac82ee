"""Pages of this room for staff: the sittings of a training, and what is done to one."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app

bp = Blueprint("delivery", __name__)


def sender() -> Flask:
    """Return the application, in whose name signals are sent."""
    return current_app._get_current_object()  # type: ignore[attr-defined]
