"""Ballot items: one ballot, and a stack; drawn for each person, judged by the frozen rules."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.core.ballots.rules import RuleTable
from kapuas_quiz.core.items.ballot import BallotSource, BallotType
from kapuas_quiz.core.items.ballot_stack import BallotStackSource, BallotStackType
from kapuas_quiz.core.registers import Registers

RULES = load_ballot_rules()
ONE, STACK = BallotType(), BallotStackType()
COMMON = {
    "level": "terapkan",
    "stem": "Apa putusannya?",
    "rationale": "Lihat letaknya.",
    "citation": {"instrument": "", "article": "", "paragraph": "", "letter": "", "point": ""},
    "facts": ["F086"],
    "review": "siap-ditelaah",
    "review_note": "",
}


def registers(rules: RuleTable = RULES) -> Registers:
    return Registers(facts={}, instruments={}, ballot_rules=rules, layouts={})


def one(pairs: int = 3, *cells: str) -> BallotSource:
    return BallotSource.model_validate(
        {
            **COMMON,
            "id": "suara-001",
            "type": "ballot",
            "pairs": pairs,
            "cells": list(cells or ("pada-foto",)),
        }
    )


def stack(pairs: int, ballots: int, *cells: str) -> BallotStackSource:
    given = {"id": "suara-002", "type": "ballot_stack", "pairs": pairs, "ballots": ballots}
    return BallotStackSource.model_validate({**COMMON, **given, "cells": list(cells)})


def content(source: Any, rules: RuleTable = RULES) -> dict[str, Any]:
    kind = ONE if source.type == "ballot" else STACK
    kept = kind.content(source, registers(rules))
    html = {"stem_html": "<p>Apa putusannya?</p>", "rationale_html": "<p>Lihat letaknya.</p>"}
    return json.loads(json.dumps({**kept, **html}))


def seen(kept: dict[str, Any], seed: int) -> dict[str, Any]:
    kind = ONE if kept["type"] == "ballot" else STACK
    return {**kept, **json.loads(json.dumps(kind.draw(kept, seed)))}


MIXED = ("pada-foto", "tanpa-tanda-tangan", "lebih-dari-satu-pasangan")


def test_the_key_of_each_persons_ballot_is_the_verdict_of_the_rules() -> None:
    kept, keys = content(one(3)), Counter()
    for seed in range(60):
        mine = seen(kept, seed)
        key = mine["verdict"]
        keys[key] += 1
        options = [option["id"] for option in ONE.present(mine)["options"]]
        assert options == ONE.arrange(kept, seed) == ["p1", "p2", "p3", "tidak-sah"]
        assert [ONE.grade(mine, name) for name in options] == [float(name == key) for name in options]
        assert ONE.explain(mine).key == key and ONE.explain(mine).key_text.startswith("Sah untuk nomor urut")
    assert set(keys) == {"p1", "p2", "p3"}


def without_marks(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return a ballot whose geometry no longer tells what it told when it was drawn."""
    return {**drawn, "ballot": {**drawn["ballot"], "marks": []}}


def test_what_a_person_saw_keeps_its_key_when_the_drawing_changes() -> None:
    mine = seen(content(one(3)), 4)
    later = without_marks(mine)
    assert ONE.grade(later, ONE.key_answer(mine)) == 1.0 and ONE.explain(later).key == ONE.key_answer(mine)
    mine = seen(content(stack(3, 4, "pada-foto", "pada-nama")), 4)
    later = {**mine, "stack": [without_marks(drawn) for drawn in mine["stack"]]}
    assert STACK.grade(later, STACK.key_answer(mine)) == 1.0


def test_without_the_ballot_that_was_seen_no_answer_is_graded() -> None:
    assert ONE.grade(content(one(3)), "p1") is None
    assert STACK.grade(content(stack(2, 4, *MIXED)), {"1": "p1"}) is None


def test_cells_are_drawn_about_equally() -> None:
    kept = content(one(2, *MIXED))
    counts = Counter(ONE.draw(kept, seed)["cell"] for seed in range(300))
    assert set(counts) == set(MIXED) and min(counts.values()) > 70


def test_a_trainee_receives_the_picture_and_nothing_that_tells_the_key() -> None:
    mine = seen(content(one(2, *MIXED)), 5)
    shown = ONE.present(mine)
    assert shown.keys() == {"type", "stem", "options"} and shown["type"] == "single_choice"
    assert shown["stem"].startswith("<p>Apa putusannya?</p><svg ")
    text = json.dumps(shown)
    assert not [cell.id for cell in RULES.cells if cell.id in text.replace('"tidak-sah"', "")]
    assert "sentence" not in text and "certain" not in text


def test_the_pair_against_the_empty_column_has_its_own_verdicts() -> None:
    mine = seen(content(one(1, "di-kolom-kosong")), 1)
    words = [option["text"] for option in ONE.present(mine)["options"]]
    assert words[0].startswith("Sah untuk pasangan calon (") and words[1:] == [
        "Sah untuk kolom kosong",
        "Tidak sah",
    ]
    assert ONE.grade(mine, "kosong") == 1.0 and ONE.say(mine, "kosong") == "Sah untuk kolom kosong"


@pytest.mark.parametrize("answer", ["p4", "kosong", "", 3, {"1": "p1"}, ["p1"]])
def test_what_is_no_verdict_of_this_ballot_is_no_answer(answer: object) -> None:
    kept = content(one(3))
    assert not ONE.accepts(kept, answer) and ONE.grade(seen(kept, 1), answer) is None


def test_no_answer_is_accepted_and_not_graded() -> None:
    kept = content(one(3))
    assert ONE.accepts(kept, None) and ONE.grade(seen(kept, 1), None) is None and ONE.say(kept, None) == ""


def test_the_explanation_gives_the_cells_reason_and_law() -> None:
    mine = seen(content(one(2, "tanpa-tanda-tangan")), 1)
    told = ONE.explain(mine)
    assert told.key_text == "Tidak sah" and "tidak ditandatangani Ketua KPPS" in told.rationale_html
    assert told.citation["instrument"] == "UU 1/2015"
    without_law = ONE.explain(seen(content(one(2, "tidak-dicoblos")), 1))
    assert without_law.citation == COMMON["citation"]


def test_staff_see_an_example_with_every_cell_of_the_item() -> None:
    kept = content(one(2, *MIXED))
    assert ONE.present(kept) == ONE.present(kept) and "<svg" in ONE.present(kept)["stem"]
    listed = ONE.explain(kept).rationale_html
    assert listed.count("<li>") == 3 and "Tidak ditandatangani Ketua KPPS" in listed


def test_a_changed_rule_is_another_content_and_a_review_is_not() -> None:
    def table(**change: object) -> RuleTable:
        cells = [cell.model_dump(exclude_none=True) for cell in RULES.cells]
        cells[0].update(change)
        return RuleTable.model_validate({"cells": cells})

    before = content(one(3))
    assert content(one(3), table(review="disetujui", note="dibaca")) == before
    assert content(one(3), table(verdict="belum-diputuskan", certain=False)) != before
    first_only = content(one(3, "tanpa-tanda-tangan"))
    assert content(one(3, "tanpa-tanda-tangan"), table(sentence="Karena begitu.")) != first_only
    assert len(first_only["rules"]) == 1


def test_an_uncertain_cell_makes_an_item_for_practice_only() -> None:
    assert content(one(2, *MIXED))["practice_only"] is False
    assert content(one(2, "pada-foto", "garis-kolom-pasangan"))["practice_only"] is True


@pytest.mark.parametrize(
    ("pairs", "cell", "complaint"),
    [
        (2, "pada-hidung", "tidak ada dalam tabel aturan"),
        (2, "garis-milik-dua-kolom", "belum diputuskan"),
        (2, "di-kolom-kosong", "tidak mungkin terjadi pada pairs: 2"),
        (1, "pada-nomor-urut", "tidak mungkin terjadi pada pairs: 1"),
    ],
)
def test_a_cell_that_cannot_be_drawn_is_a_fault(pairs: int, cell: str, complaint: str) -> None:
    faults = list(ONE.faults(one(pairs, "pada-foto", cell), registers()))
    assert [field for field, _ in faults] == ["cells"] and complaint in faults[0][1]
    assert list(ONE.faults(one(2, *MIXED), registers())) == []


def test_a_cell_named_twice_is_a_fault() -> None:
    faults = list(STACK.faults(stack(2, 3, "pada-foto", "pada-foto"), registers()))
    assert [message for _, message in faults] == ["sel 'pada-foto' ditulis dua kali; hapus satu."]


def test_a_stack_has_each_cell_once_before_any_twice_and_the_same_pairs_throughout() -> None:
    kept = content(stack(2, 5, *MIXED))
    for seed in range(30):
        drawn = seen(kept, seed)["stack"]
        assert set(Counter(one["cell"] for one in drawn)) == set(MIXED) and len(drawn) == 5
        assert len({json.dumps(one["ballot"]["names"]) for one in drawn}) == 1
    few = content(stack(2, 3, *MIXED, "pada-nama", "tidak-dicoblos"))
    assert len({one["cell"] for one in seen(few, 1)["stack"]}) == 3


def test_a_stack_is_graded_by_the_share_that_is_right() -> None:
    mine = seen(content(stack(2, 4, *MIXED, "pada-nama")), 7)
    keys = {str(n): one["verdict"] for n, one in enumerate(mine["stack"], 1)}
    assert STACK.grade(mine, keys) == 1.0
    wrong = {n: "tidak-sah" if key != "tidak-sah" else "p1" for n, key in keys.items()}
    assert STACK.grade(mine, wrong) == 0.0
    assert STACK.grade(mine, {**wrong, "2": keys["2"]}) == 0.25
    assert STACK.grade(mine, {"3": keys["3"]}) == 0.25


@pytest.mark.parametrize("answer", ["p1", {}, {"5": "p1"}, {"1": "p3"}, {"1": ""}, {"1": ["p1"]}, ["p1"]])
def test_what_does_not_fit_the_stack_is_no_answer(answer: object) -> None:
    kept = content(stack(2, 4, *MIXED))
    assert not STACK.accepts(kept, answer) and STACK.grade(seen(kept, 1), answer) is None


def test_a_stack_shows_rows_and_choices_and_says_answers_in_words() -> None:
    mine = seen(content(stack(1, 3, "di-kolom-kosong", "pada-foto", "tanpa-tanda-tangan")), 3)
    shown = STACK.present(mine)
    assert shown.keys() == {"type", "stem", "rows", "choices"} and shown["type"] == "ballot_stack"
    assert [row["name"] for row in shown["rows"]] == ["1", "2", "3"]
    assert [choice["id"] for choice in shown["choices"]] == ["p1", "kosong", "tidak-sah"]
    assert STACK.say(mine, {"2": "kosong", "1": "tidak-sah"}) == "1. Tidak sah; 2. Sah untuk kolom kosong"
    told = STACK.explain(mine)
    assert told.rationale_html.count("<li>") == 3 and told.key_text.count(";") == 2
    assert STACK.say(mine, None) == ""


def test_staff_see_an_example_stack() -> None:
    kept = content(stack(2, 3, *MIXED))
    assert len(STACK.present(kept)["rows"]) == 3
    assert STACK.explain(kept).rationale_html.count("<li>") == 3
