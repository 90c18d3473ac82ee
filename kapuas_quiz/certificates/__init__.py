"""Decisions on who passes, certificates, their register, and the page on which anybody checks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages to the application."""
    # Importing a module of pages adds them to the blueprint that they share.
    from kapuas_quiz.certificates import file_views, list_views, register_views, step_views, views  # noqa: F401

    app.register_blueprint(list_views.bp)
    app.register_blueprint(register_views.bp)
