"""The ballot catalogue: what is printed, and that the one in the documents is the current one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from kapuas_quiz.banks.ballot_rules import RULES, load_ballot_rules
from kapuas_quiz.banks.catalogue_pdf import catalogue_data, table_fingerprint
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.instruments import load_instruments
from kapuas_quiz.core.ballots.rules import UNDECIDED, RuleCell, RuleTable
from kapuas_quiz.core.facts import fact_faults
from kapuas_quiz.core.items.ballot import BallotSource

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs" / "pejabat-hukum"
DATA = catalogue_data(load_ballot_rules(), load_facts(), load_instruments())


def changed(**change: object) -> RuleTable:
    cells = [cell.model_dump(exclude_none=True) for cell in load_ballot_rules().cells]
    cells[4].update(change)
    return RuleTable.model_validate({"cells": cells})


def test_every_cell_is_printed_with_at_least_two_ballots_for_each_number_of_pairs() -> None:
    printed = {cell["id"]: [ballot["pairs"] for ballot in cell["ballots"]] for cell in DATA["cells"]}
    assert list(printed) == [cell.id for cell in load_ballot_rules().cells]
    assert printed["di-kolom-kosong"] == ["satu pasangan calon"] * 6
    assert printed["pada-nomor-urut"] == [f"{pairs} pasangan calon" for pairs in (2, 2, 3, 3, 4, 4)]
    assert len(printed["tanpa-tanda-tangan"]) == 8


def test_a_cell_is_printed_with_its_reason_its_law_and_its_facts() -> None:
    cell = next(cell for cell in DATA["cells"] if cell["id"] == "pada-nomor-urut")
    assert cell["citation"] == "UU 1/2015 sebagaimana diubah dengan UU 8/2015, UU 10/2016, dan UU 6/2020"
    assert cell["facts"] == ["F085: Coblosan pada nomor urut saja (satu pasangan calon) adalah sah."]
    assert cell["conditions"] == ["hanya satu kolom pasangan calon yang terkena", "hanya pada nomor urut"]
    assert {ballot["verdict"].split(" (")[0] for ballot in cell["ballots"]} == {
        "Sah untuk nomor urut 1",
        "Sah untuk nomor urut 2",
        "Sah untuk nomor urut 3",
    }


@pytest.mark.parametrize("cell", load_ballot_rules().cells, ids=lambda cell: cell.id)
def test_a_cell_leans_on_no_more_than_its_facts_carry(cell: RuleCell) -> None:
    """Each cell is held to what an item with the same facts and citation is held to."""
    item = {
        **{"id": "suara-001", "level": "terapkan", "type": "ballot", "pairs": 2, "cells": [cell.id]},
        **{"stem": "?", "rationale": "!", "facts": list(cell.facts), "citation": cell.citation.model_dump()},
        **{"review": "siap-ditelaah", "review_note": cell.note},
    }
    faults = list(fact_faults(BallotSource.model_validate(item), load_facts()))
    if cell.verdict == UNDECIDED:
        faults = [message for _, message in faults if "jangan-dulu" not in message]
    assert faults == []
    assert cell.facts and (cell.note or cell.citation.instrument)


def test_a_changed_rule_is_another_table_and_a_reviewed_one_is_not() -> None:
    table = table_fingerprint(load_ballot_rules())
    assert table_fingerprint(changed()) == table
    assert table_fingerprint(changed(review="disetujui", note="dibaca")) == table
    assert table_fingerprint(changed(sentence="Karena begitu.")) != table
    assert table_fingerprint(changed(certain=False)) != table


def test_the_catalogue_in_the_documents_is_the_current_one() -> None:
    """Otherwise: `flask --app app bank catalogue docs/pejabat-hukum/katalog-surat-suara.pdf`."""
    raw = (DOCUMENTS / "katalog-surat-suara.pdf").read_bytes()
    assert DATA["table"].encode() in raw and DATA["contents"].encode() in raw


def test_the_command_writes_a_page_for_each_cell_and_one_before(app: Flask, tmp_path: Path) -> None:
    output = tmp_path / "katalog.pdf"
    result = app.test_cli_runner().invoke(args=["bank", "catalogue", str(output)])
    assert result.exit_code == 0 and f"{len(DATA['cells'])} aturan" in result.output
    assert len(re.findall(rb"/Type\s*/Page\b", output.read_bytes())) == len(DATA["cells"]) + 1


def test_the_page_for_the_law_officer_names_every_value_that_a_rule_may_want() -> None:
    page = (DOCUMENTS / "surat-suara.md").read_text(encoding="utf-8")
    assert all(f"`{cell.id}`" in page for cell in load_ballot_rules().cells)
    assert RULES.name in page
