"""Command groups of the rooms, registered on `flask --app app`."""

from __future__ import annotations

from flask import Flask


def register_commands(app: Flask) -> None:
    """Add every command group to the application."""
