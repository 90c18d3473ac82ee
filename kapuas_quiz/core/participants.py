"""Read one row of a roster: who, in which office, from where; or what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kapuas_quiz.core.names import clean, name_fault
from kapuas_quiz.core.places import Gazetteer
from kapuas_quiz.core.questions import LEAVE_OUT, Choice, Found, Question, Reason
from kapuas_quiz.core.residence import PPK, PPS, find_residence
from kapuas_quiz.core.tables import Row

ANGGOTA, PAW, MEWAKILI, SEKRETARIAT = "anggota", "paw", "mewakili", "sekretariat"
KINDS = (ANGGOTA, PAW, MEWAKILI, SEKRETARIAT)
POSITIONS = ("Ketua", "Anggota", "Sekretaris", "Staf sekretariat")
BODIES = (
    (re.compile(r"\b(kpps|pantarlih|ppdp)\b|kelompok penyelenggara", re.IGNORECASE), ""),
    (re.compile(r"\bppk\b|pemilihan\s+kecamatan", re.IGNORECASE), PPK),
    (re.compile(r"\bpps\b|pemungutan\s+suara", re.IGNORECASE), PPS),
)
KIND_WORDS = (
    (re.compile(r"\bpaw\b|\b(pengganti|pergantian|penggantian)\b", re.IGNORECASE), PAW),
    (re.compile(r"wakil", re.IGNORECASE), MEWAKILI),
    (re.compile(r"sekretariat", re.IGNORECASE), SEKRETARIAT),
    (re.compile(r"^(anggota|tetap|aktif|definitif|hadir|-)?$", re.IGNORECASE), ""),
)
LONGEST_POSITION, LONGEST_DECREE, LONGEST_NOTE = 40, 120, 300


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part; kecamatan and desa are codes, desa is empty for PPK."""

    name: str
    body: str
    position: str
    kecamatan: str
    desa: str
    kind: str = ANGGOTA
    decree: str = ""
    note: str = ""


@dataclass(frozen=True)
class Draft:
    """A row read by itself; without a participant it is refused, asked about or left out."""

    row: Row
    participant: Participant | None = None
    refusals: tuple[Reason, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: bool = False


def read_row(row: Row, places: Gazetteer, answers: Mapping[str, str]) -> Draft:
    """Read one row, taking the answers to its questions (by question id) into account."""
    if any(key.startswith(f"{row.id}|") and not value for key, value in answers.items()):
        return Draft(row, left_out=True)
    body = _body(row)
    name, position = _name(row), _office(row, answers)
    place = find_residence(row, body or "", places, answers)
    parts = (name, _known_body(row, body), position, place, _kind(row, (position.value or ("",))[0]))
    refusals = tuple(part.refusal for part in parts if part.refusal)
    questions = tuple(part.question for part in parts if part.question)
    if refusals or questions:
        return Draft(row, refusals=refusals, questions=() if refusals else questions)
    values = [value for part in parts for value in part.value or ()]
    name_text, position_text, actual_body, kecamatan, desa, *rest = values
    return Draft(row, Participant(name_text, actual_body, position_text, kecamatan, desa, *rest))


def _name(row: Row) -> Found:
    name = clean(row.text("name"))
    fault = name_fault(name)
    if fault:
        return Found(refusal=Reason(fault, row.address("name"), {"teks": name[:60]}))
    return Found((name,))


def _body(row: Row) -> str | None:
    """Find the body: PPK, PPS, empty for any other, None when no cell tells."""
    for field in ("body", "position", "desa", "kecamatan"):
        body = next((code for pattern, code in BODIES if pattern.search(row.text(field))), None)
        if body is not None:
            return body
    return None


def _known_body(row: Row, body: str | None) -> Found:
    if body == "":
        return Found(refusal=Reason("badan-lain", row.address("body" if row.text("body") else "position")))
    return Found(())


def _office(row: Row, answers: Mapping[str, str]) -> Found:
    """Find the position, by the answer when there is one."""
    question = f"{row.id}|jabatan"
    position = _position(answers.get(question) or clean(row.text("position")))
    if not position:
        reason = Reason("jabatan-kosong", row.address("position"))
        choices = tuple(Choice(one, "jabatan", {"jabatan": one}) for one in POSITIONS)
        return Found(question=Question(question, reason, (*choices, LEAVE_OUT)))
    if len(position) > LONGEST_POSITION:
        return Found(refusal=Reason("jabatan-panjang", row.address("position"), {"teks": position[:60]}))
    return Found((position,))


def _position(text: str) -> str:
    """Write a position as the badge shows it, without the body that stands beside it."""
    rest = re.sub(
        r"\b(PPK|PPS)\b.*$|\b(panitia|kecamatan|desa|kelurahan)\b.*$", "", text, flags=re.IGNORECASE
    )
    position = clean(rest).strip(" .,-/")
    if re.match(r"ketua\b", position, re.IGNORECASE):
        return "Ketua"
    if re.search(r"\b(staf|staff|pelaksana)\b", position, re.IGNORECASE):
        return "Staf sekretariat"
    return position[:1].upper() + (position[1:].lower() if position.isupper() else position[1:])


def _kind(row: Row, position: str) -> Found:
    """Find kind, decree and note; a status that is none of the known words is a note."""
    text = clean(row.text("kind"))
    decree = clean(row.text("decree"))[:LONGEST_DECREE]
    known = next((kind for pattern, kind in KIND_WORDS if pattern.search(text)), None)
    usual = SEKRETARIAT if re.match(r"(sekretaris|staf)", position, re.IGNORECASE) else ANGGOTA
    if known == PAW and not decree:
        return Found(refusal=Reason("paw-tanpa-sk", row.address("kind")))
    return Found((known or usual, decree, text[:LONGEST_NOTE] if known is None else ""))
