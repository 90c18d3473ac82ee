"""An answer sheet on paper: its places to fill, what may stand in them, and the answers that it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kapuas_quiz.core.items.base import LONGEST_FIELD, Answer

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = "123456789"
"""The keys of a number pad that stand for A, B, C ... where letters are asked for."""
BLANK = ("", "0", "-")
CHOSEN = "1"
Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Slot:
    """One place on the sheet, such as "7" or "7.2", of the item at a position.

    field: the answer's field that it fills, None where it is the whole answer; a beginning where `many`.
    marks: what may be written there, and the value that it stands for; empty where words are written.
    many: several marks may stand together.
    """

    position: int
    label: str
    field: str | None
    marks: Mapping[str, str]
    many: bool = False

    @property
    def one_key(self) -> bool:
        """Tell whether a single key fills it."""
        return bool(self.marks) and not self.many and all(len(mark) == 1 for mark in self.marks)


def slots_of(items: Sequence[tuple[int, Shown]]) -> tuple[Slot, ...]:
    """Return the places for items as presented, with their positions, in order."""
    return tuple(slot for position, shown in items for slot in _slots(position, str(position), "", shown))


def _slots(position: int, label: str, prefix: str, shown: Shown) -> Iterator[Slot]:
    if shown["type"] == "case":
        for number, part in enumerate(shown["parts"], 1):
            yield from _slots(position, f"{label}.{number}", f"{prefix}{part['id']}.", part)
        return
    for end, field, marks, many in _PLACES[shown["type"]](shown):
        name = f"{prefix}{field}" if field else (prefix if many else prefix.removesuffix(".")) or None
        yield Slot(position, f"{label}{end}", name, marks, many)


Place = tuple[str, str, Mapping[str, str], bool]


def _lettered(options: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {letter: option["id"] for letter, option in zip(LETTERS, options, strict=False)}


def _choice(shown: Shown) -> Iterator[Place]:
    yield "", "", _lettered(shown["options"]), False


def _several(shown: Shown) -> Iterator[Place]:
    yield "", "", _lettered(shown["options"]), True


def _ranks(shown: Shown) -> Iterator[Place]:
    marks = {str(rank): str(rank) for rank in range(1, len(shown["steps"]) + 1)}
    for letter, step in zip(LETTERS, shown["steps"], strict=False):
        yield letter, step["id"], marks, False


def _partners(shown: Shown) -> Iterator[Place]:
    for number, row in enumerate(shown["rows"], 1):
        yield f".{number}", row["id"], _lettered(shown["options"]), False


def _verdicts(shown: Shown) -> Iterator[Place]:
    for row in shown["rows"]:
        yield f".{row['name']}", row["name"], _lettered(shown["choices"]), False


def _text(shown: Shown) -> Iterator[Place]:
    yield "", shown["field"], {}, False


def _cells(shown: Shown) -> Iterator[Place]:
    cells = numbered_cells(shown)
    if shown["task"] == "isi":
        yield from ((f".{number}", cell, {}, False) for number, cell in cells.items())
    else:
        yield ".1", "baris", cells, False
        yield ".2", "angka", {}, False


_PLACES: dict[str, Callable[[Shown], Iterator[Place]]] = {
    "single_choice": _choice,
    "multiple_response": _several,
    "ordering": _ranks,
    "matching": _partners,
    "ballot_stack": _verdicts,
    "number": _text,
    "short_text": _text,
    "result_form": _cells,
}


def numbered_cells(shown: Shown) -> dict[str, str]:
    """Return the cells of a result form that can be answered, by the number printed in them."""
    cells = [cell for table in shown["tables"] for line in table["lines"] for cell in line["cells"]]
    asked = [cell["id"] for cell in cells if shown["task"] == "periksa" or cell["text"] is None]
    return {str(number): cell for number, cell in enumerate(asked, 1)}


def read_sheet(slots: Sequence[Slot], typed: Mapping[str, str]) -> tuple[dict[int, Answer], tuple[str, ...]]:
    """Return the answer at every position, None for a blank one, and the labels that cannot be read.

    typed: what stands in the places, by label.
    """
    fields: dict[int, dict[str, str]] = {slot.position: {} for slot in slots}
    answers: dict[int, Answer] = dict.fromkeys(fields)
    faults = []
    for slot in slots:
        marks = marks_in(slot, typed.get(slot.label, ""))
        if marks is None:
            faults.append(slot.label)
        elif marks and slot.field is None and not slot.many:
            answers[slot.position] = slot.marks[marks[0]]
        elif marks:
            fields[slot.position] |= _filled(slot, marks)
    return answers | {position: found for position, found in fields.items() if found}, tuple(faults)


def _filled(slot: Slot, marks: Sequence[str]) -> dict[str, str]:
    field = slot.field or ""
    if slot.many:
        return {f"{field}{slot.marks[mark]}": CHOSEN for mark in marks}
    return {field: slot.marks[marks[0]] if slot.marks else marks[0]}


def marks_in(slot: Slot, text: str) -> tuple[str, ...] | None:
    """Return what is written in a place, () for nothing, None for what may not stand there."""
    text = text.strip()
    if not slot.marks:
        return None if len(text) > LONGEST_FIELD else () if text in ("", "-") else (text,)
    if text in BLANK:
        return ()
    folded = text.upper()
    if slot.one_key and folded not in slot.marks and folded in NUMBERS:
        folded = LETTERS[NUMBERS.index(folded)]
    found = sorted(set(folded) - set(" ,;")) if slot.many else [folded]
    return tuple(found) if all(mark in slot.marks for mark in found) else None


def written(slot: Slot, answer: Answer) -> str:
    """Return what somebody would have written into a place to give an answer."""
    if slot.field is None and not slot.many:
        return next((mark for mark, value in slot.marks.items() if value == answer), "")
    fields = answer if isinstance(answer, dict) else {}
    field = slot.field or ""
    if slot.many:
        return "".join(mark for mark, value in slot.marks.items() if f"{field}{value}" in fields)
    given = fields.get(field, "")
    return next((mark for mark, value in slot.marks.items() if value == given), "") if slot.marks else given


@dataclass(frozen=True)
class Tally:
    """What stands on a sheet, to be read back: how often each letter, how many others, how many blank."""

    letters: Mapping[str, int]
    others: int
    blank: int

    def __str__(self) -> str:
        said = [f"{letter}{count}" for letter, count in sorted(self.letters.items())]
        return " ".join([*said, f"lain {self.others}", f"kosong {self.blank}"])


def tally(slots: Sequence[Slot], typed: Mapping[str, str]) -> Tally:
    """Count what stands in the places of a sheet."""
    found = [(slot, marks_in(slot, typed.get(slot.label, "")) or ()) for slot in slots]
    letters = Counter(mark for slot, marks in found if slot.marks for mark in marks if mark in LETTERS)
    blank = sum(not marks for _, marks in found)
    others = sum(bool(marks) and not (slot.marks and marks[0] in LETTERS) for slot, marks in found)
    return Tally(letters, others, blank)
