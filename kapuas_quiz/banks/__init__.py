"""See views for the pages and service for what this room can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages and commands to the application."""
    from kapuas_quiz.banks import fact_views, review_views, rule_views  # noqa: F401
    from kapuas_quiz.banks.commands import bank
    from kapuas_quiz.banks.editor_views import bp as editor
    from kapuas_quiz.banks.import_views import bp as imports
    from kapuas_quiz.banks.tryout_views import bp as tryout
    from kapuas_quiz.banks.views import bp

    app.cli.add_command(bank)
    app.register_blueprint(bp)
    app.register_blueprint(editor)
    app.register_blueprint(tryout)
    app.register_blueprint(imports)
