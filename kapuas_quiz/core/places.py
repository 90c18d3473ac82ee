"""Kecamatan and desa: by their codes, and by what people write instead of their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property, lru_cache

KECAMATAN = "kecamatan"
PREFIXES = frozenset({"kecamatan", "kec", "desa", "ds", "kelurahan", "kel", "ppk", "pps"})
SHORT_FORMS = {
    "kaps": "kapuas",
    "kps": "kapuas",
    "kap": "kapuas",
    "tb": "tumbang",
    "tbg": "tumbang",
    "tmbg": "tumbang",
    "tumb": "tumbang",
    "sungai": "sei",
    "sui": "sei",
    "sg": "sei",
    "s": "sei",
    "tlk": "teluk",
    "pl": "pulau",
    "pulo": "pulau",
    "dn": "danau",
    "anj": "anjir",
    "trs": "terusan",
    "tgh": "tengah",
    "tng": "tengah",
    "hlr": "hilir",
    "tlw": "talawang",
    "tlwg": "talawang",
    "bt": "batu",
    "sp": "simpang",
    "2": "ii",
}
SUGGESTIONS = 5
LIKENESS = 0.7


@dataclass(frozen=True)
class Place:
    """A kecamatan, or a desa or kelurahan in it; for a kecamatan both codes are the same."""

    code: str
    kecamatan_code: str
    kecamatan: str
    kind: str
    name: str

    @property
    def is_kecamatan(self) -> bool:
        return self.kind == KECAMATAN


@dataclass(frozen=True)
class Match:
    """The place that was meant, or those that may have been meant, the likeliest first."""

    exact: Place | None
    near: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """All places of the regency."""

    places: tuple[Place, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Place]:
        return {place.code: place for place in self.places}

    @cached_property
    def kecamatan(self) -> tuple[Place, ...]:
        """The kecamatan in the order of their codes."""
        return tuple(sorted((place for place in self.places if place.is_kecamatan), key=lambda one: one.code))

    def desa_of(self, kecamatan_code: str) -> tuple[Place, ...]:
        """Return the desa and kelurahan of one kecamatan by name; of all when the code is empty."""
        inside = (one for one in self.places if kecamatan_code in ("", one.kecamatan_code))
        return tuple(sorted((one for one in inside if not one.is_kecamatan), key=lambda one: one.name))

    def name(self, code: str) -> str:
        """Return the name of a place, the code itself when it is unknown."""
        return self.by_code[code].name if code in self.by_code else code

    def match_kecamatan(self, text: str) -> Match:
        """Find the kecamatan that a text names."""
        return match(text, self.kecamatan)

    def match_desa(self, text: str, kecamatan_code: str = "") -> Match:
        """Find the desa that a text names, in one kecamatan or, with an empty code, in all."""
        return match(text, self.desa_of(kecamatan_code))


def read_places(rows: Iterable[Mapping[str, str]]) -> Gazetteer:
    """Build the gazetteer from rows with kode, kode_kecamatan, kecamatan, jenis, nama."""
    return Gazetteer(
        tuple(
            Place(row["kode"], row["kode_kecamatan"], row["kecamatan"], row["jenis"], row["nama"])
            for row in rows
        )
    )


def match(text: str, places: Iterable[Place]) -> Match:
    """Find a name among places: exact up to spelling habits and alone, or a few that are alike."""
    wanted = place_key(text)
    if not wanted:
        return Match(None)
    by_key: dict[str, list[Place]] = {}
    for place in places:
        by_key.setdefault(place_key(place.name), []).append(place)
    same = by_key.get(wanted, [])
    if len(same) == 1:
        return Match(same[0])
    if same:
        return Match(None, tuple(same))
    return Match(None, _alike(wanted, by_key))


def _alike(wanted: str, by_key: Mapping[str, list[Place]]) -> tuple[Place, ...]:
    keys = get_close_matches(wanted, by_key, n=SUGGESTIONS, cutoff=LIKENESS)
    keys += [key for key in by_key if len(wanted) >= 4 and key.startswith(wanted) and key not in keys]
    return tuple(place for key in keys for place in by_key[key])[:SUGGESTIONS]


def likeness(text: str, place: Place) -> float:
    """Say how alike a text and a place's name are, 0 to 1."""
    return SequenceMatcher(None, place_key(text), place_key(place.name)).ratio()


@lru_cache(maxsize=8192)
def place_key(text: str) -> str:
    """Reduce a name to what spelling habits leave alone: no case, punctuation, spaces or short forms."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "").replace("`", "")).split()
    while len(words) > 1 and words[0] in PREFIXES:
        words = words[1:]
    return "".join(SHORT_FORMS.get(word, word) for word in words)
