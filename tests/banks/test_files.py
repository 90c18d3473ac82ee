"""Bank files on disk: every fault of all files at once, as file:line: what and how to repair."""

import pytest

from kapuas_quiz.banks.service import check
from kapuas_quiz.settings import ROOT
from tests.banks.writing import item, write_bank


def said(*paths) -> list[str]:
    return [str(fault) for fault in check(*paths)]


def test_the_banks_of_the_project_have_no_faults_and_enough_items():
    assert said(ROOT / "question_banks") == []


def test_a_good_file_has_no_faults(tmp_path):
    assert said(write_bank(tmp_path)) == []


def test_faults_of_all_files_are_listed_with_file_and_line(tmp_path):
    first = write_bank(tmp_path, item(1), item(2, key="z"))
    second = write_bank(tmp_path, item(1, "09-koordinasi", stem=5), area="09-koordinasi")
    lines = said(tmp_path)
    key_line = 1 + first.read_text().splitlines().index("  key: z")
    what = "kunci 'z' bukan id pilihan; pilih salah satu: a, b, c."
    assert lines[0] == f"{first}:{key_line}: soal logistik-002, key: {what}"
    stem_line = 1 + second.read_text().splitlines().index("  stem: 5")
    assert lines[1].startswith(f"{second}:{stem_line}: soal koordinasi-001, stem: 'stem' harus berupa teks")
    assert len(lines) == 2


def test_a_file_must_bear_the_name_of_its_competency(tmp_path):
    path = write_bank(tmp_path)
    path = path.rename(tmp_path / "09-koordinasi.yaml")
    assert said(path) == [
        f"{path}:1: competency '08-logistik' harus sama dengan nama berkas, '09-koordinasi'."
    ]


def test_an_id_in_two_files_is_refused_in_the_later_one(tmp_path):
    write_bank(tmp_path, item(1))
    later = write_bank(tmp_path, item(1), area="18-logistik")
    assert said(tmp_path) == [
        f"{later}:4: id 'logistik-001' sudah ada di 08-logistik.yaml; satu soal di satu berkas saja."
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "berkas kosong"),
        (b"null\n", "berkas kosong"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("competency: caf\u00e9".encode("cp1252"), "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00", "UTF-8"),
        (b"a: " + b"x" * (2 * 1024 * 1024), "2 MB"),
        (b"- a\n- b\n", "kumpulan kunci dan nilai"),
        (b"items: []\n", "'competency' belum ada"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(tmp_path, content, words):
    path = tmp_path / "08-logistik.yaml"
    path.write_bytes(content)
    assert words in "\n".join(said(path))


def test_a_file_that_is_not_there_is_a_fault_and_no_crash(tmp_path):
    (line,) = said(tmp_path / "tidak-ada.yaml")
    assert "tidak dapat dibaca" in line


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = write_bank(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert said(path) == []
