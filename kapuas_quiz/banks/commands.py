"""`flask --app app bank ...`: check bank files, and load them."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from kapuas_quiz.banks import service
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.web.context import now, session, settings

bank = AppGroup("bank", help="Bank soal: periksa dan muat.")


@bank.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Print every fault of the bank files at PATHS (files or folders), as file:line: fault.

    Without PATHS, the installation's own banks. Ends with status 1 if there is a fault.
    """
    faults = service.check(*(paths or (settings().banks,)))
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo(f"{len(faults)} galat.", err=True)
        raise SystemExit(1)
    click.echo("Semua berkas bank soal dapat dimuat.")


@bank.command("load")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
def load(folder: Path | None) -> None:
    """Load the bank files of FOLDER (default: the installation's own) into the database."""
    report = service.load_banks(session(), folder=folder or settings().banks, actor=SYSTEM, now=now())
    for file in report.files:
        done = file.changes
        click.echo(
            f"{file.name}: {file.n_items} soal, {len(done.added)} baru, "
            f"{len(done.changed)} berubah, {len(done.removed)} ditarik, {len(file.faults)} galat"
        )
    for fault in report.faults:
        click.echo(fault, err=True)
    if report.faults:
        raise SystemExit(1)
