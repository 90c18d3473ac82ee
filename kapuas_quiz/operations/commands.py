"""Operating this installation from the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.operations.backup import BackupError, make_backup
from kapuas_quiz.web.context import now, session, settings
from kapuas_quiz.web.prepared import refuse_unprepared

WORDS = {
    "ruang": "Ruang penyimpanan tidak cukup.",
    "rusak": "Salinan yang dibuat tidak terbaca dan sudah dibuang; cadangan lama tetap ada.",
    "pg_dump": "Program pg_dump tidak ada di komputer ini, atau lebih lama daripada server PostgreSQL.",
    "gagal": "Penyalinan gagal; coba sekali lagi.",
}


@click.command("backup")
@with_appcontext
def backup() -> None:
    """Buat satu cadangan yang sudah diperiksa di folder data/cadangan."""
    refuse_unprepared()
    try:
        made = make_backup(session(), data=settings().data, actor=SYSTEM, now=now())
    except BackupError as problem:
        raise click.ClickException(f"Cadangan belum dibuat. {WORDS[problem.code]}") from problem
    click.echo(f"Cadangan {made.name} dibuat dan sudah diperiksa ({made.size} byte).")
