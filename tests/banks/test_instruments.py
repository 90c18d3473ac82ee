"""The register of instruments that comes with the program."""

import re

import pytest

from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.instruments import REGISTER, explain, load_instruments

CITABLE = ("siap-dengan-pasal", "siap-tanpa-pasal", "sandingkan-perubahan-uu")


def test_every_regulation_that_a_fact_may_be_cited_with_is_in_the_register():
    named = {
        re.split(r" \(| jo\. | sebagaimana ", law)[0].strip()
        for fact in load_facts().values()
        if fact.use in CITABLE and fact.regulation
        for law in fact.regulation.split(";")
    }
    assert named <= set(load_instruments())
    assert len(named) > 15


def test_an_id_says_kind_number_and_year():
    for entry in load_instruments().values():
        assert entry.id == f"{entry.kind} {entry.number}/{entry.year}"


def test_an_explanation_names_the_law_with_its_amendments():
    citation = {"instrument": "UU 1/2015", "article": "", "paragraph": "", "letter": ""}
    content = {
        "type": "true_false",
        "stem_html": "",
        "rationale_html": "",
        "key": "benar",
        "citation": citation,
    }
    law = "UU 1/2015 sebagaimana diubah dengan UU 8/2015, UU 10/2016, dan UU 6/2020"
    assert explain(content).citation_text == law


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("amended_by: []", "amended_by: [UU 99/2099]", "UU 99/2099"),
        ("amended_by: []", "amended_by: [", "susunan YAML"),
        ("in_force_from: null", "in_force_from: kemarin", "kemarin"),
    ],
)
def test_a_register_that_cannot_be_true_is_refused(tmp_path, old, new, wrong):
    path = tmp_path / "instruments.yaml"
    path.write_text(REGISTER.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=wrong):
        load_instruments(path)
