"""Commands that need a prepared installation say so in words."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from kapuas_quiz.extensions import db
from kapuas_quiz.web.context import settings


def refuse_unprepared() -> None:
    """End the command where nothing was prepared; nothing is created.

    Raises ClickException that says what to run first.
    """
    if settings().prepared and _has_tables():
        return
    raise click.ClickException(
        f"kapuas_quiz di {settings().data} belum disiapkan, atau basis datanya tidak dapat dibuka. "
        "Tidak ada yang diubah. Jalankan python3 app.py satu kali, lalu ulangi perintah ini. "
        "Untuk data contoh: python3 app.py demo, lalu flask --app app:demo."
    )


def _has_tables() -> bool:
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    try:
        return inspect(db.engine).has_table("staff")
    except SQLAlchemyError:
        return False
