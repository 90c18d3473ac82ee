"""Make an installation ready: schema, banks, demo data, set-up link, and what to tell about it."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from flask_migrate import upgrade

from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.extensions import db
from kapuas_quiz.operations import demo
from kapuas_quiz.operations.console import Report
from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.operations.schema import is_current
from kapuas_quiz.operations.setup import renew_setup_link
from kapuas_quiz.operations.spare_state import read_attached
from kapuas_quiz.operations.spare_words import NAME as SPARE
from kapuas_quiz.operations.start import start_page
from kapuas_quiz.settings import ROOT, Settings


def prepare(app: Flask, settings: Settings, *, now: datetime) -> Report:
    """Bring everything up to date, inside an application context, and report.

    How an attached spare stands is left to who copies, which has not begun yet.
    Raises NewerDatabaseError, BackupError or OperationalError; the database is then as it was.
    """
    if settings.demo:
        demo.discard_unfinished(db.engine, settings=settings)
    migrations = ROOT / "kapuas_quiz" / "migrations"
    if not is_current(db.engine, migrations=migrations, data=settings.data, now=now):
        upgrade()
    session = db.session()
    try:
        load_banks(session, folder=settings.banks, actor=SYSTEM, now=now)
        if settings.demo:
            demo.fill(session, settings=settings, now=now)
        path = renew_setup_link(session, data=settings.data, now=now)
        page = start_page(session, settings=settings, present=local_addresses(settings.host), now=now)
    finally:
        db.session.remove()
        db.engine.dispose()
    laptop = f"http://localhost:{settings.port}"
    if settings.https and settings.address:
        laptop = settings.address.rstrip("/")
    link = laptop + path if path else None
    checks = [one for one in page.checks if one.name != SPARE or read_attached(settings.data) is None]
    return Report(laptop=laptop, addresses=page.addresses, setup_link=link, checks=checks, demo=settings.demo)
