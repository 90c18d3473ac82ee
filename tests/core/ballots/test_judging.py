"""The rules of the program against the judgement of a person."""

from __future__ import annotations

from collections import Counter

import pytest
from pydantic import ValidationError

from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.core.ballots.features import features
from kapuas_quiz.core.ballots.model import Ballot
from kapuas_quiz.core.ballots.rules import UNDECIDED, RuleTable, When, judge, matching
from kapuas_quiz.core.ballots.words import CONDITIONS
from tests.core.ballots.truth_table import NO, ROWS, paku, paper

RULES = load_ballot_rules()


@pytest.mark.parametrize(("ballot", "key", "cell"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_ballot_is_judged_as_a_person_judges_it(ballot: Ballot, key: str | None, cell: str) -> None:
    rule, judgement = matching(ballot, RULES.cells), judge(ballot, RULES.cells)
    assert rule is not None and rule.id == cell
    assert (judgement.key if judgement else None) == key


def test_the_truth_table_visits_every_cell_and_no_row_twice() -> None:
    assert {row[3] for row in ROWS} == {cell.id for cell in RULES.cells}
    assert len(ROWS) >= 60
    assert Counter(row[0] for row in ROWS).most_common(1)[0][1] == 1


def test_what_is_undecided_is_never_a_verdict() -> None:
    undecided = {cell.id for cell in RULES.cells if cell.verdict == UNDECIDED}
    assert undecided == {row[3] for row in ROWS if row[2] is None}
    assert not [cell.id for cell in RULES.cells if cell.certain and cell.id in undecided]


def test_without_a_rule_that_fits_there_is_no_verdict() -> None:
    only_unsigned = [cell for cell in RULES.cells if cell.id == "tanpa-tanda-tangan"]
    assert judge(paper(2, paku(60, 95)), only_unsigned) is None
    judgement = judge(paper(2, paku(60, 95), signed=False), only_unsigned)
    assert judgement and judgement.key == NO


def test_the_order_of_the_cells_decides() -> None:
    ballot = paper(2, paku(60, 95), paku(240, 95), signed=False)
    backwards = judge(ballot, RULES.cells[::-1])
    assert backwards and backwards.cell == "lebih-dari-satu-pasangan"


def test_each_feature_and_each_value_has_words_for_the_officer() -> None:
    named = {name: set(words) for name, words in CONDITIONS.items()}
    for _, ballot, _, _ in ROWS:
        seen = features(ballot)
        assert seen.keys() == named.keys() == When.model_fields.keys()
        assert all(value in named[name] for name, value in seen.items())
        assert When.model_validate(seen).wishes == seen


def test_only_pasal_94_and_the_empty_column_are_certain_by_a_named_instrument() -> None:
    cited = {cell.citation.instrument for cell in RULES.cells if cell.citation.instrument}
    assert cited == {"UU 1/2015", "Keputusan KPU 1337/2024"}
    assert all(cell.certain for cell in RULES.cells if cell.citation.instrument)
    assert {cell.citation.article for cell in RULES.cells} == {""}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"certain": True, "verdict": UNDECIDED}, "certain"),
        ({"verdict": "sah", "when": {"marks": "satu"}}, "target"),
        ({"verdict": "kolom-kosong", "when": {"target": "pasangan"}}, "target"),
        ({"when": {"shape": "bulat"}}, "shape"),
        ({"when": {"tool": "linggis"}}, "tool"),
    ],
)
def test_a_cell_that_contradicts_itself_is_refused(change: dict[str, object], complaint: str) -> None:
    cell = {**RULES.cells[4].model_dump(exclude_none=True), **change}
    with pytest.raises(ValidationError, match=complaint):
        RuleTable.model_validate({"cells": [cell]})


def test_a_cell_cannot_stand_in_the_table_twice() -> None:
    cells = [cell.model_dump(exclude_none=True) for cell in (RULES.cells[0], RULES.cells[0])]
    with pytest.raises(ValidationError, match="dua kali"):
        RuleTable.model_validate({"cells": cells})
