"""Oversight: the audit trail and its check, and figures without names for those who supervise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages to the application."""
    from kapuas_quiz.oversight import amendment_views  # noqa: F401 - its views join the blueprint
    from kapuas_quiz.oversight.views import bp

    app.register_blueprint(bp)
