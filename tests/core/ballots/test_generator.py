"""Ballots made to order, their pictures and their words, for any seed."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.core.ballots.drawing import svg
from kapuas_quiz.core.ballots.features import features
from kapuas_quiz.core.ballots.generator import ImpossibleError, generate, is_possible
from kapuas_quiz.core.ballots.model import Ballot, Writing
from kapuas_quiz.core.ballots.rules import judge, matching
from kapuas_quiz.core.ballots.words import describe, verdicts
from tests.core.ballots.truth_table import ROWS, paku, paper

CELLS = load_ballot_rules().cells
CASES = [(cell.id, pairs) for cell in CELLS for pairs in (1, 2, 3, 4) if is_possible(cell.id, pairs, CELLS)]
LARGEST, LARGEST_PACKED = 2800, 1300
ANY = given(case=st.sampled_from(CASES), seed=st.integers(0, 2**64 - 1))


@ANY
@settings(max_examples=600, deadline=None)
def test_a_generated_ballot_is_judged_to_its_cell(case: tuple[str, int], seed: int) -> None:
    ballot = generate(*case, seed, CELLS)
    rule, judgement = matching(ballot, CELLS), judge(ballot, CELLS)
    assert rule is not None and rule.id == case[0]
    assert (judgement is None) == (rule.verdict == "belum-diputuskan")
    assert judgement is None or judgement.key in dict(verdicts(ballot))


@ANY
@settings(max_examples=300, deadline=None)
def test_a_picture_is_well_formed_small_and_plain(case: tuple[str, int], seed: int) -> None:
    picture = svg(generate(*case, seed, CELLS))
    root = fromstring(picture)
    assert len(picture.encode()) <= LARGEST and len(gzip.compress(picture.encode())) <= LARGEST_PACKED
    assert root.get("role") == "img" and root.get("aria-label")
    names = {name for node in root.iter() for name in node.attrib}
    assert not names & {"style", "id", "class", "href"}
    assert {node.tag.split("}")[1] for node in root.iter()} <= {"svg", "g", "path", "text", "circle"}


@ANY
@settings(max_examples=300, deadline=None)
def test_the_words_say_what_matters_and_never_what_it_means(case: tuple[str, int], seed: int) -> None:
    ballot = generate(*case, seed, CELLS)
    words, seen = describe(ballot).casefold(), features(ballot)
    told = set(words.replace(".", " ").replace(",", " ").split())
    assert not told & {"sah", "tidak-sah", "kosong-sah", "batal", "dihitung"}
    assert ("tidak ada tanda tangan" in words) == (not ballot.signed)
    assert ("tulisan" in words or "coretan" in words) == (ballot.writing is not None)
    assert ("robek" in words) == (ballot.tear is not None)
    assert ("lipatan" in words) == (ballot.fold is not None)
    assert ("garis" in words) == (seen["line"] != "tidak")
    assert ("di luar semua kolom" in words) == (seen["outside"] == "ya")
    assert ("rokok" in words or "pulpen" in words) == (seen["tool"] in ("lain", "campuran"))
    assert ("tidak ada lubang" in words) == (seen["marks"] == "nol")
    for pair in ballot.names:
        assert all(name.casefold() in words for name in pair)


@ANY
@settings(max_examples=100, deadline=None)
def test_a_ballot_comes_back_from_json_as_it_was(case: tuple[str, int], seed: int) -> None:
    ballot = generate(*case, seed, CELLS)
    assert Ballot.model_validate(json.loads(json.dumps(ballot.model_dump()))) == ballot


def test_each_trainee_gets_other_holes_of_the_same_cell() -> None:
    ballots = [generate("pada-foto", 3, seed, CELLS) for seed in range(60)]
    assert len({ballot.marks for ballot in ballots}) > 50
    assert Counter(judged.cell for ballot in ballots if (judged := judge(ballot, CELLS))) == {"pada-foto": 60}
    assert {judged.key for ballot in ballots if (judged := judge(ballot, CELLS))} == {"p1", "p2", "p3"}


def test_the_same_seed_gives_the_same_ballot_on_every_machine() -> None:
    ballot = generate("lebih-dari-satu-pasangan", 2, 2024, CELLS)
    assert ballot == generate("lebih-dari-satu-pasangan", 2, 2024, CELLS)
    assert [(mark.x, mark.y) for mark in ballot.marks] == [(236, 54), (83, 53)]
    assert ballot.names == (("Citra", "Bayu"), ("Samudra", "Tirta"))


def test_a_cell_that_cannot_occur_is_refused() -> None:
    for cell, pairs in (("di-kolom-kosong", 2), ("pada-nomor-urut", 1), ("lebih-dari-satu-pasangan", 1)):
        assert not is_possible(cell, pairs, CELLS)
        with pytest.raises(ImpossibleError):
            generate(cell, pairs, 1, CELLS)
    with pytest.raises(ImpossibleError):
        generate("tidak-dikenal", 2, 1, CELLS)


def test_every_cell_can_be_drawn_with_some_number_of_pairs() -> None:
    assert {cell for cell, _ in CASES} == {cell.id for cell in CELLS}


def test_words_that_somebody_wrote_cannot_break_the_picture() -> None:
    picture = svg(paper(2, paku(60, 95), writing=Writing(x=20, y=192, text='<b onload="x">&')))
    texts = [node.text for node in fromstring(picture).iter() if node.text]
    assert '<b onload="x">&' in texts and "<b" not in picture


def test_two_ballots_that_a_person_tells_apart_never_read_the_same() -> None:
    described = Counter((describe(ballot), cell) for _, ballot, _, cell in ROWS)
    cells_by_words: dict[str, set[str]] = {}
    for words, cell in described:
        cells_by_words.setdefault(words, set()).add(cell)
    assert {words: cells for words, cells in cells_by_words.items() if len(cells) > 1} == {}
