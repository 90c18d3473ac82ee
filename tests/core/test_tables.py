"""The table of people in a file, whatever stands around it."""

import pytest

from kapuas_quiz.core.tables import (
    NoHeaderError,
    Sheet,
    column_letters,
    fill_down,
    find_table,
    has_gaps,
)

HEAD = ["No", "Nama Lengkap", "Jabatan", "Kecamatan", "Desa/Kelurahan"]
NILA = ["1", "Nila Pertiwi", "Ketua PPS", "Timpah", "Aruk"]
GITA = ["2", "Gita Permata", "Anggota PPS", "", ""]


def sheet(*rows: list[str], title: str = "Lembar1") -> Sheet:
    return Sheet(title, rows)


@pytest.mark.parametrize("above", [0, 1, 7, 19])
def test_the_header_is_found_within_the_first_twenty_rows(above: int) -> None:
    table = find_table([sheet(*[["DAFTAR PESERTA", ""]] * above, HEAD, NILA)])
    assert [row.text("name") for row in table.rows] == ["Nila Pertiwi"]
    assert table.rows[0].address("desa") == f"E{above + 2}"


def test_a_header_below_the_twentieth_row_is_not_looked_for() -> None:
    with pytest.raises(NoHeaderError) as error:
        find_table([sheet(*[["x"]] * 20, HEAD, NILA)])
    assert error.value.missing == ("name", "position")


def test_the_missing_column_is_named() -> None:
    with pytest.raises(NoHeaderError) as error:
        find_table([sheet(["Nama", "Kecamatan"], ["Nila Pertiwi", "Timpah"])])
    assert error.value.missing == ("position",)


def test_a_file_without_sheets_or_rows_has_no_header() -> None:
    for sheets in ([], [sheet()], [sheet([])]):
        with pytest.raises(NoHeaderError):
            find_table(sheets)


@pytest.mark.parametrize(
    "heading", ["NAMA", "Nama Lengkap dan Gelar", "Nama Peserta (sesuai SK)", " nama\nlengkap "]
)
def test_headings_are_recognised_as_people_write_them(heading: str) -> None:
    table = find_table([sheet([heading, "Jabatan dalam PPK/PPS"], ["Nila Pertiwi", "Ketua"])])
    assert table.rows[0].text("name") == "Nila Pertiwi"


def test_private_columns_are_named_and_left_out_of_the_rows() -> None:
    head = ["Nama", "NIK", "Jabatan", "No. HP / WA", "Pendidikan", "No."]
    table = find_table([sheet(head, ["Nila Pertiwi", "6203101504850001", "Ketua", "0812", "S1", "1"])])
    assert table.private == ("NIK", "No. HP / WA")
    assert table.ignored == ("Pendidikan",)
    assert set(table.rows[0].cells) == {"name", "position"}


def test_a_second_line_of_headings_is_taken_in() -> None:
    table = find_table([sheet(["Nama", "Jabatan", "Wilayah", ""], ["", "", "Kecamatan", "Desa"], NILA[1:])])
    assert table.rows[0].text("desa") == "Aruk"
    assert table.ignored == ()


def test_empty_rows_column_numbers_and_repeated_headers_are_no_people() -> None:
    numbers = ["(1)", "(2)", "(3)", "(4)", "(5)"]
    table = find_table([sheet(HEAD, numbers, [], NILA, [""] * 5, HEAD, GITA)])
    assert [row.number for row in table.rows] == [4, 7]


def test_a_section_row_names_the_kecamatan_of_the_rows_below() -> None:
    rows = [
        ["Kecamatan: Kapuas Hulu", ""],
        ["Nama", "Jabatan"],
        ["Nila Pertiwi", "Ketua PPK"],
        ["", "KECAMATAN TIMPAH"],
        ["Gita Permata", "Ketua PPK"],
    ]
    assert [row.text("kecamatan") for row in find_table([sheet(*rows)]).rows] == ["Kapuas Hulu", "TIMPAH"]


def test_all_sheets_with_a_header_are_read_and_named_in_addresses() -> None:
    sheets = [sheet(HEAD, NILA, title="PPS"), sheet(["catatan"]), sheet(HEAD, NILA, title="PPK")]
    assert [row.address("name") for row in find_table(sheets).rows] == ["PPS!B2", "PPK!B2"]


def test_gaps_of_merged_cells_are_filled_from_above_only_when_asked() -> None:
    table = find_table([sheet(HEAD, NILA, GITA)])
    assert table.rows[1].text("desa") == ""
    assert has_gaps(table)
    assert fill_down(table).rows[1].text("desa") == "Aruk"
    assert not has_gaps(fill_down(table))


def test_a_new_kecamatan_starts_without_a_desa() -> None:
    table = find_table([sheet(HEAD, NILA, ["2", "Gita Permata", "Ketua", "Mantangai", ""])])
    assert fill_down(table).rows[1].text("desa") == ""


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (39, "AN"), (701, "ZZ")])
def test_columns_are_lettered_as_in_a_spreadsheet(index: int, letters: str) -> None:
    assert column_letters(index) == letters
