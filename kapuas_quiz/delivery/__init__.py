"""See views for the pages and service for what this room can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages to the application."""
    from kapuas_quiz.delivery import (  # noqa: F401 - these modules add their views
        act_pages,
        board_pages,
        client,
        handed_pages,
        paper_pages,
        paper_sheet_pages,
        paper_undo_pages,
        person_pages,
        phone_api,
        pin_pages,
        plain_pages,
        receipt_pages,
        trainee_pages,
    )
    from kapuas_quiz.delivery.commands import receipts_group
    from kapuas_quiz.delivery.counter import Counter
    from kapuas_quiz.delivery.views import bp

    app.register_blueprint(bp)
    app.cli.add_command(receipts_group)
    client.install(app)
    app.wsgi_app = Counter(app, app.wsgi_app)  # type: ignore[method-assign]
