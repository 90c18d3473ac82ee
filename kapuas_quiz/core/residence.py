"""Find where the person of a row serves, which also tells PPK from PPS when that is not written."""

from __future__ import annotations

from collections.abc import Mapping

from kapuas_quiz.core.names import clean
from kapuas_quiz.core.places import Gazetteer, Place, likeness
from kapuas_quiz.core.questions import LEAVE_OUT, Choice, Found, Question, Reason
from kapuas_quiz.core.tables import Row

PPK, PPS = "PPK", "PPS"
SURE = 0.85


def find_residence(row: Row, body: str, places: Gazetteer, answers: Mapping[str, str]) -> Found:
    """Find body, kecamatan and desa; the place decides the body when that is not written."""
    answered = places.by_code.get(answers.get(f"{row.id}|tempat", ""))
    if answered and (not body or (body == PPK) == answered.is_kecamatan):
        return _at(answered)
    if body == PPK:
        return _kecamatan(row, places)
    if not clean(row.text("desa")):
        return _without_desa(row, body, places)
    return _desa(row, places)


def _at(place: Place) -> Found:
    return Found((PPK, place.code, "") if place.is_kecamatan else (PPS, place.kecamatan_code, place.code))


def _kecamatan(row: Row, places: Gazetteer) -> Found:
    text = clean(row.text("kecamatan"))
    found = places.match_kecamatan(text)
    if found.exact:
        return _at(found.exact)
    cell = row.address("kecamatan")
    if found.near:
        return _ask(row, Reason("kecamatan-mirip", cell, {"teks": text[:60]}), found.near, text)
    if not text:
        return Found(refusal=Reason("kecamatan-kosong", cell))
    return Found(refusal=Reason("kecamatan-tidak-dikenal", cell, {"teks": text[:60]}))


def _without_desa(row: Row, body: str, places: Gazetteer) -> Found:
    kecamatan = places.match_kecamatan(row.text("kecamatan")).exact
    cell = row.address("desa")
    if not kecamatan:
        return Found(refusal=Reason("desa-kosong" if body else "badan-kosong", cell))
    desa = places.desa_of(kecamatan.code)
    if body:
        return _ask(row, Reason("desa-kosong", cell), desa)
    return _ask(row, Reason("badan-kosong", row.address("body")), (kecamatan, *desa))


def _desa(row: Row, places: Gazetteer) -> Found:
    text, above = clean(row.text("desa")), clean(row.text("kecamatan"))
    kecamatan = places.match_kecamatan(above)
    anywhere = places.match_desa(text)
    if kecamatan.exact:
        found = places.match_desa(text, kecamatan.exact.code)
        if found.exact:
            return _at(found.exact)
        near = dict.fromkeys((*found.near, *([anywhere.exact] if anywhere.exact else ())))
        code = "desa-mirip" if near else "desa-tidak-dikenal"
        reason = Reason(code, row.address("desa"), {"teks": text[:60], "kecamatan": kecamatan.exact.name})
        return _ask(row, reason, tuple(near) or places.desa_of(kecamatan.exact.code), text if near else "")
    if anywhere.exact and not above:
        return _at(anywhere.exact)
    return _desa_under_doubt(
        row, text, above, (anywhere.exact,) if anywhere.exact else anywhere.near, kecamatan.near
    )


def _desa_under_doubt(
    row: Row, text: str, above: str, desa: tuple[Place, ...], kecamatan: tuple[Place, ...]
) -> Found:
    """Ask about a desa whose kecamatan is not written, or not as it is called."""
    meant = {place.code for place in kecamatan}
    likely = tuple(sorted(desa, key=lambda place: place.kecamatan_code not in meant))
    code = "kecamatan-kosong" if not above else "kecamatan-mirip" if kecamatan else "kecamatan-tidak-dikenal"
    reason = Reason(code, row.address("kecamatan"), {"teks": above[:60]})
    if not likely:
        return Found(refusal=reason)
    return _ask(row, reason, likely, text if likely[0].kecamatan_code in meant else "")


def _ask(row: Row, reason: Reason, near: tuple[Place, ...], text: str = "") -> Found:
    """Ask which place is meant; the first is offered when it is alone or very much alike."""
    sure = bool(text) and (len(near) == 1 or likeness(text, near[0]) >= SURE)
    choices = tuple(_choice(place) for place in near)
    chosen = near[0].code if sure else ""
    return Found(question=Question(f"{row.id}|tempat", reason, (*choices, LEAVE_OUT), chosen))


def _choice(place: Place) -> Choice:
    if place.is_kecamatan:
        return Choice(place.code, "kecamatan", {"kecamatan": place.name})
    return Choice(place.code, "desa", {"desa": place.name, "kecamatan": place.kecamatan})
