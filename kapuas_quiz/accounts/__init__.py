"""Staff: signing in, sessions, invitations and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages and commands to the application."""
    from kapuas_quiz.accounts import commands, staff_views, views

    app.register_blueprint(views.bp)
    app.register_blueprint(staff_views.bp)
    app.cli.add_command(commands.staff_group)
