"""`flask --app app receipts ...`: walk the chains of receipts."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.receipts import broken_chains, n_linked
from kapuas_quiz.web.context import secrets, session
from kapuas_quiz.web.prepared import refuse_unprepared

receipts_group = AppGroup("receipts", help="Kode bukti: periksa semua rantai catatan jawaban.")


@receipts_group.command("check")
def check() -> None:
    """Follow the chain of every attempt and name those that are not whole; status 1 if there is one."""
    refuse_unprepared()
    broken = list(broken_chains(session(), secrets().derive(RECEIPTS)))
    for one in broken:
        click.echo(f"{one.name} ({one.attempt_id}): tidak cocok mulai catatan ke-{one.number}", err=True)
    if broken:
        raise SystemExit(1)
    click.echo(f"Semua rantai utuh: {n_linked(session())} catatan.")
