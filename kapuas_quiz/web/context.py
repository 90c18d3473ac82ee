"""What a view hands to a service: the session, the actor, the moment, the settings."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from flask_login import current_user
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Actor
from kapuas_quiz.extensions import db
from kapuas_quiz.settings import Secrets, Settings


def session() -> Session:
    """Return the database session of this request."""
    return db.session()


def now() -> datetime:
    """Return the moment (aware, UTC) by the application's clock."""
    return current_app.config["CLOCK"]()


def actor() -> Actor:
    """Return the signed-in member of staff; only for views that declare staff roles."""
    return current_user.actor


def settings() -> Settings:
    """Return the settings of this installation."""
    return current_app.config["SETTINGS"]


def secrets() -> Secrets:
    """Return the derived secrets of this installation."""
    return settings().secrets
