"""The one-time link by which the first operator comes in."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kapuas_quiz.accounts.invitations import InvitationOverError, find_invitation, first_invitation

PAGE = "/undangan/"


def renew_setup_link(session: Session, *, data: Path, now: datetime) -> str | None:
    """Return a fresh path on this server for the first operator; None once there is one.

    The token is kept in the data folder, so that the start page shows what the console printed.
    """
    kept = _file(data)
    kept.unlink(missing_ok=True)
    token = first_invitation(session, now=now)
    if token is None:
        return None
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(token)
    return PAGE + token


def setup_link(session: Session, *, data: Path, now: datetime) -> str | None:
    """Return the path that the console printed; None once it was used or has expired."""
    try:
        token = _file(data).read_text(encoding="ascii")
        find_invitation(session, token=token, now=now)
    except (FileNotFoundError, InvitationOverError):
        return None
    return PAGE + token


def _file(data: Path) -> Path:
    return data / "penyiapan"
