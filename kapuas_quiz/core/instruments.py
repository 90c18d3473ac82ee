"""Instruments of law that items may cite: how they are named, and whether they were in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

ELECTION_DAY = date(2024, 11, 27)
"""The day whose law the banks are about: the vote of Pilkada 2024 (PKPU 2/2024, fact F001)."""


@dataclass(frozen=True)
class Instrument:
    """One entry of the register; dates that are not known are None."""

    id: str
    kind: str
    number: str
    year: int
    title: str
    in_force_from: date | None
    in_force_to: date | None
    amended_by: tuple[str, ...]
    note: str

    def in_force(self, day: date) -> bool:
        """Tell whether nothing that is known speaks against its being in force on a day."""
        if self.year > day.year or (self.in_force_from and self.in_force_from > day):
            return False
        return not (self.in_force_to and self.in_force_to < day)


def named(instrument: str, register: Mapping[str, Instrument]) -> str:
    """Name an instrument with the instruments that amended it; an unknown id stays as it is."""
    amended_by = register[instrument].amended_by if instrument in register else ()
    if not amended_by:
        return instrument
    *first, last = amended_by
    joined = f"{', '.join(first)}{',' if len(first) > 1 else ''} dan {last}" if first else last
    return f"{instrument} sebagaimana diubah dengan {joined}"


def instrument_faults(
    instrument: str, register: Mapping[str, Instrument], day: date = ELECTION_DAY
) -> Iterator[str]:
    """Yield what is wrong with citing an instrument for the law of a day, and how to repair it."""
    if not instrument:
        return
    if instrument not in register:
        yield (
            f"peraturan '{instrument}' tidak ada dalam daftar peraturan; tulis id yang ada di sana, "
            "tanpa 'sebagaimana diubah'."
        )
    elif not register[instrument].in_force(day):
        yield (
            f"peraturan '{instrument}' tidak berlaku pada {day:%d-%m-%Y}; "
            "rujuk peraturan yang berlaku pada hari itu, atau kosongkan citation."
        )


def unknown_amendments(register: Mapping[str, Instrument]) -> list[tuple[str, str]]:
    """Return (instrument, id it claims to be amended by) where the register has no such id."""
    return [
        (entry.id, name) for entry in register.values() for name in entry.amended_by if name not in register
    ]
