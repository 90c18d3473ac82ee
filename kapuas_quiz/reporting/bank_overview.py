"""The whole bank at a glance: what there is, what it is enough for, and what answers speak against."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.catalogue import items_ever_used
from kapuas_quiz.banks.models import Item
from kapuas_quiz.banks.service import area_titles, usable_items
from kapuas_quiz.core.assembly import Cell, Supply, cells, supply
from kapuas_quiz.core.content_spec import DEFAULT, ContentSpecification
from kapuas_quiz.core.item_quality import Quality, Sat, quality
from kapuas_quiz.core.scoring import grade_answers
from kapuas_quiz.forms.models import ContentSpec
from kapuas_quiz.forms.reading import candidate
from kapuas_quiz.scoring.attempts import counted_attempts
from kapuas_quiz.scoring.seen import BATCH
from kapuas_quiz.scoring.service import answered
from kapuas_quiz.trainings.models import Training
from kapuas_quiz.trainings.service import full_name


@dataclass(frozen=True)
class AreaLine:
    """One area: items by (level, review state), and the ids of those that no form ever held."""

    area: str
    title: str
    counts: Mapping[tuple[str, str], int]
    unused: tuple[str, ...]


@dataclass(frozen=True)
class SpecificationLine:
    """What the bank is enough for under one specification; `training` is empty for the default one."""

    training: str
    n_items: int
    all_items: Supply
    approved: Supply


@dataclass(frozen=True)
class DoubtfulItem:
    """An item whose present wording its answers speak against, over every training."""

    id: str
    quality: Quality


@dataclass(frozen=True)
class BankOverview:
    """The bank's areas in order, every specification, and items in doubt, the weakest first."""

    areas: tuple[AreaLine, ...]
    specifications: tuple[SpecificationLine, ...]
    doubtful: tuple[DoubtfulItem, ...]
    n_judged: int


def bank_overview(session: Session, *, now: datetime) -> BankOverview:
    """Return the whole bank at a glance."""
    found = _qualities(session, now)
    present = session.execute(select(Item.current_revision_id, Item.id))
    doubtful = [
        DoubtfulItem(item_id, found[wording])
        for wording, item_id in present
        if wording in found and found[wording].remarks
    ]
    return BankOverview(
        areas=_areas(session),
        specifications=_specifications(session),
        doubtful=tuple(sorted(doubtful, key=lambda one: (one.quality.item_rest or 0, one.id))),
        n_judged=len(found),
    )


def _areas(session: Session) -> tuple[AreaLine, ...]:
    present = select(Item.competency, Item.level, Item.review, func.count()).where(Item.removed_at.is_(None))
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for area, level, review, count in session.execute(
        present.group_by(Item.competency, Item.level, Item.review)
    ):
        counts[area][level, review] = count
    unused = select(Item.competency, Item.id).where(Item.id.not_in(items_ever_used()))
    waiting: dict[str, list[str]] = defaultdict(list)
    for area, item_id in session.execute(unused.where(Item.removed_at.is_(None)).order_by(Item.id)):
        waiting[area].append(item_id)
    titles = area_titles(session)
    return tuple(
        AreaLine(area, titles[area], counts[area], tuple(waiting[area])) for area in titles if counts[area]
    )


def _specifications(session: Session) -> tuple[SpecificationLine, ...]:
    stock = [candidate(item) for item in usable_items(session)]
    rows = session.execute(
        select(ContentSpec.competencies, Training.name, Training.wave)
        .join(Training, Training.id == ContentSpec.training_id)
        .order_by(Training.starts_on, Training.id)
    )
    known = [
        (full_name(name, wave), ContentSpecification.model_validate({"competencies": competencies}))
        for competencies, name, wave in rows
    ]
    return tuple(_line(name, spec, cells(stock, spec)) for name, spec in [("", DEFAULT), *known])


def _line(training: str, spec: ContentSpecification, found: list[Cell]) -> SpecificationLine:
    return SpecificationLine(training, spec.n_items, supply(found), supply(found, approved=True))


def _qualities(session: Session, now: datetime) -> dict[uuid.UUID, Quality]:
    """Return the quality of each wording that somebody met, by revision; an omitted item counts 0."""
    groups: dict[uuid.UUID, dict[tuple[uuid.UUID, str], Sat]] = defaultdict(lambda: defaultdict(Sat))
    attempts = counted_attempts(session, now=now)
    for start in range(0, len(attempts), BATCH):
        batch = attempts[start : start + BATCH]
        given = answered(session, batch)
        for attempt in batch:
            items, answers = given[attempt.id]
            points = {at: point or 0.0 for at, point in grade_answers(items, answers).items()}
            total = sum(points.values())
            for item in items:
                group = groups[item.revision_id][attempt.form_id, attempt.kind]
                group.points.append(points[item.position])
                group.totals.append(total)
    return {wording: found for wording, sat in groups.items() if (found := quality(sat.values()))}
