"""One item with its key, for staff: freely once it is released, on the record before."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.instruments import explain
from kapuas_quiz.core.content_spec import Competency
from kapuas_quiz.core.items import Explanation, grade, is_drawn, present, say, seen
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.reporting.items import Answers, answers_given, item_line, planned_forms, planned_spec
from kapuas_quiz.reporting.releases import shut_items
from kapuas_quiz.trainings.service import TrainingView, training_view

MOST_ANSWERS = 8


class ItemNotHereError(Exception):
    """No form of this training holds this item."""


@dataclass(frozen=True)
class OpenedOption:
    """One option, or one answer in words, and how many gave it; `rationale` where the author wrote one.

    partial: the answer earns a part of the point.
    """

    text: str
    is_key: bool
    n: int
    rationale: str
    partial: bool = False


@dataclass(frozen=True)
class OpenedItem:
    """An item with its key, for staff; counts are over both tests of the training.

    in_words: people did not choose among the `options`, these are the most frequent answers in words.
    """

    training: TrainingView
    item_id: str
    form_label: str
    position: int
    competency: Competency
    level: str
    stem_html: str
    options: tuple[OpenedOption, ...]
    n: int
    omitted: int
    explanation: Explanation
    in_words: bool

    @property
    def misconception(self) -> OpenedOption | None:
        """Return the option that attracted most people and earns nothing, None when nobody chose one."""
        wrong = [option for option in self.options if not (option.is_key or option.partial) and option.n]
        return max(wrong, key=lambda option: option.n, default=None)


def released_item(
    session: Session, *, training_id: uuid.UUID, item_id: str, now: datetime
) -> OpenedItem | None:
    """Return an item that nobody can be asked any more; None while it must stay shut.

    Raises UnknownTrainingError, NothingPlannedError, ItemNotHereError.
    """
    opened = _opened(session, training_id, item_id, now)
    return None if shut_items(session, {item_id}) else opened


def open_item_early(
    session: Session, *, training_id: uuid.UUID, item_id: str, reason: str, actor: Actor, now: datetime
) -> OpenedItem:
    """Return an item that must stay shut for trainees, and write down who looked and why.

    Raises UnknownTrainingError, NothingPlannedError, ItemNotHereError.
    """
    opened = _opened(session, training_id, item_id, now)
    detail = {"soal": item_id, "paket": opened.form_label}
    record(
        session,
        at=now,
        actor=actor,
        action="soal.buka-dini",
        subject=str(training_id),
        detail=detail,
        reason=reason,
    )
    session.commit()
    return opened


def _opened(session: Session, training_id: uuid.UUID, item_id: str, now: datetime) -> OpenedItem:
    training, spec = training_view(session, training_id), planned_spec(session, training_id)
    places = [(f, i) for f in planned_forms(session, training_id) for i in f.items if i.item_id == item_id]
    if not places:
        raise ItemNotHereError(item_id)
    form, item = places[0]
    met, answers = answers_given(session, training_id, ("pre", "post"), now)
    given = answers.get((form.id, item.position), ())
    line = item_line(form, item, spec, met[form.id], given, False)
    explanation = explain(item.content)
    return OpenedItem(
        training=training,
        item_id=item_id,
        form_label=form.label,
        position=item.position,
        competency=line.competency,
        level=item.level,
        stem_html=present(item.content)["stem"],
        options=tuple(_options(item.content, explanation, given)),
        n=line.n,
        omitted=line.omitted,
        explanation=explanation,
        in_words=_in_words(item.content, explanation),
    )


def _in_words(content: Mapping[str, Any], explanation: Explanation) -> bool:
    return not explanation.key or is_drawn(content)


def _options(
    content: Mapping[str, Any], explanation: Explanation, answers: Answers
) -> Iterator[OpenedOption]:
    if _in_words(content, explanation):
        yield from _frequent(content, answers)
        return
    chosen = {given.answer: given.n for given in answers if isinstance(given.answer, str)}
    for option in present(content)["options"]:
        reason = explanation.option_rationales.get(option["id"], "")
        is_key = option["id"] == explanation.key
        yield OpenedOption(option["text"], is_key, chosen.get(option["id"], 0), reason)


def _frequent(content: Mapping[str, Any], answers: Answers) -> Iterator[OpenedOption]:
    """Yield the most frequent answers in words; where each saw an own item, right and wrong ones apart."""
    said: Counter[tuple[str, float]] = Counter()
    for given in answers:
        shown = seen(content, given.drawn)
        said[say(shown, given.answer), grade(shown, given.answer) or 0.0] += given.n
    for (words, points), n in said.most_common(MOST_ANSWERS):
        yield OpenedOption(words, points == 1, n, "", partial=0 < points < 1)
