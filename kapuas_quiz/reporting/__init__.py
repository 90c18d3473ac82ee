"""See views for the pages and service for what this room can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages and commands to the application."""
    from kapuas_quiz.reporting import bank_views, export_views, trainee_views  # noqa: F401 - add views
    from kapuas_quiz.reporting.analyse.commands import analyse
    from kapuas_quiz.reporting.views import bp

    app.cli.add_command(analyse)
    app.register_blueprint(bp)
