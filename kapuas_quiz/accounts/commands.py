"""Rescue from the command line when nobody can sign in."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from kapuas_quiz.accounts import invitations
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.web.context import now, session, settings
from kapuas_quiz.web.prepared import refuse_unprepared

staff_group = AppGroup("staff", help="Petugas: tautan sekali pakai bila tidak ada yang dapat masuk.")


@staff_group.command("invite")
@click.argument("email", required=False)
def invite(email: str | None) -> None:
    """Print a one-time link: for EMAIL, or for the first operator when there is none yet."""
    refuse_unprepared()
    token = _token(email) if email else invitations.first_invitation(session(), now=now())
    if token is None:
        raise click.ClickException("Sudah ada operator. Tulis surelnya: flask --app app staff invite SUREL")
    address = settings().address or ""
    base = address if address.startswith("https://") else f"http://localhost:{settings().port}"
    click.echo(f"{base.rstrip('/')}/undangan/{token}")


def _token(email: str) -> str:
    staff_id = invitations.staff_id_of(session(), email=email)
    if staff_id is None:
        raise click.ClickException(f"Tidak ada petugas dengan surel {email}.")
    try:
        return invitations.invite_again(session(), staff_id=staff_id, actor=SYSTEM, now=now())
    except invitations.AccountClosedError:
        raise click.ClickException("Akun ini ditutup. Minta operator lain membukanya dahulu.") from None
