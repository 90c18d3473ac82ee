"""Names of people: kept as written, compared without titles."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

LONGEST = 120
ALIKE = 0.86
BEFORE = re.compile(r"hj?|dr[as]?|ir|prof|kh|ust|tgk|sdri?|bpk|ibu|pdt")
DEGREE = re.compile(
    r"s(sos|pdi?|e|hi?|t|pi?|kom|ag|si|sn|ip|ap|hut|pt|kep|km|tp|th|m|st|ps|s|kg|ked|pdsd|pdk|stp)|"
    r"a(md|mkeb|mkep|pd)|m(pdi?|si|m|h|ap|sc|kes|th|kom|t|p|ikom|ip)|ns"
)
FORBIDDEN = re.compile(r"[^\w\s.,'’`´\-/()\"“”]|_")


def clean(text: str) -> str:
    """Collapse white space and drop what cannot be seen."""
    visible = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return " ".join(visible.split())


def name_fault(name: str) -> str | None:
    """Return the code of what is wrong with a cleaned name, None when nothing is."""
    if not any(character.isalpha() for character in name):
        return "nama-kosong" if not name else "nama-tanpa-huruf"
    if len(name) > LONGEST:
        return "nama-panjang"
    if any(character.isdigit() for character in name):
        return "nama-berangka"
    if FORBIDDEN.search(name):
        return "nama-tanda-lain"
    return None


def name_key(name: str) -> str:
    """Reduce a name to what is compared: without titles, case, accents, apostrophes and stops."""
    words = _words(name.partition(",")[0])
    while len(words) > 1 and BEFORE.fullmatch(words[0]):
        words = words[1:]
    while len(words) > 1 and DEGREE.fullmatch(words[-1]):
        words = words[:-1]
    return " ".join(words)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = re.sub(r"['`]", "", plain)
    return [word for word in (re.sub(r"[^a-z]", "", part) for part in re.split(r"[\s\-]+", joined)) if word]


def are_alike(first: str, second: str) -> bool:
    """Tell whether two keys may be two spellings of one name: equal, or a letter or two apart."""
    if first == second:
        return True
    matcher = SequenceMatcher(None, first, second)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= ALIKE for bound in bounds)
