"""Files of strangers: what is read, and where what is refused stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.reporting.analyse import tables
from kapuas_quiz.reporting.analyse.keys import ItemKey, read_key
from kapuas_quiz.reporting.analyse.reading import Layout, MaxPoints, Responses, read_responses, read_totals
from kapuas_quiz.reporting.analyse.refusals import REFUSALS, RefusedFileError
from kapuas_quiz.reporting.analyse.tables import read_table

NIK = Layout("NIK")
KEY = {"s1": ItemKey(("A", "B", "C"), frozenset({1})), "s2": ItemKey(("ya", "tidak"), frozenset({0}))}


def read(text: str, layout: Layout = NIK, most: MaxPoints | None = None, **options: object) -> Responses:
    keys = options.get("keys")
    assert keys is None or isinstance(keys, dict)
    return read_responses(text.encode(), layout, most or MaxPoints(), keys)


def test_points_are_persons_by_items() -> None:
    found = read("NIK,s1,s2\n01,1,0\n02,,1\n")
    assert (found.ids, found.items) == (["01", "02"], ("s1", "s2"))
    assert found.points.tolist() == [[1, 0], [0, 1]]
    assert found.answered.tolist() == [[True, True], [False, True]]
    assert (found.keys, found.forms, found.n_empty) == (None, None, 0)


def test_without_a_column_of_ids_rows_are_the_ids() -> None:
    assert read("s1,s2\n1,0\n0,1\n", Layout()).ids == ["2", "3"]


def test_somebody_without_any_answer_did_not_take_the_test() -> None:
    found = read("NIK;s1;s2\n01;1;0\n02;;\n03;0;1\n")
    assert (found.ids, found.n_empty) == (["01", "03"], 1)


def test_what_nobody_of_a_form_answered_is_not_of_that_form() -> None:
    found = read("NIK,paket,s1,s2,s3\n1,A,1,0,\n2,B,,1,1\n3,A,1,,\n", Layout("NIK", "paket"))
    assert np.isnan(found.points).tolist() == [
        [False, False, True],
        [True, False, False],
        [False, False, True],
    ]
    assert (found.points[2, 1], found.forms) == (0, ["A", "B", "A"])


def test_choices_become_points_by_the_key() -> None:
    found = read("NIK,s1,s2\n1,B,ya\n2,A,\n", keys=KEY, most=MaxPoints(2, {"s2": 3}))
    assert found.points.tolist() == [[2, 3], [0, 0]]
    assert found.chosen is not None
    assert found.chosen.tolist() == [[1, 0], [0, -1]]


@pytest.mark.parametrize(
    "text",
    ["\ufeffNIK;s1;s2\r\n1;0,5;1\r\n\r\n", "NIK\ts1\ts2\n1\t0,5\t1\n", 'NIK,s1,"s2"\n 1 , 0.5 ,1\n'],
)
def test_what_spreadsheets_write_is_read(text: str) -> None:
    assert read(text).points.tolist() == [[0.5, 1]]
    assert read_responses(text.lstrip("\ufeff").encode("utf-16"), NIK, MaxPoints()).ids == ["1"]


def test_headings_may_hold_commas_and_lines() -> None:
    found = read('"NIK","Siapa, dan\nkapan?",s2\n1,1,0\n')
    assert found.items == ("Siapa, dan\nkapan?", "s2")


def test_in_a_file_of_one_column_a_comma_is_a_decimal_one() -> None:
    totals, n_empty = read_totals(b"nilai\n17,5\n18\n", "nilai", Layout(), 20)
    assert (totals.tolist(), n_empty) == ([17.5, 18], 0)


def test_empty_totals_are_counted_apart() -> None:
    totals, n_empty = read_totals(b"NIK;nilai\n1;3\n2;\n", "nilai", NIK, 20)
    assert (totals.tolist(), n_empty) == ([3], 1)


REFUSED = [
    (b"", "kosong", None, None),
    (b"\n\n", "kosong", None, None),
    (b"NIK,s1\n", "tanpa-jawaban", None, None),
    (b"NIK,s1\n1,\n", "tanpa-jawaban", None, None),
    (b"NIK,s1,s2\n1,1,\n", "kolom-kosong", None, "s2"),
    (b"NIK,s1\n1,1,0\n", "baris-timpang", 2, None),
    (b"NIK,s1\n1,1\n\n2,1\n", "baris-timpang", 3, None),
    (b"NIK,s1,\n1,1,0\n", "judul-kosong", 1, "ke-3"),
    (b"NIK,s1, s1\n1,1,0\n", "judul-kembar", 1, "s1"),
    (b"nama,s1\n1,1\n", "kolom-tidak-ada", None, None),
    (b"NIK\n1\n", "tanpa-soal", None, None),
    (b"NIK,s1\n1,1\n,1\n", "id-kosong", 3, "NIK"),
    (b"NIK,s1\n1,1\n2,1\n1,0\n", "id-kembar", 4, "NIK"),
    (b"NIK,s1\n1,1\n2,benar\n", "bukan-angka", 3, "s1"),
    (b"NIK,s1\n1,1\n2,nan\n", "bukan-angka", 3, "s1"),
    (b"NIK,s1\n1,1\n2,1e999\n", "bukan-angka", 3, "s1"),
    (b'NIK,s1\n1,1\n2,"0,5"\n', "bukan-angka", 3, "s1"),
    (b"NIK,s1\n1,1\n2,2\n", "di-luar-poin", 3, "s1"),
    (b"NIK,s1\n1,1\n2,-1\n", "di-luar-poin", 3, "s1"),
    (b'NIK,s1\n1,"1\n', "kutip-tak-selesai", 2, None),
    (b"NIK,s1\n1,1\n\xff,1\n", "bukan-utf8", 3, None),
    ("nama,s1\n1,1\n".encode("utf-16"), "kolom-tidak-ada", None, None),
    (b"\xff\xfeN\x00I\x00K", "bukan-utf8", None, None),
    (b"PK\x03\x04\xff\xfe\x00", "bukan-csv", None, None),
    (b"NIK,s1\n1,\x00\n", "bukan-csv", None, None),
]


@pytest.mark.parametrize(("content", "code", "row", "column"), REFUSED)
def test_bad_files_are_refused_with_row_and_column(
    content: bytes, code: str, row: int | None, column: str | None
) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_responses(content, NIK, MaxPoints())
    assert (caught.value.code, caught.value.row, caught.value.column) == (code, row, column)


def test_a_refusal_is_one_sentence_that_names_the_place() -> None:
    with pytest.raises(RefusedFileError) as caught:
        read("NIK,s1\n1,1\n2,2\n")
    assert str(caught.value) == (
        "baris 3, kolom 's1': '2' tidak di antara 0 dan 1; poin tertinggi ditetapkan dengan --max-score"
    )


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("NIK,s1,s2\n1,D,ya\n", {"keys": KEY}, "pilihan-tak-dikenal"),
        ("NIK,s1\n1,A\n", {"keys": KEY}, "kunci-tanpa-kolom"),
        ("NIK,waktu,s1,s2\n1,8,A,ya\n", {"keys": KEY}, "kolom-tanpa-kunci"),
        ("NIK,s1\n1,1\n", {"layout": Layout("NIK", "NIK")}, "kolom-rangkap"),
        ("NIK,paket,s1\n1,,1\n", {"layout": Layout("NIK", "paket")}, "paket-kosong"),
        ("NIK,s1\n1,1\n", {"most": MaxPoints(1, {"s9": 2})}, "poin-tanpa-kolom"),
    ],
)
def test_what_does_not_agree_is_refused(text: str, options: dict[str, object], code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read(text, **options)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_ignored_columns_are_no_items() -> None:
    assert read("NIK,waktu,s1\n1,pagi,1\n", Layout("NIK", None, ("waktu",))).items == ("s1",)


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    monkeypatch.setattr(tables, "MAX_COLUMNS", 3)
    for text, code in (
        ("a\n1\n2\n3\n", "terlalu-banyak-baris"),
        ("a,b,c,d\n1,1,1,1\n", "terlalu-banyak-kolom"),
    ):
        with pytest.raises(RefusedFileError) as caught:
            read_table(text.encode())
        assert caught.value.code == code
    monkeypatch.setattr(tables, "MAX_MEGABYTES", 0)
    with pytest.raises(RefusedFileError) as caught:
        read_table(b"a\n1\n")
    assert caught.value.code == "terlalu-besar"


def test_keys_are_read_and_several_may_be_right() -> None:
    text = (
        '{"s1": {"key": "B", "options": ["A", "B"]}, "s2 ": {"key": ["x", "y"], "options": ["x", "y", "z"]}}'
    )
    assert read_key(text.encode()) == {
        "s1": ItemKey(("A", "B"), frozenset({1})),
        "s2": ItemKey(("x", "y", "z"), frozenset({0, 1})),
    }


def test_a_key_alone_takes_its_options_from_the_answers() -> None:
    keys = read_key(b'{"s1": "B", "s2": ["ya", "boleh"]}')
    found = read("NIK,s1,s2\n1,C,boleh\n2,A,tidak\n3,,ya\n", keys=keys)
    assert found.keys is not None
    assert [key.options for key in found.keys] == [("B", "A", "C"), ("ya", "boleh", "tidak")]
    assert found.points.tolist() == [[0, 1], [0, 0], [0, 1]]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("{", "kunci-bukan-json", None),
        ("9" * 5000, "kunci-bukan-json", None),
        ("[" * 100_000, "kunci-bukan-json", None),
        ("[]", "kunci-bentuk", None),
        ("{}", "kunci-bentuk", None),
        ('{"s1": 2}', "kunci-bentuk", "s1"),
        ('{"s1": ""}', "kunci-bentuk", "s1"),
        ('{"s1": ["B", "B"]}', "kunci-bentuk", "s1"),
        ('{"s1": {"key": "B", "options": []}}', "kunci-bentuk", "s1"),
        ('{"s1": {"key": "B", "options": ["B", "B"]}}', "kunci-bentuk", "s1"),
        ('{"s1": {"key": 1, "options": ["B"]}}', "kunci-bentuk", "s1"),
        ('{"s1": {"key": "C", "options": ["A", "B"]}}', "kunci-di-luar-pilihan", "s1"),
        (
            '{"s1": {"key": "A", "options": ["A"]}, "s1": {"key": "A", "options": ["A"]}}',
            "kunci-rangkap",
            "s1",
        ),
    ],
)
def test_bad_keys_are_refused_with_their_item(text: str, code: str, column: str | None) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_key(text.encode())
    assert (caught.value.code, caught.value.column) == (code, column)


@given(st.binary(max_size=60))
def test_no_bytes_do_more_than_be_refused(content: bytes) -> None:
    for call in (lambda: read_responses(content, Layout(), MaxPoints()), lambda: read_key(content)):
        try:
            call()
        except RefusedFileError as error:
            assert str(error)


@given(st.lists(st.lists(st.sampled_from(["", "0", "1", "0.5"]), min_size=2, max_size=2), max_size=6))
def test_what_is_written_is_what_is_read(rows: list[list[str]]) -> None:
    text = "a,b,c\n" + "".join(",".join([*row, "1"]) + "\n" for row in rows)
    try:
        found = read(text, Layout())
    except RefusedFileError as error:
        assert error.code in ("kolom-kosong", "tanpa-jawaban")
        return
    assert found.points[:, :2].tolist() == [[float(cell or 0) for cell in row] for row in rows]


def test_every_refusal_can_be_said() -> None:
    figures = dict.fromkeys(("value", "found", "wanted", "first", "second"), "x")
    for code in REFUSALS:
        assert str(RefusedFileError(code, most=1.0, **figures))
