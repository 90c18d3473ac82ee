"""A day with enough people for verdicts: 12 PPS of Timpah who know little, 12 of Mantangai who know much."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tests.scoring.classroom import MANTANGAI, TIMPAH, Classroom, make_classroom

FIRST_WORDS = [
    "Nila",
    "Tirta",
    "Bayu",
    "Intan",
    "Gita",
    "Puspa",
    "Rimba",
    "Kirana",
    "Aruna",
    "Taruna",
    "Ratna",
    "Melati",
    "Samudra",
    "Dahlia",
    "Sagara",
    "Wirata",
    "Larasita",
    "Andara",
    "Pertiwi",
    "Permata",
    "Nirmala",
    "Buana",
    "Citra",
    "Lestari",
]
WEAK = {"pemungutan": 4, "penghitungan": 1, "dasar": 3, "pengawasan": 4, "dukungan": 4}
STRONG = {"pemungutan": 5, "penghitungan": 4, "dasar": 4, "pengawasan": 5, "dukungan": 5}
LATER = {"pemungutan": 5, "penghitungan": 4, "dasar": 4, "pengawasan": 5, "dukungan": 5}


def after_pre_test(session: Session, now: datetime) -> Classroom:
    """Return a training whose pre-test is sealed; of every eight people one is a PPK member."""
    room = make_classroom(session, now)
    sitting = room.open("pre", minutes_ago=300)
    for number, name in enumerate(FIRST_WORDS):
        place, knows = (TIMPAH, WEAK) if number < 12 else (MANTANGAI, STRONG)
        body = "PPK" if number % 3 == 0 else "PPS"
        room.enrol(f"{name} Contoh", body=body, kecamatan=place, first="AB"[number % 2])
        room.sit(f"{name} Contoh", sitting, {**knows, "dasar": knows["dasar"] - number % 2})
    room.enrol("Absen Contoh", kecamatan=TIMPAH)
    room.close(sitting, seal=True)
    return room


def after_post_test(session: Session, now: datetime, *, missing: int = 3, seal: bool = True) -> Classroom:
    """Return the same training after a post-test to which the first few people did not come."""
    room = after_pre_test(session, now)
    sitting = room.open("post", minutes_ago=60)
    for number, name in enumerate(FIRST_WORDS[missing:]):
        room.sit(f"{name} Contoh", sitting, {**LATER, "dasar": LATER["dasar"] + number % 2})
    room.close(sitting, seal=seal)
    return room
