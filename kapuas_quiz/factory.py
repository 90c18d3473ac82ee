"""Assemble the application: wiring only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kapuas_quiz import (
    accounts,
    banks,
    certificates,
    delivery,
    forms,
    operations,
    oversight,
    reporting,
    scoring,
    trainings,
)
from kapuas_quiz.accounts.sessions import install_user_loader
from kapuas_quiz.cli import register_commands
from kapuas_quiz.database import prepare_engine
from kapuas_quiz.extensions import babel, csrf, db, limiter, login_manager, migrate
from kapuas_quiz.settings import ROOT, Settings, load_settings
from kapuas_quiz.web import (
    access,
    assets,
    compression,
    errors,
    field_words,
    filters,
    headers,
    language,
    pages,
)

MAX_UPLOAD = 5 * 1024 * 1024
ROOMS = (
    accounts,
    trainings,
    banks,
    forms,
    delivery,
    scoring,
    reporting,
    certificates,
    oversight,
    operations,
)


def utc_now() -> datetime:
    """Return the moment by the machine's clock."""
    return datetime.now(UTC)


def create_app(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = utc_now, testing: bool = False
) -> Flask:
    """Return a configured application."""
    settings = settings or load_settings()
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(
        SETTINGS=settings,
        CLOCK=clock,
        TESTING=testing,
        SECRET_KEY=settings.secrets.cookie,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=MAX_UPLOAD,
        SESSION_COOKIE_NAME="kapuas",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=14),
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="id",
        BABEL_DEFAULT_TIMEZONE="Asia/Pontianak",
        RATELIMIT_HEADERS_ENABLED=False,
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _wire(app)
    return app


def _wire(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    migrate.init_app(app, db, directory=str(ROOT / "kapuas_quiz" / "migrations"))
    babel.init_app(app, locale_selector=language.select)
    # Not init_app: its remember-me hook reads the session, so that every answer would vary by cookie.
    app.login_manager = login_manager  # type: ignore[attr-defined]
    install_user_loader(login_manager)
    access.guard(app)
    csrf.init_app(app)
    limiter.init_app(app)
    for part in (assets, filters, field_words, headers, compression, errors, pages):
        part.install(app)
    for room in ROOMS:
        room.install(app)
    register_commands(app)
