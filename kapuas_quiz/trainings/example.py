"""An example of a roster file, with invented people."""

from __future__ import annotations

import io

import xlsxwriter

HEAD = ("Nama", "Jabatan", "Badan", "Kecamatan", "Desa/Kelurahan", "Nomor SK", "Keterangan")
WIDTHS = (30, 18, 10, 22, 24, 26, 30)
PEOPLE = (
    ("Tirta Andara", "Ketua", "PPK", "Timpah", "", "", ""),
    ("Puspa Nirmala", "Anggota", "PPS", "Timpah", "Aruk", "", ""),
    ("Gita Permata", "Anggota", "PPS", "Mantangai", "Lamunti", "123/PP.04.2/2024", "PAW"),
    ("Rimba", "Sekretaris", "PPS", "Mantangai", "Lamunti", "", "Sekretariat"),
)


def example_roster() -> bytes:
    """Return an XLSX file that can be imported as it is."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Peserta")
        bold = book.add_format({"bold": True})
        for column, (title, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        for number, person in enumerate(PEOPLE, start=1):
            sheet.write_row(number, 0, person)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
