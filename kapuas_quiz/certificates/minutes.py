"""The official record of a decision list (berita acara penetapan), in Indonesian, ready to sign."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.certificates.issuing import ISSUER, WIB
from kapuas_quiz.certificates.lines import LineView
from kapuas_quiz.certificates.lists import ListView, list_view
from kapuas_quiz.certificates.sheets import day_range, long_date, typeset
from kapuas_quiz.certificates.words import KINDS, PROPOSALS, VERDICTS, points_words, reason_words, rule_words

TEST_NAMES = {"pre": "Tes awal", "post": "Tes akhir"}
ENDINGS = {
    "diserahkan": "diserahkan sendiri",
    "waktu-habis": "berakhir karena waktu habis",
    "ditutup": "ditutup panitia",
}
MEMBERS = ("Ketua", "Anggota", "Anggota", "Anggota", "Anggota")


def minutes_pdf(session: Session, *, list_id: uuid.UUID, demo: bool) -> bytes:
    """Typeset the minutes of a list as it stands; before approval they are marked as a draft.

    Raises UnknownListError.
    """
    return typeset("minutes.typ", minutes_content(session, list_id=list_id, demo=demo), archive=True)


def minutes_content(session: Session, *, list_id: uuid.UUID, demo: bool) -> dict[str, Any]:
    """Return everything that the minutes say, in words.

    Raises UnknownListError.
    """
    shown = list_view(session, list_id)
    facts, titles = shown.facts, shown.facts["competencies"]
    return {
        **ISSUER,
        "demo": demo,
        "draft": shown.approved_at is None,
        "altered": not shown.intact,
        "superseded_by": shown.superseded_by,
        "number": shown.number,
        "minutes_number": shown.minutes_number,
        "training": facts["training"],
        "wave": facts["wave"],
        "place": facts["place"],
        "days": day_range(facts["starts_on"], facts["ends_on"]),
        "election": facts["election"],
        "voting_day": long_date(facts["voting_day"]),
        "rule": rule_words(shown.rule, titles),
        "counts": _counts(shown),
        "verified": facts["verified"],
        "allowance": facts.get("allowance", ""),
        "doubted": facts.get("doubted", []),
        "sittings": [_sitting(one) for one in facts["sittings"]],
        "notes": facts["notes"],
        "departures": [_departure(line, titles) for line in shown.lines if line.against_rule],
        "marks": _marks(session, shown),
        "groups": _groups(shown, titles),
        "members": MEMBERS,
    }


def _counts(shown: ListView) -> list[list[str]]:
    counts = shown.counts
    return [
        ["Peserta dalam daftar", str(counts.total)],
        ["Ditetapkan lulus", str(counts.passed)],
        ["Belum lulus atau tanpa sertifikat", str(counts.failed)],
        [
            "di antaranya tanpa usul (tidak mengerjakan tes akhir, atau bukan anggota)",
            str(counts.without_proposal),
        ],
        ["Nilai dekat ambang (dalam satu kesalahan baku pengukuran)", str(counts.near_cut)],
        ["Diputuskan berbeda dari usul", str(counts.against_rule)],
    ]


def _sitting(one: Mapping[str, Any]) -> list[str]:
    ended = [f"{count} {ENDINGS[reason]}" for reason, count in sorted(one["ended"].items())]
    if one.get("paper"):
        ended.append(f"{one['paper']} di kertas")
    opened, sealed = (
        _moment(datetime.fromisoformat(one[at])) if one[at] else "–" for at in ("opened_at", "sealed_at")
    )
    return [TEST_NAMES[one["kind"]], one["room"], opened, sealed, ", ".join(ended) or "tidak ada pengerjaan"]


def _departure(line: LineView, titles: Mapping[str, str]) -> dict[str, str]:
    return {
        "who": f"Nomor {line.number}, {line.facts['name']}",
        "proposal": PROPOSALS[line.proposal],
        "outcome": VERDICTS[line.verdict],
        "figures": " ".join(reason_words(reason, titles) for reason in line.reasons),
        "reason": line.reason,
    }


def _groups(shown: ListView, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    by_kecamatan = groupby(shown.lines, key=lambda line: str(line.facts["kecamatan_name"]))
    return [
        {"kecamatan": name, "rows": [_row(line, titles) for line in lines]} for name, lines in by_kecamatan
    ]


def _row(line: LineView, titles: Mapping[str, str]) -> list[str]:
    facts = line.facts
    office = facts["office"] if line.certifiable else f"{facts['office']} ({KINDS[facts['kind']]})"
    return [
        str(line.number),
        facts["name"],
        office,
        facts["desa_name"] or "–",
        _total(line, "pre"),
        _total(line, "post") + (" ±" if facts["near_cut"] else ""),
        PROPOSALS[line.proposal],
        VERDICTS[line.verdict].upper() if line.outcome == "lulus" else VERDICTS[line.verdict],
    ]


def _total(line: LineView, kind: str) -> str:
    total = line.total(kind)
    mark = " kertas" if line.on_paper(kind) else ""
    return f"{points_words(total[0])}/{points_words(total[1])}{mark}" if total else "–"


def _marks(session: Session, shown: ListView) -> list[list[str]]:
    locked = f"{_moment(shown.locked_at)} oleh {shown.locked_by_name}" if shown.locked_at else "belum"
    approved = f"{_moment(shown.approved_at)} oleh {shown.approved_by_name}" if shown.approved_at else "belum"
    number, head = _audit_head(session, shown)
    return [
        ["Dikunci", locked],
        ["Ditetapkan", approved],
        ["Sidik daftar (SHA-256)", shown.fingerprint or "belum ada"],
        [f"Kepala jejak audit nomor {number}", head],
    ]


def _audit_head(session: Session, shown: ListView) -> tuple[int, str]:
    events = select(AuditEvent.number, AuditEvent.hash).order_by(AuditEvent.number.desc()).limit(1)
    acts = events.where(AuditEvent.subject == str(shown.id), AuditEvent.action == "penetapan.setujui")
    found = session.execute(acts).first() or session.execute(events).first()
    return (found.number, found.hash) if found else (0, "–")


def _moment(at: datetime) -> str:
    local = at.astimezone(WIB)
    return f"{long_date(local.date().isoformat())}, {local:%H.%M} WIB"
