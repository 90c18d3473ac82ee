"""Operating an installation: the start page, checks, backups, and how it is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Add this room's pages and commands to the application."""
    from kapuas_quiz.operations import commands, probe_views, spare_views, tenure, views, wifi_views

    app.register_blueprint(views.bp)
    app.register_blueprint(wifi_views.bp)
    app.register_blueprint(spare_views.bp)
    if app.config["SETTINGS"].probes:
        app.register_blueprint(probe_views.bp)
    app.config["EPOCH"] = tenure.stored_epoch(tenure.database_file(app.config["SETTINGS"].database_url))
    app.config["PHONE_ADDRESS"] = views.phone_address
    app.cli.add_command(commands.backup)
