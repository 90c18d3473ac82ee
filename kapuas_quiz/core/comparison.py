"""Compare the rows of a roster with who is enrolled, and with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from kapuas_quiz.core.names import are_alike, name_key
from kapuas_quiz.core.participants import ANGGOTA, Draft, Participant
from kapuas_quiz.core.questions import LEAVE_OUT, Choice, Question, Reason
from kapuas_quiz.core.tables import Row

ADD, UPDATE, KEEP = "tambah", "perbarui", "tetap"
NEW, SAME = "baru", "sama:"


@dataclass(frozen=True)
class Known:
    """Somebody who is enrolled in this training already."""

    id: str
    participant: Participant
    withdrawn: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the preview; a ready one has an action, and changes as {field: (before, after)}."""

    row: Row
    participant: Participant | None = None
    action: str = ""
    known: Known | None = None
    changes: Mapping[str, tuple[str, str]] | None = None
    reasons: tuple[Reason, ...] = ()
    questions: tuple[Question, ...] = ()
    beside: tuple[Participant, ...] = ()

    def merged(self) -> Participant:
        """Return the enrolled person with the changes of this row."""
        if self.known is None:
            raise ValueError("only a row of somebody who is enrolled has changes")
        after = {name: new for name, (_, new) in (self.changes or {}).items()}
        return replace(self.known.participant, **after)


def changes_between(before: Participant, after: Participant) -> dict[str, tuple[str, str]]:
    """Return the fields that differ; an empty decree or note does not erase what is known."""
    old, new = values_of(before), values_of(after)
    return {
        name: (old[name], new[name])
        for name in old
        if old[name] != new[name] and (new[name] or name not in ("decree", "note"))
    }


def twins_of(participant: Participant, known: Iterable[Known]) -> tuple[Known, ...]:
    """Return who may be the same person: the same or nearly the same name in the same body and place."""
    key = name_key(participant.name)
    return tuple(
        one
        for one in known
        if seat_of(one.participant) == seat_of(participant) and are_alike(key, name_key(one.participant.name))
    )


def values_of(participant: Participant) -> dict[str, str]:
    """Return everything about a participant by field."""
    return {item.name: getattr(participant, item.name) for item in fields(participant)}


def seat_of(participant: Participant) -> tuple[str, str, str]:
    """Return the committee that somebody belongs to."""
    return participant.body, participant.kecamatan, participant.desa


class Comparison:
    """Compare drafts with who is enrolled and with each other; an exact match is never taken twice."""

    def __init__(self, known: Sequence[Known], answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.by_id = {one.id: one for one in known}
        self.by_seat: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for one in known:
            self.by_seat[seat_of(one.participant)].append(one)
            self.by_name[name_key(one.participant.name), one.participant.kecamatan].append(one)
        self.exact: dict[str, Known] = {}
        self.taken: set[str] = set()
        self.above: dict[tuple[str, str, str], list[Participant]] = defaultdict(list)

    def lines(self, drafts: Sequence[Draft]) -> list[Line]:
        """Return a line for each draft, in order; exact matches are given away first."""
        for draft in drafts:
            self._take_exact(draft)
        return [self._line(draft) for draft in drafts]

    def _take_exact(self, draft: Draft) -> None:
        """Let a row have whom it names exactly; of several namesakes the one in the same position."""
        person = draft.participant
        if person is None:
            return
        key = name_key(person.name)
        namesakes = [
            one for one in self._free(self.by_seat[seat_of(person)]) if name_key(one.participant.name) == key
        ]
        if namesakes:
            best = min(
                namesakes, key=lambda one: (one.withdrawn, one.participant.position != person.position)
            )
            self.exact[draft.row.id] = best
            self.taken.add(best.id)

    def _line(self, draft: Draft) -> Line:
        if draft.participant is None:
            reasons = draft.refusals + tuple(question.reason for question in draft.questions)
            return Line(draft.row, reasons=reasons, questions=draft.questions)
        line = self._identified(draft.row, draft.participant)
        if line.participant:
            self.above[seat_of(draft.participant)].append(draft.participant)
        return line

    def _identified(self, row: Row, participant: Participant) -> Line:
        exact = self.exact.get(row.id)
        if exact and not exact.withdrawn:
            return _ready(row, participant, exact)
        answer = self.answers.get(f"{row.id}|orang")
        if answer == "":
            return Line(row)
        if answer == NEW:
            return _ready(row, participant, None)
        chosen = self.by_id.get(answer.removeprefix(SAME)) if answer else None
        if chosen and (chosen is exact or chosen.id not in self.taken):
            self.taken.add(chosen.id)
            return _ready(row, participant, chosen)
        return self._doubt(row, participant, exact) or _ready(row, participant, None)

    def _doubt(self, row: Row, participant: Participant, exact: Known | None) -> Line | None:
        if exact:
            return _ask(row, participant, "pernah-dikeluarkan", [exact], new=False)
        key, seat = name_key(participant.name), seat_of(participant)
        above = [one for one in self.above[seat] if are_alike(key, name_key(one.name))]
        if above:
            return replace(_ask(row, participant, "kembar-di-berkas", []), beside=tuple(above))
        near = self._free(twins_of(participant, self.by_seat[seat]))
        if near:
            return _ask(row, participant, "nama-mirip", near)
        moved = self._free(self.by_name[key, participant.kecamatan])
        return _ask(row, participant, "mungkin-pindah", moved) if moved else None

    def _free(self, candidates: Iterable[Known]) -> list[Known]:
        return [one for one in candidates if one.id not in self.taken]


def _ask(row: Row, participant: Participant, code: str, near: Sequence[Known], *, new: bool = True) -> Line:
    reason = Reason(code, row.address("name"), {"nama": participant.name})
    choices = [Choice(f"{SAME}{one.id}", "orang-sama", {"nama": one.participant.name}) for one in near]
    choices += [Choice(NEW, "orang-baru", {"nama": participant.name})] if new else []
    question = Question(f"{row.id}|orang", reason, (*choices, LEAVE_OUT))
    beside = tuple(one.participant for one in near)
    return Line(row, participant, reasons=(reason,), questions=(question,), beside=beside)


def _ready(row: Row, participant: Participant, known: Known | None) -> Line:
    if known is None:
        return Line(row, participant, ADD)
    if participant.kind == ANGGOTA and not row.text("kind").strip():
        participant = replace(participant, kind=known.participant.kind)
    changes = changes_between(known.participant, participant)
    action = UPDATE if changes or known.withdrawn else KEEP
    return Line(row, participant, action, known, changes)
