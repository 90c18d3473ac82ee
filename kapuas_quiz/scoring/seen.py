"""Forms as each person saw them: what was drawn for somebody is part of what is graded."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.items import is_drawn, seen
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.forms.service import FormItemView, FormView

BATCH = 500
Drawn = Mapping[str, Mapping[str, Any]]
"""What one person alone had of items, by position as text."""


def drawn_positions(form: FormView) -> list[int]:
    """Return the positions at which each person has an own part."""
    return [item.position for item in form.items if is_drawn(item.content)]


def seen_items(form: FormView, drawn: Drawn) -> tuple[FormItemView, ...]:
    """Return a form's items as one person saw them."""
    return tuple(
        replace(item, content=seen(item.content, drawn[str(item.position)]))
        if str(item.position) in drawn
        else item
        for item in form.items
    )


def drawn_for(session: Session, attempt_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Drawn]:
    """Return what was drawn for attempts; empty for those from before anything was."""
    wanted: Sequence[uuid.UUID] = list(attempt_ids)
    found: dict[uuid.UUID, Drawn] = {}
    for start in range(0, len(wanted), BATCH):
        query = select(Attempt.id, Attempt.presentation).where(Attempt.id.in_(wanted[start : start + BATCH]))
        for attempt_id, presentation in session.execute(query):
            found[attempt_id] = presentation.get("drawn", {})
    return found
