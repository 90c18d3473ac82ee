"""A spreadsheet to fill in with questions."""

from __future__ import annotations

import io

import xlsxwriter

from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.core.facts import AS_AMENDED, NOT_YET, UNPROVEN_HERE, Fact

HEAD = (
    "Jenis",
    "Jenjang",
    "Pokok soal",
    "Pilihan A",
    "Pilihan B",
    "Pilihan C",
    "Pilihan D",
    "Pilihan E",
    "Pilihan F",
    "Kunci",
    "Pembahasan",
    "Fakta",
    "Peraturan",
    "Pasal",
    "Ayat",
    "Huruf",
    "Catatan",
)
LONGEST_EXAMPLE = 200


def example_fact(area: str) -> Fact:
    """Return a fact of an area that items may rest on without a note, or of another area if it has none."""
    free = [fact for fact in load_facts().values() if fact.use not in (NOT_YET, UNPROVEN_HERE, AS_AMENDED)]
    short = [fact for fact in free if len(fact.statement) <= LONGEST_EXAMPLE]
    return next((fact for fact in short if fact.area == area), short[0])


def _examples(fact: Fact) -> tuple[tuple[str, ...], ...]:
    reason = f"Contoh pembahasan: {fact.statement}"
    stem = "Contoh: manakah pernyataan yang sesuai aturan?"
    options = ("Tulis pilihan yang salah", fact.statement, "Tulis pilihan lain yang salah", "", "", "")
    return (
        ("pilihan ganda", "paham", stem, *options, "B", reason, fact.id),
        ("benar salah", "ingat", fact.statement, *[""] * 6, "benar", reason, fact.id),
    )


def import_template(fact: Fact) -> bytes:
    """Return an XLSX file with the headings and two examples that rest on a fact."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Soal")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for column, title in enumerate(HEAD):
            sheet.set_column(column, column, 45 if title in ("Pokok soal", "Pembahasan") else 16, wrapped)
            sheet.write_string(0, column, title, bold)
        for number, example in enumerate(_examples(fact), start=1):
            sheet.write_row(number, 0, example)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
