"""Store a content specification, assemble and freeze forms from it, set the minutes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.service import UsableItem, mark_used, usable_items
from kapuas_quiz.core.assembly import Place, assemble
from kapuas_quiz.core.assignment import Label
from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.content_spec import ContentSpecification
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec, FormItem
from kapuas_quiz.forms.reading import candidate, count_given, training_of
from kapuas_quiz.forms.service import assessments_of, spec_of

KINDS = ("pre", "post")
PRESET_MINUTES = 25
MOST_PICTURE_BYTES = 60 * 1024
"""In one form: forty phones that start together then fetch 2.4 MB, seconds of a small access point."""


class SpecificationMissing(Exception):
    """Forms can only be assembled from a stored content specification."""


class AlreadyGiven(Exception):
    """Somebody already has a form of this training, so what the forms hold cannot change any more."""


class FormsTooHeavy(Exception):
    """The pictures of a form weigh more than `MOST_PICTURE_BYTES`; `weights` in bytes by label."""

    def __init__(self, weights: Mapping[Label, int]) -> None:
        super().__init__(str(weights))
        self.weights = weights


def save_specification(
    session: Session, *, training_id: uuid.UUID, spec: ContentSpecification, actor: Actor, now: datetime
) -> None:
    """Store a training's specification; forms assembled from another one are discarded.

    Raises TrainingNotFound, AlreadyGiven.
    """
    training_of(session, training_id)
    rows = spec.model_dump(mode="json")["competencies"]
    digest = fingerprint(rows)
    stored = _locked_spec(session, training_id)
    if stored is not None and stored.fingerprint == digest:
        session.commit()
        return
    if count_given(session, training_id):
        raise AlreadyGiven(str(training_id))
    if stored is None:
        session.add(
            ContentSpec(training_id=training_id, competencies=rows, fingerprint=digest, updated_at=now)
        )
    else:
        _discard_forms(session, stored.id)
        stored.competencies, stored.fingerprint, stored.updated_at = rows, digest, now
    detail = {"sidik": digest, "soal": spec.n_items}
    record(session, at=now, actor=actor, action="kisi-kisi.simpan", subject=str(training_id), detail=detail)
    session.commit()


def assemble_forms(
    session: Session, *, training_id: uuid.UUID, seed: int, allowance: str = "", actor: Actor, now: datetime
) -> None:
    """Assemble and freeze forms A and B of a training, in place of earlier ones nobody was given.

    The first time, the pre-test and the post-test are made too, 25 minutes each.
    seed: 0 .. 2**31 - 1; the same banks, specification and seed give the same forms.
    allowance: why items may be drawn that no law officer approved; empty draws approved ones alone.
    Raises SpecificationMissing, AlreadyGiven, CellsTooSmall, FormsTooHeavy.
    """
    stored = _locked_spec(session, training_id)
    spec = spec_of(session, training_id)
    if stored is None or spec is None:
        raise SpecificationMissing(str(training_id))
    if count_given(session, training_id):
        raise AlreadyGiven(str(training_id))
    usable = usable_items(session, lock=True)
    stock = {item.item_id: item for item in usable if item.approved or allowance}
    drawn = assemble([candidate(item) for item in stock.values()], spec, seed)
    chosen = {label: [stock[place.candidate.item_id] for place in places] for label, places in drawn.items()}
    _refuse_heavy(chosen)
    _discard_forms(session, stored.id)
    digests = {}
    for label, places in drawn.items():
        items = chosen[label]
        digests[label] = _store_form(session, stored.id, label, places, items, seed, allowance, now)
    _make_assessments(session, training_id, now)
    record(
        session,
        at=now,
        actor=actor,
        action="paket.susun",
        subject=str(training_id),
        detail={"benih": seed, "sidik": digests},
        reason=allowance or None,
    )
    session.commit()


def set_minutes(
    session: Session, *, training_id: uuid.UUID, minutes: Mapping[str, int], actor: Actor, now: datetime
) -> None:
    """Set how long the pre-test and the post-test last, for whoever has not started yet.

    minutes: 1..300 by kind.  Raises SpecificationMissing when there are no assessments yet.
    """
    rows = session.scalars(select(Assessment).where(Assessment.training_id == training_id)).all()
    if not rows:
        raise SpecificationMissing(str(training_id))
    before = {row.kind: row.minutes for row in rows}
    for row in rows:
        row.minutes = minutes.get(row.kind, row.minutes)
    detail: dict[str, Any] = {"dari": before, "menjadi": {row.kind: row.minutes for row in rows}}
    if detail["dari"] != detail["menjadi"]:
        record(session, at=now, actor=actor, action="tes.menit", subject=str(training_id), detail=detail)
    session.commit()


def _refuse_heavy(chosen: Mapping[Label, Sequence[UsableItem]]) -> None:
    weights = {label: sum(item.picture_bytes for item in items) for label, items in chosen.items()}
    if max(weights.values()) > MOST_PICTURE_BYTES:
        raise FormsTooHeavy(weights)


def _locked_spec(session: Session, training_id: uuid.UUID) -> ContentSpec | None:
    return session.scalar(select(ContentSpec).where(ContentSpec.training_id == training_id).with_for_update())


def _discard_forms(session: Session, spec_id: uuid.UUID) -> None:
    old = select(AssessmentForm.id).where(AssessmentForm.content_spec_id == spec_id)
    session.execute(delete(FormItem).where(FormItem.form_id.in_(old)))
    session.execute(delete(AssessmentForm).where(AssessmentForm.content_spec_id == spec_id))


def _store_form(
    session: Session,
    spec_id: uuid.UUID,
    label: str,
    places: Sequence[Place],
    items: Sequence[UsableItem],
    seed: int,
    allowance: str,
    now: datetime,
) -> str:
    verified = all(item.approved for item in items)
    digest = fingerprint(
        [
            [place.position, place.competency, item.level, item.digest]
            for place, item in zip(places, items, strict=True)
        ]
    )
    form = AssessmentForm(
        content_spec_id=spec_id,
        label=label,
        seed=seed,
        fingerprint=digest,
        verified=int(verified),
        allowance="" if verified else allowance,
        frozen_at=now,
    )
    session.add(form)
    session.flush()
    session.add_all(
        FormItem(
            form_id=form.id,
            position=place.position,
            revision_id=place.candidate.revision_id,
            competency=place.competency,
            level=place.candidate.level,
        )
        for place in places
    )
    mark_used(session, revision_ids=[place.candidate.revision_id for place in places], now=now)
    session.flush()
    return digest


def _make_assessments(session: Session, training_id: uuid.UUID, now: datetime) -> None:
    known = {view.kind for view in assessments_of(session, training_id)}
    session.add_all(
        Assessment(training_id=training_id, kind=kind, minutes=PRESET_MINUTES, created_at=now)
        for kind in KINDS
        if kind not in known
    )
