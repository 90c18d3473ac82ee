"""What an event was about, in words; trainees are never named."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff
from kapuas_quiz.certificates.models import Decision, DecisionList
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.trainings.models import Enrolment, Training


@dataclass(frozen=True)
class Label:
    """A thing in words; `kind` is kegiatan, petugas, peserta, sesi, daftar, keputusan or empty."""

    kind: str
    words: str


def labels_of(session: Session, texts: Iterable[str]) -> dict[str, Label]:
    """Return a label for each text that is the id of something we know."""
    ids = {found for text in texts if (found := _as_id(text)) is not None}
    if not ids:
        return {}
    return {
        str(row.id): Label(kind, " ".join(str(part) for part in row[1:] if part not in (None, "")))
        for kind, query in _queries(ids).items()
        for row in session.execute(query)
    }


def _queries(ids: set[uuid.UUID]) -> dict[str, Select[*tuple[object, ...]]]:
    training = (Training.name, Training.wave)
    queries: dict[str, Select[*tuple[object, ...]]] = {
        "kegiatan": select(Training.id, *training).where(Training.id.in_(ids)),
        "petugas": select(Staff.id, Staff.name).where(Staff.id.in_(ids)),
        "peserta": select(Enrolment.id, *training)
        .select_from(Enrolment)
        .join(Training, Training.id == Enrolment.training_id)
        .where(Enrolment.id.in_(ids)),
        "sesi": select(Sitting.id, Sitting.room, *training)
        .select_from(Sitting)
        .join(Assessment, Assessment.id == Sitting.assessment_id)
        .join(Training, Training.id == Assessment.training_id)
        .where(Sitting.id.in_(ids)),
        "daftar": select(DecisionList.id, DecisionList.number, *training)
        .select_from(DecisionList)
        .join(Training, Training.id == DecisionList.training_id)
        .where(DecisionList.id.in_(ids)),
        "keputusan": select(Decision.id, DecisionList.number, *training)
        .select_from(Decision)
        .join(DecisionList, DecisionList.id == Decision.list_id)
        .join(Training, Training.id == DecisionList.training_id)
        .where(Decision.id.in_(ids)),
    }
    return queries


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
