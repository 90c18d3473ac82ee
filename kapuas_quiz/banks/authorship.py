"""Who made a wording in the web: what the audit trail keeps of it, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.blocks import Block
from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.banks.pictures import load_picture
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.core.bank import content_digest, revision_content
from kapuas_quiz.core.items import ITEM_TYPES
from kapuas_quiz.core.items.base import LABELS
from kapuas_quiz.core.roles import Actor

Data = Mapping[str, Any]

WRITTEN = "soal.tulis"
"""The act in the audit trail by which somebody wrote an item in the web."""

MADE = "isi"
"""In the detail of that act, the digest of the wording that it made; absent if only labels changed."""


def made_wording(session: Session, revision: ItemRevision, actor: Actor) -> bool:
    """Tell whether somebody, by the audit trail, made this very wording in the web.

    Who then wrote only level, state or note made none; a wording from the file alone has no known author.
    """
    acts = session.scalars(
        select(AuditEvent.detail).where(
            AuditEvent.action == WRITTEN,
            AuditEvent.subject == revision.item_id,
            AuditEvent.actor == actor.id,
        )
    )
    return any(detail and detail.get(MADE) == revision.digest for detail in acts)


def marks_of(folder: Path, before: Block | None, after: Block | None) -> dict[str, str]:
    """Return what tells an item's new lines, and its wording where this act made it; '' when it is gone."""
    if after is None:
        return {"sidik": ""}
    if before and _wording(before.data) == _wording(after.data):
        return {"sidik": after.digest}
    return {"sidik": after.digest, MADE: _wording_digest(folder, after.data)}


def _wording(data: Data) -> Data:
    return {name: value for name, value in data.items() if name not in LABELS}


def _wording_digest(folder: Path, data: Data) -> str:
    """Return the digest that the revision of a good item gets."""
    source = ITEM_TYPES[data["type"]].source.model_validate(data)
    named = source.picture
    picture = load_picture(folder, named.file, named.alt) if named else None
    return content_digest(revision_content(source, load_registers(), picture))
