"""Load bank files, and offer items and their wordings to other rooms."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.files import Fault, Reading, bank_paths, read_banks
from kapuas_quiz.banks.models import BankFile, Item, ItemRevision
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.revisions import Changes, settle_kept_items, store_items, withdraw_items
from kapuas_quiz.core.grounds import rests_on_forbidden
from kapuas_quiz.core.roles import Actor


@dataclass(frozen=True)
class FileReport:
    """What loading did with one file; with faults, its last good items stay in use."""

    name: str
    n_items: int
    changes: Changes
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class LoadReport:
    """What loading did with a folder of banks."""

    files: tuple[FileReport, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return the faults of all files."""
        return tuple(fault for file in self.files for fault in file.faults)


FAMILIES = {"ballot": "surat-suara", "ballot_stack": "surat-suara", "result_form": "formulir-hasil"}
"""What items of a type ask people to do; questions in words are one family."""


@dataclass(frozen=True)
class UsableItem:
    """An item that forms may draw, with its current revision; `family` as in `FAMILIES`.

    picture_bytes: 0 without a picture.
    """

    item_id: str
    revision_id: uuid.UUID
    digest: str
    area: str
    level: str
    facts: frozenset[str]
    approved: bool
    family: str
    picture_bytes: int


def check(*places: Path, pictures: Path | None = None) -> list[Fault]:
    """Return every fault of the bank files at the given files or folders; nothing is stored.

    pictures: the folder of their pictures, if that is not each file's own.
    """
    paths = [path for place in places for path in bank_paths(place)]
    return [fault for reading in read_banks(paths, load_registers(), pictures) for fault in reading.faults]


def load_banks(session: Session, *, folder: Path, actor: Actor, now: datetime) -> LoadReport:
    """Bring the stored items in line with a folder of bank files; loading again changes nothing.

    A file with faults keeps its last good items. Items that a good file no longer has are taken out
    of use; so are those of a file that is gone.
    """
    readings = read_banks(bank_paths(folder), load_registers())
    reports = [_load_file(session, reading, actor, now) for reading in readings]
    gone = select(BankFile).where(BankFile.name.not_in([reading.name for reading in readings]))
    for file in session.scalars(gone):
        file.faults = None
        changes = Changes(removed=withdraw_items(session, file.name, keep=(), now=now))
        if changes:
            _note(session, FileReport(file.name, 0, changes, ()), actor, now)
    session.commit()
    return LoadReport(tuple(reports))


def _load_file(session: Session, reading: Reading, actor: Actor, now: datetime) -> FileReport:
    file = session.get(BankFile, reading.name)
    faults = "\n".join(f"{fault.line}: {fault.message}" for fault in reading.faults) or None
    if file is None:
        stem = reading.path.stem
        file = BankFile(name=reading.name, competency=stem, title=stem, digest="", loaded_at=now)
        session.add(file)
        session.flush()
    faults_changed = file.faults != faults
    file.faults = faults
    changes, n_items = Changes(), 0
    if reading.bank:
        n_items = len(reading.bank.items)
        changes = store_items(session, reading.name, reading.bank, now)
        if file.digest != reading.digest:
            file.title, file.digest, file.loaded_at = reading.bank.title, reading.digest, now
    else:
        settle_kept_items(session, reading.name)
    report = FileReport(reading.name, n_items, changes, reading.faults)
    if faults_changed or changes:
        _note(session, report, actor, now)
    return report


def _note(session: Session, report: FileReport, actor: Actor, now: datetime) -> None:
    detail = {**report.changes.as_detail(), "galat": [fault.line for fault in report.faults]}
    record(session, at=now, actor=actor, action="bank.muat", subject=report.name, detail=detail)


def usable_items(session: Session, *, lock: bool = False) -> list[UsableItem]:
    """Return the items that forms may draw, by id: ready for review or approved, and not for practice only.

    Nor items on a fact that has been forbidden since their file was last good.

    lock: hold their revisions until the caller's transaction ends, so that loading cannot edit a
    wording while a form is being frozen around it.
    """
    query = (
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.removed_at.is_(None), Item.review.in_(("siap-ditelaah", "disetujui")))
        .order_by(Item.id)
    )
    rows = session.execute(query.with_for_update(of=ItemRevision) if lock else query)
    return [
        UsableItem(
            item_id=item.id,
            revision_id=revision.id,
            digest=revision.digest,
            area=item.competency,
            level=item.level,
            facts=frozenset(revision.content["facts"]),
            approved=item.review == "disetujui",
            family=FAMILIES.get(revision.content["type"], ""),
            picture_bytes=revision.content.get("picture", {}).get("bytes", 0),
        )
        for item, revision in rows
        if not revision.content.get("practice_only", False)
        and not rests_on_forbidden(revision.content, load_facts())
    ]


def mark_used(session: Session, *, revision_ids: Collection[uuid.UUID], now: datetime) -> None:
    """Freeze wordings from now on: a later edit makes a new revision. No commit."""
    session.execute(
        update(ItemRevision)
        .where(ItemRevision.id.in_(revision_ids), ItemRevision.used_at.is_(None))
        .values(used_at=now)
    )


def area_titles(session: Session) -> dict[str, str]:
    """Return the title of each area that has a bank file, by area, in order of the files' names."""
    rows = session.execute(select(BankFile.competency, BankFile.title).order_by(BankFile.name))
    return {key: value for key, value in rows}
