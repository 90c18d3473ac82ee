"""The preview of a roster, on the six kecamatan of the third wave."""

import csv
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapuas_quiz.core.comparison import Known, Line
from kapuas_quiz.core.participants import Participant
from kapuas_quiz.core.places import Gazetteer, read_places
from kapuas_quiz.core.roster import Preview, preview, state_of
from kapuas_quiz.core.tables import Sheet, find_table
from kapuas_quiz.settings import ROOT

HEAD = ["Nama", "Jabatan", "Badan", "Kecamatan", "Desa", "Nomor SK", "Keterangan"]
NILA = Participant("Nila Pertiwi", "PPS", "Ketua", "62.03.10", "62.03.10.2002")


@pytest.fixture(scope="module")
def kapuas() -> Gazetteer:
    return real_places()


def real_places() -> Gazetteer:
    with (ROOT / "kapuas_quiz" / "data" / "wilayah.csv").open(encoding="utf-8", newline="") as file:
        return read_places(csv.DictReader(file))


def look(
    places: Gazetteer,
    *rows: Sequence[str],
    known: Sequence[Known] = (),
    answers: Mapping[str, str] | None = None,
) -> Preview:
    table = find_table([Sheet("Lembar1", [HEAD, *rows])])
    return preview(table, places=places, known=known, answers=answers or {})


def codes(lines: Sequence[Line]) -> list[list[str]]:
    return [[reason.code for reason in line.reasons] for line in lines]


def test_a_whole_row_is_ready(kapuas: Gazetteer) -> None:
    seen = look(kapuas, ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"])
    assert [line.participant for line in seen.ready] == [NILA]
    assert seen.count("tambah") == 1
    assert not (seen.to_check or seen.refused)


@pytest.mark.parametrize("kecamatan", ["Timpah", "Kapuas Tengah", "Kapuas Hulu", "Mandau Talawang"])
def test_ppk_has_no_desa(kapuas: Gazetteer, kecamatan: str) -> None:
    seen = look(kapuas, ["Nila Pertiwi", "Ketua PPK", "", kecamatan.upper(), ""])
    assert seen.ready[0].participant is not None
    assert (seen.ready[0].participant.body, seen.ready[0].participant.desa) == ("PPK", "")
    assert kapuas.name(seen.ready[0].participant.kecamatan) == kecamatan


@pytest.mark.parametrize(
    ("position", "body", "expected"),
    [
        ("Ketua PPS", "", ("PPS", "Ketua", "anggota")),
        ("KETUA MERANGKAP ANGGOTA", "Panitia Pemungutan Suara", ("PPS", "Ketua", "anggota")),
        ("Anggota PPS Desa Aruk", "", ("PPS", "Anggota", "anggota")),
        ("anggota", "pps", ("PPS", "Anggota", "anggota")),
        ("Sekretaris", "PPS", ("PPS", "Sekretaris", "sekretariat")),
        ("Staf Pelaksana", "PPS", ("PPS", "Staf sekretariat", "sekretariat")),
        ("Anggota", "", ("PPS", "Anggota", "anggota")),
    ],
)
def test_body_and_position_are_read_as_people_write_them(
    kapuas: Gazetteer, position: str, body: str, expected: tuple[str, str, str]
) -> None:
    person = look(kapuas, ["Nila Pertiwi", position, body, "Timpah", "Aruk"]).ready[0].participant
    assert person is not None
    assert (person.body, person.position, person.kind) == expected


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["", "Ketua", "PPS", "Timpah", "Aruk"], "nama-kosong", "A2"),
        (["Nila 62031015", "Ketua", "PPS", "Timpah", "Aruk"], "nama-berangka", "A2"),
        (["Nila Pertiwi", "Anggota", "KPPS", "Timpah", "Aruk"], "badan-lain", "C2"),
        (["Nila Pertiwi", "Ketua", "PPK", "", ""], "kecamatan-kosong", "D2"),
        (["Nila Pertiwi", "Ketua", "PPK", "Jauh Sekali", ""], "kecamatan-tidak-dikenal", "D2"),
        (["Nila Pertiwi", "Ketua", "PPS", "", ""], "desa-kosong", "E2"),
        (["Nila Pertiwi", "Ketua", "", "", ""], "badan-kosong", "E2"),
        (["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk", "", "PAW"], "paw-tanpa-sk", "G2"),
        (["Nila Pertiwi", "K" * 41, "PPS", "Timpah", "Aruk"], "jabatan-panjang", "B2"),
    ],
)
def test_a_refused_row_names_cell_and_reason(kapuas: Gazetteer, row: list[str], code: str, cell: str) -> None:
    seen = look(kapuas, row)
    assert [(r.code, r.cell) for line in seen.refused for r in line.reasons] == [(code, cell)]
    assert not (seen.ready or seen.to_check)


def test_every_fault_of_a_row_is_said_at_once(kapuas: Gazetteer) -> None:
    seen = look(kapuas, ["Nila 7", "Ketua", "PPK", "Jauh Sekali", "", "", "PAW"])
    assert codes(seen.refused) == [["nama-berangka", "kecamatan-tidak-dikenal", "paw-tanpa-sk"]]


@pytest.mark.parametrize(
    ("status", "decree", "kind", "note"),
    [
        ("", "", "anggota", ""),
        ("PAW", "123/PP.04.2/2024", "paw", ""),
        ("Pengganti antar waktu", "123", "paw", ""),
        ("Mewakili ketua", "", "mewakili", ""),
        ("Sekretariat", "", "sekretariat", ""),
        ("datang hari kedua", "", "anggota", "datang hari kedua"),
    ],
)
def test_the_status_column_tells_the_kind(
    kapuas: Gazetteer, status: str, decree: str, kind: str, note: str
) -> None:
    seen = look(kapuas, ["Nila Pertiwi", "Anggota", "PPS", "Timpah", "Aruk", decree, status])
    person = seen.ready[0].participant
    assert person is not None and (person.kind, person.note) == (kind, note)


@pytest.mark.parametrize(
    ("kecamatan", "desa", "code", "first", "offered"),
    [
        ("Timpah", "Lungku Layang", "desa-mirip", "Lungkuh Layang", True),
        ("Timpha", "Aruk", "kecamatan-mirip", "Aruk", True),
        ("Timpah", "Sidomulyo", "desa-tidak-dikenal", "Aruk", False),
        ("Timpah", "Manusup", "desa-mirip", "Manusup", True),
        ("", "Sidomulyo", "kecamatan-kosong", "Sidomulyo", False),
        ("Timpah", "", "desa-kosong", "Aruk", False),
    ],
)
def test_a_near_miss_of_a_place_is_asked_about(
    kapuas: Gazetteer, kecamatan: str, desa: str, code: str, first: str, offered: bool
) -> None:
    seen = look(kapuas, ["Nila Pertiwi", "Ketua", "PPS", kecamatan, desa])
    assert codes(seen.to_check) == [[code]]
    (question,) = seen.to_check[0].questions
    assert kapuas.name(question.choices[0].value) == first
    assert question.chosen == (question.choices[0].value if offered else "")
    assert question.choices[-1].value == ""


def test_an_answered_place_makes_the_row_ready(kapuas: Gazetteer) -> None:
    row = ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Arrukk"]
    assert look(kapuas, row, answers={"2|tempat": "62.03.10.2002"}).ready[0].participant == NILA


def test_an_answer_that_is_no_such_place_is_not_taken(kapuas: Gazetteer) -> None:
    row = ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Arrukk"]
    assert look(kapuas, row, answers={"2|tempat": "62.03.10"}).to_check
    assert look(kapuas, row, answers={"2|tempat": "bukan-kode"}).to_check


def test_a_row_may_be_left_out(kapuas: Gazetteer) -> None:
    seen = look(kapuas, ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Arrukk"], answers={"2|tempat": ""})
    assert len(seen.left_out) == 1 and not (seen.ready or seen.to_check or seen.refused)


def test_who_writes_neither_body_nor_desa_is_asked(kapuas: Gazetteer) -> None:
    row = ["Nila Pertiwi", "Ketua", "", "Timpah", ""]
    (question,) = look(kapuas, row).to_check[0].questions
    assert question.choices[0].code == "kecamatan"
    person = look(kapuas, row, answers={question.id: "62.03.10"}).ready[0].participant
    assert person is not None and (person.body, person.desa) == ("PPK", "")


def test_an_empty_position_is_asked_about(kapuas: Gazetteer) -> None:
    row = ["Nila Pertiwi", "", "PPS", "Timpah", "Aruk"]
    (question,) = look(kapuas, row).to_check[0].questions
    assert look(kapuas, row, answers={question.id: "Ketua"}).ready[0].participant == NILA


def test_a_double_in_the_file_is_shown_beside_the_first(kapuas: Gazetteer) -> None:
    rows = [
        ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"],
        ["Hj. NILA PERTIWI, S.Sos", "Anggota", "PPS", "Timpah", "Aruk"],
    ]
    seen = look(kapuas, *rows)
    assert codes(seen.to_check) == [["kembar-di-berkas"]]
    assert seen.to_check[0].beside == (NILA,)
    assert len(look(kapuas, *rows, answers={"3|orang": "baru"}).ready) == 2
    assert len(look(kapuas, *rows, answers={"3|orang": ""}).ready) == 1


def test_the_same_name_in_another_place_is_another_person(kapuas: Gazetteer) -> None:
    seen = look(
        kapuas,
        ["Nila", "Ketua", "PPS", "Timpah", "Aruk"],
        ["Nila", "Ketua", "PPS", "Timpah", "Batapah"],
        ["Nila", "Ketua", "PPS", "Mantangai", "Lamunti"],
    )
    assert seen.count("tambah") == 3


def test_importing_again_changes_nothing(kapuas: Gazetteer) -> None:
    seen = look(kapuas, ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"], known=[Known("a", NILA)])
    assert [line.action for line in seen.ready] == ["tetap"]
    assert seen.absent == ()


def test_importing_again_updates_what_differs(kapuas: Gazetteer) -> None:
    seen = look(kapuas, ["NILA PERTIWI, S.Sos", "Anggota", "PPS", "Timpah", "Aruk"], known=[Known("a", NILA)])
    (line,) = seen.ready
    assert line.action == "perbarui" and line.known is not None and line.known.id == "a"
    assert line.changes == {
        "name": ("Nila Pertiwi", "NILA PERTIWI, S.Sos"),
        "position": ("Ketua", "Anggota"),
    }


def test_a_file_without_kind_or_decree_erases_neither(kapuas: Gazetteer) -> None:
    paw = Participant(
        "Nila Pertiwi", "PPS", "Ketua", "62.03.10", "62.03.10.2002", "paw", "12/2024", "catatan"
    )
    seen = look(kapuas, ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"], known=[Known("a", paw)])
    assert [line.action for line in seen.ready] == ["tetap"]


def test_somebody_who_may_have_moved_is_asked_about(kapuas: Gazetteer) -> None:
    row = ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Batapah"]
    seen = look(kapuas, row, known=[Known("a", NILA)])
    assert codes(seen.to_check) == [["mungkin-pindah"]]
    moved = look(kapuas, row, known=[Known("a", NILA)], answers={"2|orang": "sama:a"})
    assert moved.ready[0].changes == {"desa": ("62.03.10.2002", "62.03.10.2008")}
    other = look(kapuas, row, known=[Known("a", NILA)], answers={"2|orang": "baru"})
    assert other.ready[0].action == "tambah" and other.absent == (Known("a", NILA),)


def test_another_spelling_of_an_enrolled_name_is_asked_about(kapuas: Gazetteer) -> None:
    seen = look(kapuas, ["Nila Pertiwy", "Ketua", "PPS", "Timpah", "Aruk"], known=[Known("a", NILA)])
    assert codes(seen.to_check) == [["nama-mirip"]]
    assert seen.to_check[0].beside == (NILA,)


def test_two_rows_cannot_become_one_person(kapuas: Gazetteer) -> None:
    rows = [
        ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Batapah"],
        ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Petak Puti"],
    ]
    answers = {"2|orang": "sama:a", "3|orang": "sama:a"}
    seen = look(kapuas, *rows, known=[Known("a", NILA)], answers=answers)
    assert [line.known.id for line in seen.ready if line.known] == ["a"]


def test_a_withdrawn_person_is_not_brought_back_without_asking(kapuas: Gazetteer) -> None:
    row = ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"]
    gone = Known("a", NILA, withdrawn=True)
    assert codes(look(kapuas, row, known=[gone]).to_check) == [["pernah-dikeluarkan"]]
    back = look(kapuas, row, known=[gone], answers={"2|orang": "sama:a"})
    assert [line.action for line in back.ready] == ["perbarui"]


def test_namesakes_in_one_desa_are_told_apart_by_position(kapuas: Gazetteer) -> None:
    other = Participant("Nila Pertiwi", "PPS", "Anggota", "62.03.10", "62.03.10.2002")
    known = [Known("a", NILA), Known("b", other)]
    seen = look(
        kapuas,
        ["Nila Pertiwi", "Anggota", "PPS", "Timpah", "Aruk"],
        ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"],
        known=known,
    )
    assert [line.known.id for line in seen.ready if line.known] == ["b", "a"]
    assert seen.count("tetap") == 2


def test_the_state_of_the_enrolled_changes_with_them() -> None:
    assert state_of([Known("a", NILA)]) == state_of([Known("a", NILA)])
    assert state_of([Known("a", NILA)]) != state_of([Known("a", NILA, withdrawn=True)])
    assert state_of([]) != state_of([Known("a", NILA)])


cells = st.sampled_from(
    [
        "",
        "Nila Pertiwi",
        "Gita",
        "Ketua PPS",
        "PPK",
        "Anggota",
        "Timpah",
        "Aruk",
        "Mantangai",
        "Sidomulyo",
        "PAW",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=7, max_size=7), max_size=8))
def test_every_row_lands_in_exactly_one_place(rows: list[list[str]]) -> None:
    seen = look(real_places(), *rows)
    table = find_table([Sheet("Lembar1", [HEAD, *rows])])
    sorted_rows = [
        line.row.id for part in (seen.ready, seen.to_check, seen.refused, seen.left_out) for line in part
    ]
    assert sorted(sorted_rows) == sorted(row.id for row in table.rows)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(cells, min_size=7, max_size=7), max_size=8))
def test_importing_twice_adds_nobody(rows: list[list[str]]) -> None:
    places = real_places()
    first = look(places, *rows)
    known = [Known(str(n), line.participant) for n, line in enumerate(first.ready) if line.participant]
    assert look(places, *rows, known=known).count("tambah") == 0
