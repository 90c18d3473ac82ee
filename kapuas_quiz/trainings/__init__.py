"""Elections, trainings, rosters and badges: see the views for the pages, service for what other rooms ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages to the application."""
    from kapuas_quiz.trainings import badge_views, import_views, participant_views, roster_views, views

    for module in (views, roster_views, participant_views, import_views, badge_views):
        app.register_blueprint(module.bp)
