"""A spreadsheet to fill in with questions."""

from __future__ import annotations

import io

import xlsxwriter

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
EXAMPLES = (
    (
        "pilihan ganda",
        "terapkan",
        "Kotak suara tiba tanpa segel. Apa yang dilakukan Ketua PPS?",
        "Menyimpannya",
        "Mencatat dan melaporkannya",
        "Membukanya",
        "",
        "",
        "",
        "B",
        "Keadaan logistik dicatat dan dilaporkan.",
        "F033",
    ),
    (
        "benar salah",
        "paham",
        "Kotak suara tanpa segel dicatat dan dilaporkan.",
        "",
        "",
        "",
        "",
        "",
        "",
        "benar",
        "Keadaan logistik dicatat dan dilaporkan.",
        "F033",
    ),
)


def import_template() -> bytes:
    """Return an XLSX file with the headings and two examples."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Soal")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for column, title in enumerate(HEAD):
            sheet.set_column(column, column, 45 if title in ("Pokok soal", "Pembahasan") else 16, wrapped)
            sheet.write_string(0, column, title, bold)
        for number, example in enumerate(EXAMPLES, start=1):
            sheet.write_row(number, 0, example)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
