"""Bank files read and reviewed together: what stops, what an author should mend or give a reason for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kapuas_quiz.banks.files import Fault, Reading, bank_paths, fault_at, read_banks
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.core.lint import Batch, Remark, lint, view
from kapuas_quiz.core.registers import Registers

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class CheckReport:
    """Errors stop; warnings ask for a repair or a reason; waived ones have one."""

    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    n_waived: int


def check_banks(*places: Path) -> CheckReport:
    """Read the bank files at the given files or folders and review those that can be loaded.

    Other files of their folders are read, too, because items are compared with theirs; what is wrong
    with those is not reported.
    """
    asked = [path for place in places for path in bank_paths(place)]
    around = {path for folder in {path.parent for path in asked} for path in bank_paths(folder)}
    registers = load_registers()
    readings = read_banks(sorted(around.union(asked)), registers)
    mine = [reading for reading in readings if reading.path in asked]
    spoken = [(fault, remark) for fault, remark in _remarks(readings, registers) if Path(fault.file) in asked]
    open_ones = [(fault, remark) for fault, remark in spoken if remark.waived is None]
    return CheckReport(
        errors=(
            *(fault for reading in mine for fault in reading.faults),
            *(fault for fault, remark in open_ones if remark.rule.severity == "galat"),
        ),
        warnings=tuple(fault for fault, remark in open_ones if remark.rule.severity == "peringatan"),
        n_waived=len(spoken) - len(open_ones),
    )


def remarks_on(path: Path, item_id: str) -> list[tuple[KeyPath, str]]:
    """Return what should be mended about one item of a file, with paths in it; compared within the file."""
    registers = load_registers()
    (reading,) = read_banks([path], registers)
    ids = [item.id for item in reading.bank.items] if reading.bank else []
    if item_id not in ids:
        return []
    own = ("items", ids.index(item_id))
    return [
        (remark.place.path[2:], remark.message)
        for _, remark in _spoken([reading], registers, complete=False)
        if remark.place.path[:2] == own and remark.waived is None
    ]


def _remarks(readings: Sequence[Reading], registers: Registers) -> Iterator[tuple[Fault, Remark]]:
    complete = all(reading.bank for reading in readings)
    for reading, remark in _spoken(readings, registers, complete=complete):
        message = f"{remark.message} [{remark.rule.id}]"
        if reading.document:
            yield fault_at(reading.path, reading.document, remark.place.path, message), remark


def _spoken(
    readings: Sequence[Reading], registers: Registers, *, complete: bool
) -> Iterator[tuple[Reading, Remark]]:
    good = [reading for reading in readings if reading.bank]
    views = [
        view(index, reading.bank.competency, reading.bank.items, reading.bank.waive)
        for index, reading in enumerate(good)
        if reading.bank
    ]
    banks = [reading.bank for reading in good if reading.bank]
    weights = {name: seen["bytes"] for bank in banks for name, seen in bank.pictures.items()}
    batch = Batch(views, registers.facts, registers.instruments, weights)
    for remark in lint(batch, complete=complete):
        yield good[remark.place.bank], remark
