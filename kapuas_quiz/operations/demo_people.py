"""Sixty invented trainees in invented places, and how they answer."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kapuas_quiz.core.participants import MEWAKILI, SEKRETARIAT, Participant
from kapuas_quiz.core.places import Gazetteer

FIRST = (
    "Tirta Puspa Gita Rimba Bayu Intan Kirana Aruna Taruna Ratna Surya Embun Samudra Cempaka Bintang "
    "Fajar Mega Kenanga Wira Lembayung"
).split()
SECOND = (
    "Andara Nirmala Permata Sagara Wirata Larasita Dahlia Buana Melati Pratiwi Cendana Anggrek Senja "
    "Wibawa Lestari Kencana Pelangi Mentari Gemilang Wangi"
).split()
UNUSUAL = ("Melur", "Sa'ad Embun", "Gandaria", "Nur'aini Teratai", "Sagara")
PPK_MEMBERS, PPS_MEMBERS = 4, 2
LEVEL_DIFFICULTY = {"ingat": -0.3, "paham": 0.1, "terapkan": 0.4}
COMPETENCY_DIFFICULTY = {"penghitungan": 0.9, "dukungan": 0.4, "dasar": -0.3}
AREA_GAIN = {"penghitungan": 1.4, "dukungan": 0.5}
USUAL_GAIN = 0.9


@dataclass(frozen=True)
class Trainee:
    """An invented person; ability on the logit scale."""

    participant: Participant
    ability: float
    sits_pre: bool = True
    sits_post: bool = True


def trainees(places: Gazetteer, chance: random.Random) -> list[Trainee]:
    """Invent ten people in each of six kecamatan: four of PPK, two of PPS in each of three villages."""
    names = _names(chance)
    people = []
    for kecamatan in places.kecamatan:
        for number in range(PPK_MEMBERS):
            position = "Ketua" if number == 0 else "Anggota"
            people.append(Participant(next(names), "PPK", position, kecamatan.code, ""))
        for desa in places.desa_of(kecamatan.code):
            for number in range(PPS_MEMBERS):
                position = "Ketua" if number == 0 else "Anggota"
                people.append(Participant(next(names), "PPS", position, kecamatan.code, desa.code))
    people[13] = replace(people[13], kind=MEWAKILI)
    people[40] = replace(people[40], kind=SEKRETARIAT, position="Staf sekretariat")
    return [
        Trainee(person, chance.gauss(0.35, 0.8), sits_pre=number != 7, sits_post=number not in (22, 51))
        for number, person in enumerate(people)
    ]


def answers_rightly(trainee: Trainee, competency: str, level: str, post: bool, chance: random.Random) -> bool:
    """Decide by a logistic curve whether somebody answers an item rightly."""
    gain = AREA_GAIN.get(competency, USUAL_GAIN) if post else 0.0
    difficulty = LEVEL_DIFFICULTY[level] + COMPETENCY_DIFFICULTY.get(competency, 0.0)
    return chance.random() < 1 / (1 + math.exp(difficulty - trainee.ability - gain))


def _names(chance: random.Random) -> Iterator[str]:
    pairs = [f"{first} {second}" for first in FIRST for second in SECOND]
    chance.shuffle(pairs)
    pairs[5:5] = UNUSUAL
    return iter(pairs)
