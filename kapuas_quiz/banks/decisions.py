"""What reviewers decided about wordings: read for pages, and taken with who, when and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.authorship import made_wording
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.models import Item, ItemReview, ItemRevision
from kapuas_quiz.core.grounds import reviewed_digest
from kapuas_quiz.core.review import Decided, Decision, effective_state, open_decisions
from kapuas_quiz.core.roles import Actor

AUDIT_ACTIONS = {
    Decision.APPROVE: "soal.setujui",
    Decision.SEND_BACK: "soal.kembalikan",
    Decision.WITHDRAW: "soal.tarik",
    Decision.REOPEN: "soal.telaah-ulang",
    Decision.AMEND: "soal.hukum-berubah",
}


class DecisionNotOpenError(Exception):
    """In the state that the item is in, this cannot be decided."""


class WordingChangedError(Exception):
    """The wording or the level is no longer the one that the reviewer saw."""


class OwnWordingError(Exception):
    """Who made a wording does not approve it."""


class ReasonMissingError(Exception):
    """Everything but an approval needs words."""


@dataclass(frozen=True)
class DecisionLine:
    """A decision in an item's history; `current` tells whether it is about today's wording and level."""

    decision: Decision
    comment: str
    by_name: str
    at: datetime
    current: bool


def decided_about(session: Session, item_ids: Collection[str]) -> Mapping[str, list[Decided]]:
    """Return the decisions about each of the items, oldest first."""
    rows = session.scalars(
        select(ItemReview).where(ItemReview.item_id.in_(item_ids)).order_by(ItemReview.number)
    )
    decided: dict[str, list[Decided]] = {name: [] for name in item_ids}
    for row in rows:
        decided[row.item_id].append(Decided(Decision(row.decision), row.digest, row.level))
    return decided


def decision_lines(session: Session, item: Item, revision: ItemRevision) -> tuple[DecisionLine, ...]:
    """Return the decisions about an item, newest first.

    revision: the item's wording of now.
    """
    digest = reviewed(revision)
    rows = session.scalars(
        select(ItemReview).where(ItemReview.item_id == item.id).order_by(ItemReview.number.desc())
    )
    return tuple(
        DecisionLine(
            decision=Decision(row.decision),
            comment=row.comment,
            by_name=row.by_name,
            at=row.at,
            current=(row.digest, row.level) == (digest, item.level),
        )
        for row in rows
    )


def decide(
    session: Session,
    *,
    item_id: str,
    seen: str,
    decision: Decision,
    comment: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a decision about the wording that the reviewer saw, and let its state follow.

    seen: `wording_mark` of the page.
    Raises WordingChangedError, DecisionNotOpenError, OwnWordingError, ReasonMissingError.
    """
    item, revision = _locked(session, item_id)
    if seen != wording_mark(reviewed(revision), item.level):
        raise WordingChangedError(item_id)
    _refuse(session, item, revision, decision, comment, actor)
    take(session, item, revision, decision, comment=comment, actor=actor, now=now)
    session.commit()


def take(
    session: Session,
    item: Item,
    revision: ItemRevision,
    decision: Decision,
    *,
    comment: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down a decision about an item's wording of now, and let its state follow. No commit."""
    digest = reviewed(revision)
    decided = decided_about(session, [item.id])[item.id]
    row = ItemReview(
        item_id=item.id,
        number=len(decided) + 1,
        digest=digest,
        level=item.level,
        decision=decision.value,
        comment=comment,
        by_id=actor.id,
        by_name=actor.name,
        at=now,
    )
    session.add(row)
    decided.append(Decided(decision, digest, item.level))
    item.review = effective_state(item.written, digest, item.level, decided)
    record(
        session,
        at=now,
        actor=actor,
        action=AUDIT_ACTIONS[decision],
        subject=item.id,
        detail={"revisi": revision.number, "sidik": revision.digest, "jenjang": item.level},
        reason=comment or None,
    )


def reviewed(revision: ItemRevision) -> str:
    """Return the digest of what a reviewer decides about: a wording with the facts under it as of now."""
    return reviewed_digest(revision.digest, revision.content, load_facts())


def wording_mark(digest: str, level: str) -> str:
    """Name what is reviewed at a level, as a page carries it to the decision about it.

    digest: `reviewed` of the wording.
    """
    return f"{digest}.{level}"


def _locked(session: Session, item_id: str) -> tuple[Item, ItemRevision]:
    """Return an item with its wording, which nobody else changes until the transaction ends.

    The wording is locked first, as loading does.
    """
    revision = session.scalars(
        select(ItemRevision)
        .join(Item, Item.current_revision_id == ItemRevision.id)
        .where(Item.id == item_id)
        .with_for_update(of=ItemRevision)
    ).one_or_none()
    item = session.get(Item, item_id, populate_existing=True, with_for_update=True)
    if item is None or revision is None or item.removed_at or item.current_revision_id != revision.id:
        raise WordingChangedError(item_id)
    return item, revision


def _refuse(
    session: Session, item: Item, revision: ItemRevision, decision: Decision, comment: str, actor: Actor
) -> None:
    if decision not in open_decisions(item.written, item.review):
        raise DecisionNotOpenError(item.review)
    if decision is Decision.APPROVE:
        if made_wording(session, revision, actor):
            raise OwnWordingError(item.id)
    elif not comment:
        raise ReasonMissingError(decision)
