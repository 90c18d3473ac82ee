"""Single-choice items: what a phone gets, how an answer counts, what is explained afterwards."""

import json

import pytest

from kapuas_quiz.core import items
from kapuas_quiz.core.bank import content_digest, revision_content
from kapuas_quiz.core.items.single_choice import SingleChoiceSource
from tests.core.bank_samples import citation, raw_item, registers


def content(**values):
    written = revision_content(SingleChoiceSource.model_validate(raw_item(**values)), registers())
    return {**written, "stem_html": "<p>Pokok</p>", "rationale_html": "<p>Alasan</p>"}


def test_a_phone_gets_type_stem_and_options_and_nothing_else():
    assert items.present(content()) == {
        "type": "single_choice",
        "stem": "<p>Pokok</p>",
        "options": [
            {"id": "a", "text": "Menyimpannya."},
            {"id": "b", "text": "Memeriksa segelnya."},
            {"id": "c", "text": "Membukanya."},
        ],
    }


def test_another_key_rationale_citation_or_fact_does_not_change_what_a_phone_gets():
    other = content(
        key="a",
        rationale="Lain.",
        citation=citation("PKPU 8/2022", "Pasal 10"),
        facts=["F002"],
        level="ingat",
    )
    assert json.dumps(items.present(other)) == json.dumps(items.present(content()))


@pytest.mark.parametrize(
    ("answer", "points"), [("b", 1.0), ("a", 0.0), (None, None), ("z", None), (2, None), (["b"], None)]
)
def test_only_the_key_earns_the_point_and_nonsense_is_no_answer(answer, points):
    assert items.grade(content(), answer) == points


@pytest.mark.parametrize(("answer", "accepted"), [("a", True), (None, True), ("z", False), ({}, False)])
def test_an_answer_is_accepted_when_it_is_an_option_or_taken_back(answer, accepted):
    assert items.accepts(content(), answer) is accepted


def test_an_explanation_names_key_reasons_and_where_the_law_says_so():
    told = items.explain(content(citation=citation("PKPU 8/2022", "Pasal 10", "ayat (1)")))
    assert (told.key, told.key_text, told.rationale_html) == ("b", "Memeriksa segelnya.", "<p>Alasan</p>")
    assert told.option_rationales == {"b": "Segel menjaga isi."}
    assert told.citation_text == "Pasal 10 ayat (1) PKPU 8/2022"


def test_a_wording_is_the_same_whatever_its_level_review_or_rendering():
    assert content_digest(content(level="ingat", review="draf")) == content_digest(content())
    assert content_digest({**content(), "stem_html": "<p>lain</p>"}) == content_digest(content())
    assert content_digest(content(key="a")) != content_digest(content())
