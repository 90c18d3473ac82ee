"""Result forms as items: drawn, shown, graded, explained."""

from __future__ import annotations

from typing import Any

import pytest

from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.core.items import accepts, draw, explain, grade, present, say, seen
from kapuas_quiz.core.items.result_form import ResultForm
from kapuas_quiz.core.items.result_form_source import ResultFormSource

TYPE = ResultForm()


def source(**changes: Any) -> ResultFormSource:
    written = {
        "id": "penghitungan-901",
        "type": "result_form",
        "level": "terapkan",
        "stem": "Lengkapi lembar ini.",
        "rationale": "Jumlah mengikuti aturannya.",
        "citation": {"instrument": "", "article": "", "paragraph": "", "letter": ""},
        "facts": ["F109"],
        "review": "draf",
        "review_note": "",
        "layout": "c-hasil-suara",
        "task": "isi",
        "rules": ["suara-sah", "surat-suara"],
        "blank": 3,
        "pairs": 2,
    }
    return ResultFormSource.model_validate({**written, **changes})


def checking(**changes: Any) -> ResultFormSource:
    return source(**{"task": "periksa", "rules": ["suara-sah", "sah-tidak-sah"], "blank": None, **changes})


def content(written: ResultFormSource) -> dict[str, Any]:
    kept = TYPE.content(written, load_registers())
    return {**kept, "stem_html": "<p>Lengkapi.</p>", "rationale_html": "<p>Sebab.</p>"}


def sheet(written: ResultFormSource, seed: int = 5) -> dict[str, Any]:
    bare = content(written)
    return dict(seen(bare, draw(bare, seed)))


def faults(**changes: Any) -> list[str]:
    return [field for field, _ in TYPE.faults(source(**changes), load_registers())]


def right_answer(item: dict[str, Any]) -> dict[str, str]:
    return {cell: str(item["values"][cell]) for cell in item["hidden"]}


def test_without_the_sheet_that_was_seen_no_answer_is_graded() -> None:
    for written in (source(), checking()):
        assert grade(content(written), TYPE.key_answer(sheet(written, 1))) is None


def shown(item: dict[str, Any]) -> dict[str, str | None]:
    tables = present(item)["tables"]
    return {each["id"]: each["text"] for table in tables for line in table["lines"] for each in line["cells"]}


def test_neighbours_fill_in_different_sheets_by_the_same_rules() -> None:
    first, second = sheet(source(), 1), sheet(source(), 2)
    assert first["values"] != second["values"]
    assert set(first["hidden"].values()) == set(second["hidden"].values()) == {"suara-sah", "surat-suara"}
    assert sheet(source(), 1) == first


def test_what_is_to_be_filled_is_not_sent() -> None:
    item = sheet(source())
    empty = {cell for cell, text in shown(item).items() if text is None}
    assert empty == set(item["hidden"])


def test_what_is_wrong_stands_wrong_and_nothing_tells_which() -> None:
    item = sheet(checking())
    cell, written = item["wrong"]["cell"], item["wrong"]["written"]
    assert cell == "sah"
    assert shown(item)[cell] == str(written) != str(item["values"][cell])
    assert None not in shown(item).values()
    assert set(present(item)) == {"type", "stem", "task", "title", "tables"}


def test_every_cell_right_is_a_whole_point_with_or_without_points_in_thousands() -> None:
    item = sheet(source(layout="rekap-desa", rules=["jumlah-desa"], blank=4, pairs=None, places=3))
    answer = right_answer(item)
    assert grade(item, answer) == 1.0
    assert grade(item, {cell: f"{int(text):,}".replace(",", ".") for cell, text in answer.items()}) == 1.0


def test_a_rule_counts_only_with_all_its_cells() -> None:
    item = sheet(source())
    answer = right_answer(item)
    double = max(set(item["hidden"].values()), key=list(item["hidden"].values()).count)
    cell = next(cell for cell, rule in item["hidden"].items() if rule == double)
    assert grade(item, {**answer, cell: "9999"}) == 0.5
    del answer[cell]
    assert grade(item, answer) == 0.5


def test_finding_the_cell_is_half_and_correcting_it_the_other_half() -> None:
    item = sheet(checking())
    cell, right = item["wrong"]["cell"], str(item["values"][item["wrong"]["cell"]])
    assert grade(item, {"baris": cell, "angka": right}) == 1.0
    assert grade(item, {"baris": cell}) == 0.5
    assert grade(item, {"baris": cell, "angka": str(item["wrong"]["written"])}) == 0.5
    assert grade(item, {"baris": "pakai", "angka": right}) == 0.0
    assert grade(item, {"angka": right}) == 0.0


@pytest.mark.parametrize(
    "answer", ["sah", {"bukan": "1"}, {"sah": 1}, {"sah": "1" * 201}, {}, {"baris": "sah"}, 3]
)
def test_what_is_no_answer_to_filling_in_is_neither_accepted_nor_graded(answer: object) -> None:
    assert not accepts(content(source()), answer)
    assert grade(content(source()), answer) is None


@pytest.mark.parametrize("answer", [{"baris": "bukan"}, {"sah": "1"}, {"angka": ""}])
def test_what_is_no_answer_to_checking_is_neither_accepted_nor_graded(answer: object) -> None:
    assert not accepts(content(checking()), answer)
    assert grade(content(checking()), answer) is None


def test_no_answer_is_accepted_and_has_no_grade() -> None:
    assert accepts(content(source()), None)
    assert grade(content(source()), None) is None
    assert say(content(source()), None) == ""


def test_staff_see_an_example_without_an_attempt() -> None:
    bare = content(source())
    assert present(bare) == present(seen(bare, draw(bare, 1)))


def test_the_explanation_gives_the_numbers_and_the_rules_in_words() -> None:
    item = sheet(checking())
    values = item["values"]
    told = explain(item)
    assert told.key_text == f"Jumlah suara sah: {values['sah']}"
    assert "Suara semua kolom pada surat suara ditambahkan menjadi jumlah suara sah." in told.rationale_html
    assert f"{values['suara1']} + {values['suara2']} = {values['sah']}" in told.rationale_html
    assert explain(sheet(source())).key_text.count(";") == 2


def test_an_answer_is_said_in_words() -> None:
    assert say(sheet(source()), {"sah": "12", "suara2": "5"}) == (
        "Pasangan calon nomor urut 2: 5; Jumlah suara sah: 12"
    )
    assert say(sheet(checking()), {"baris": "sah", "angka": "12"}) == "Jumlah suara sah: 12"


def test_a_layout_that_changes_later_leaves_the_wording_as_it_was() -> None:
    kept = content(source())
    assert kept["form"]["name"] == "c-hasil-suara"
    assert draw({**kept, "layout": "nama-lain"}, 3) == draw(kept, 3)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"layout": "tidak-ada"}, "layout"),
        ({"rules": ["tidak-ada"]}, "rules"),
        ({"pairs": None}, "pairs"),
        ({"places": 2}, "places"),
        ({"blank": 1}, "blank"),
        ({"blank": 12}, "blank"),
        ({"errors": ["salah-jumlah"]}, "errors"),
        ({"task": "periksa"}, "blank"),
        ({"task": "periksa", "blank": None, "rules": []}, "rules"),
        ({"task": "periksa", "blank": None, "rules": ["suara-sah"]}, "rules"),
    ],
)
def test_what_cannot_be_drawn_is_refused_when_the_bank_is_read(changes: dict[str, Any], field: str) -> None:
    assert faults(**changes) == [field]


def test_what_can_be_drawn_is_not_refused() -> None:
    assert faults() == []
    assert list(TYPE.faults(checking(), load_registers())) == []
