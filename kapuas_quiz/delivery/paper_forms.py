"""Booklets and answer sheets: a frozen form on paper, the same for everybody who holds that booklet."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy.orm import Session

from kapuas_quiz.core.assignment import Label
from kapuas_quiz.core.items import present, seen
from kapuas_quiz.core.paper import Shown, Slot, numbered_cells, slots_of
from kapuas_quiz.core.presentation import booklet_seed, present_booklet
from kapuas_quiz.delivery.paper_text import nodes_of, printable
from kapuas_quiz.delivery.sheet import own
from kapuas_quiz.forms.service import FormView, assessments_of, form_of, forms_of
from kapuas_quiz.trainings.badges import dates_words
from kapuas_quiz.trainings.service import training_view
from kapuas_quiz.web.typesetting import typeset

HERE = Path(__file__).resolve().parent
BOOKLETS = ("A1", "B1", "A2", "B2")
"""Two versions of each form, so that neighbours may hold different ones."""
MOST_BUBBLES = 6
TESTS = {"pre": "Tes awal (pre-test)", "post": "Tes akhir (post-test)"}


class NoSuchBooklet(Exception):
    """No booklet has this name, or the training has no such test."""


@dataclass(frozen=True)
class Booklet:
    """A form as everybody sees it who holds the booklet of this name, such as "A1"."""

    name: str
    seed: int
    form: FormView
    presentation: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        """Return the beginning of the form's fingerprint, as it stands on every page."""
        return self.form.fingerprint[:12]

    @property
    def items(self) -> list[tuple[int, Shown]]:
        """Return the items as printed, with their positions."""
        order = self.presentation["options"]
        return [
            (n, present(seen(item.content, own(self.presentation, n)), order[str(n)]))
            for item in self.form.items
            for n in (item.position,)
        ]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Return the places of the answer sheet."""
        return slots_of(self.items)


def booklet_of(session: Session, *, training_id: uuid.UUID, name: str) -> Booklet:
    """Return a booklet of a training.

    Raises NoSuchBooklet.
    """
    form_id = forms_of(session, training_id).get(cast(Label, name[:1])) if name in BOOKLETS else None
    if form_id is None:
        raise NoSuchBooklet(name)
    form = form_of(session, form_id)
    seed = booklet_seed(form.fingerprint, int(name[1:]))
    return Booklet(name, seed, form, present_booklet(form.items, seed))


def booklet_pdf(
    session: Session, *, training_id: uuid.UUID, kind: str, name: str, demo: bool, now: datetime
) -> bytes:
    """Typeset the questions of a booklet; it holds no key and no points.

    Raises NoSuchBooklet, UnknownTrainingError.
    """
    booklet, head = _head(session, training_id, kind, name, demo)
    items = [_printed(position, shown) for position, shown in booklet.items]
    return typeset(HERE / "paper_booklet.typ", {**head, "items": items}, now=now)


def answer_sheet_pdf(
    session: Session, *, training_id: uuid.UUID, kind: str, name: str, demo: bool, now: datetime
) -> bytes:
    """Typeset the answer sheet of a booklet.

    Raises NoSuchBooklet, UnknownTrainingError.
    """
    booklet, head = _head(session, training_id, kind, name, demo)
    rows = [list(group) for group in _by_position(booklet.slots)]
    return typeset(HERE / "paper_answers.typ", {**head, "rows": rows}, now=now)


def _head(
    session: Session, training_id: uuid.UUID, kind: str, name: str, demo: bool
) -> tuple[Booklet, dict[str, Any]]:
    training = training_view(session, training_id)
    booklet = booklet_of(session, training_id=training_id, name=name)
    minutes = {one.kind: one.minutes for one in assessments_of(session, training_id)}
    if kind not in minutes:
        raise NoSuchBooklet(kind)
    return booklet, {
        "test": TESTS[kind],
        "training": training.title,
        "dates": dates_words(training.starts_on, training.ends_on),
        "minutes": minutes[kind],
        "booklet": name,
        "form": name[0],
        "fingerprint": booklet.fingerprint,
        "seed": str(booklet.seed),
        "verified": booklet.form.verified,
        "n_items": len(booklet.form.items),
        "demo": demo,
    }


def _printed(position: int, shown: Shown) -> dict[str, Any]:
    """Return an item with its stem taken apart, and pictures in our font."""
    item = {**shown, "n": position, "stem": nodes_of(shown["stem"])}
    if shown["type"] == "case":
        item["parts"] = [_printed(position, part) for part in shown["parts"]]
    if shown["type"] == "ballot_stack":
        item["rows"] = [{**row, "picture": printable(row["picture"])} for row in shown["rows"]]
    if shown["type"] == "result_form":
        item["numbers"] = {cell: number for number, cell in numbered_cells(shown).items()}
    return item


def _by_position(slots: Sequence[Slot]) -> Iterator[list[dict[str, Any]]]:
    for position in dict.fromkeys(slot.position for slot in slots):
        yield [
            {
                "label": slot.label,
                "marks": list(slot.marks),
                "many": slot.many,
                "one_key": slot.one_key,
                "bubbles": slot.many or (slot.one_key and len(slot.marks) <= MOST_BUBBLES),
            }
            for slot in slots
            if slot.position == position
        ]
