"""Decision lists as spreadsheets."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from kapuas_quiz.certificates.lines import LineView
from kapuas_quiz.certificates.lists import ListView
from kapuas_quiz.certificates.register import CertificateView
from kapuas_quiz.certificates.words import KINDS, PROPOSALS, VERDICTS, reason_words, rule_words
from kapuas_quiz.reporting.exports import Cell, Column, Table, to_csv, to_xlsx

UNVERIFIED = "Soal belum diverifikasi."
PAPER = {"pre": "tes awal", "post": "tes akhir"}
HEADINGS = (
    "Nomor",
    "Nama",
    "Jabatan",
    "Desa/Kelurahan",
    "Kecamatan",
    "Keikutsertaan",
    "Tes awal benar",
    "Tes akhir benar",
    "Jumlah soal tes akhir",
    "Tes di kertas",
    "Dekat ambang",
    "Usul",
    "Dasar usul",
    "Keputusan",
    "Alasan keputusan",
    "Nomor register",
)


def decisions_file(shown: ListView, certificates: Mapping[uuid.UUID, CertificateView], kind: str) -> bytes:
    """Write a list as 'xlsx' or 'csv'.

    certificates: by enrolment.
    """
    table = decisions_table(shown, certificates)
    return to_xlsx(table) if kind == "xlsx" else to_csv(table)


def decisions_table(shown: ListView, certificates: Mapping[uuid.UUID, CertificateView]) -> Table:
    """Return a list as rows under headings, the same figures as on its page."""
    titles = shown.facts["competencies"]
    notes = [
        f"{shown.facts['training']}: daftar penetapan nomor {shown.number}, {shown.state}",
        rule_words(shown.rule, titles),
        f"Sidik daftar: {shown.fingerprint or 'belum dikunci'}",
    ]
    if not shown.facts["verified"]:
        notes.append(UNVERIFIED)
    rows = [_row(line, titles, certificates.get(line.enrolment_id)) for line in shown.lines]
    columns = tuple(Column(heading) for heading in HEADINGS)
    return Table(f"Keputusan {shown.number}", columns, rows, tuple(notes))


def _row(line: LineView, titles: Mapping[str, str], held: CertificateView | None) -> list[Cell]:
    facts, before, after = line.facts, line.total("pre"), line.total("post")
    register = f"{held.register_number}/{held.register_year}" if held else None
    return [
        line.number,
        facts["name"],
        facts["office"],
        facts["desa_name"],
        facts["kecamatan_name"],
        KINDS[facts["kind"]],
        before[0] if before else None,
        after[0] if after else None,
        after[1] if after else None,
        ", ".join(words for kind, words in PAPER.items() if line.on_paper(kind)),
        "ya" if facts["near_cut"] else "tidak",
        PROPOSALS[line.proposal],
        " ".join(reason_words(reason, titles) for reason in line.reasons),
        VERDICTS[line.verdict],
        line.reason,
        f"{register} (dicabut)" if held and held.state == "dicabut" else register,
    ]
