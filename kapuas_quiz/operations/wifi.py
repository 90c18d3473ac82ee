"""The Wi-Fi of the room: its name and password, written down once, and the QR by which a phone joins it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.operations.models import Note

NOTE = "wifi"
SPECIAL = re.compile(r'([\\;,:"])')


@dataclass(frozen=True)
class Wifi:
    """A network with a WPA password, both in printable ASCII."""

    name: str
    password: str

    @property
    def joining(self) -> str:
        """Write the text of a QR that cameras of phones understand as "join this Wi-Fi"."""
        name, password = (SPECIAL.sub(r"\\\1", text) for text in (self.name, self.password))
        return f"WIFI:T:WPA;S:{name};P:{password};;"


def wifi_of(session: Session) -> Wifi | None:
    """Return the Wi-Fi of the room, None while nobody has written it down."""
    note = session.get(Note, NOTE)
    return Wifi(**json.loads(note.value)) if note else None


def keep_wifi(session: Session, *, wifi: Wifi, actor: Actor, now: datetime) -> None:
    """Write the Wi-Fi down; the trail names the network and never its password."""
    session.merge(Note(name=NOTE, value=json.dumps(asdict(wifi)), at=now))
    record(session, at=now, actor=actor, action="wifi.tulis", subject="instalasi", detail={"nama": wifi.name})
    session.commit()
