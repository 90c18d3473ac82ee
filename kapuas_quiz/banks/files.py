"""Bank files on disk to banks, with every fault of every file and its line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.banks.pictures import with_pictures
from kapuas_quiz.core.bank import Bank, parse_bank
from kapuas_quiz.core.registers import Registers

LARGEST = 2 * 1024 * 1024
_ID = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, where, and how to repair it."""

    file: str
    line: int
    message: str
    where: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (f"{self.file}:{self.line}", self.where, self.message) if part)


@dataclass(frozen=True)
class Reading:
    """One file as read; `bank` is None when it has faults."""

    path: Path
    digest: str
    bank: Bank | None
    faults: tuple[Fault, ...]
    lines: Mapping[str, int]
    document: yaml_events.Document | None = None

    @property
    def name(self) -> str:
        """Return the file's name, by which the bank is known."""
        return self.path.name


def bank_paths(place: Path) -> list[Path]:
    """Return the bank files at a path: the file itself, or all *.yaml of a folder by name."""
    return sorted(place.glob("*.yaml")) if place.is_dir() else [place]


def read_banks(paths: Iterable[Path], registers: Registers, pictures: Path | None = None) -> list[Reading]:
    """Read files and compare them with each other: an item id belongs to one file only.

    pictures: the folder of their pictures, if that is not each file's own.
    """
    readings, owners = [], dict[str, str]()
    for path in paths:
        reading = read_bank(path, registers, pictures)
        twice = [
            Fault(
                str(path),
                line,
                f"id '{name}' sudah ada di {owners[name]}; satu soal di satu berkas saja.",
            )
            for name, line in reading.lines.items()
            if name in owners
        ]
        if twice:
            reading = replace(reading, bank=None, faults=(*reading.faults, *twice))
        owners.update({name: path.name for name in reading.lines if name not in owners})
        readings.append(reading)
    return readings


def read_bank(path: Path, registers: Registers, pictures: Path | None = None) -> Reading:
    """Read one file; every failure becomes a fault of it."""
    try:
        raw = _bytes_of(path)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        return _refused(path, f"berkas tidak dapat dibaca ({error.strerror}); periksa nama dan izinnya.")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return _refused(path, "bukan teks UTF-8; simpan ulang berkas sebagai UTF-8.", line)
    if len(raw) > LARGEST:
        return _refused(path, "berkas lebih besar dari 2 MB; bagi menjadi beberapa berkas.")
    return _parse(path, text, hashlib.sha256(raw).hexdigest(), registers, pictures or path.parent)


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _refused(path: Path, message: str, line: int = 1) -> Reading:
    return Reading(path, "", None, (Fault(str(path), line, message),), {})


def _parse(path: Path, text: str, digest: str, registers: Registers, pictures: Path) -> Reading:
    document = yaml_events.parse(text)
    faults = [Fault(str(path), line, message) for line, message in document.faults]
    bank = None
    if document.value is not None:
        bank, wrong = parse_bank(document.value, registers)
        already = {fault.line for fault in faults}
        found = [fault_at(path, document, fault.path, fault.message) for fault in wrong]
        faults += [fault for fault in found if fault.line not in already]
    if bank:
        bank, spoilt = with_pictures(bank, pictures)
        faults += [fault_at(path, document, fault.path, fault.message) for fault in spoilt]
    elif not faults:
        faults.append(Fault(str(path), 1, "berkas kosong; isi atau hapus berkas ini."))
    if bank and bank.competency != path.stem:
        message = f"competency '{bank.competency}' harus sama dengan nama berkas, '{path.stem}'."
        faults.append(fault_at(path, document, ("competency",), message))
    faults.sort(key=lambda fault: fault.line)
    return Reading(path, digest, None if faults else bank, tuple(faults), _id_lines(document), document)


def fault_at(path: Path, document: yaml_events.Document, place: yaml_events.KeyPath, message: str) -> Fault:
    """Return a fault with its line and its place in words, such as "soal logistik-004, options[2].text"."""
    return Fault(str(path), document.line_of(place), message, _in_words(document.value, place))


def _in_words(value: object, place: yaml_events.KeyPath) -> str:
    item, rest = "", place
    if len(place) > 1 and place[0] == "items" and isinstance(value, dict):
        number = int(place[1])
        raw = value["items"][number]
        name = raw.get("id") if isinstance(raw, dict) else None
        item = f"soal {name}" if isinstance(name, str) and _ID.fullmatch(name) else f"soal ke-{number + 1}"
        rest = place[2:]
    steps = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in rest)
    if not item and len(rest) < 2:
        return ""
    return ", ".join(part for part in (item, steps.lstrip(".")[:200]) if part)


def _id_lines(document: yaml_events.Document) -> dict[str, int]:
    """Return item id -> line, also of a file that has faults."""
    value = document.value
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return {}
    return {
        item["id"]: document.line_of(("items", index, "id"))
        for index, item in enumerate(items)
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    }
