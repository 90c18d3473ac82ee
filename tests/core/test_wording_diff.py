"""Two wordings are compared word by word, part by part."""

import pytest

from kapuas_quiz.core.wording_diff import in_words, word_diff, wording_changes


def marked(old: str, new: str) -> str:
    signs = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("satu dua", "satu dua", "satu dua"),
        ("paling lambat 3 hari", "paling lambat 7 hari", "paling lambat [-3 -][+7 +]hari"),
        ("satu dua", "satu", "[-satu dua-][+satu+]"),
        ("", "baru", "[+baru+]"),
        ("lama", "", "[-lama-]"),
    ],
)
def test_words_that_went_and_came_are_marked(old, new, shown):
    assert marked(old, new) == shown


def test_nothing_is_lost_of_either_wording():
    old, new = "Ketua  KPPS\nmembuka kotak.", "Ketua KPPS\nmenutup kotak dan segel."
    pieces = list(word_diff(old, new))
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_only_what_changed_is_listed_and_html_never():
    old = {"stem": "Apa?", "stem_html": "<p>Apa?</p>", "key": "a", "facts": ["F001"]}
    new = {"stem": "Apa?", "stem_html": "<p>Apa</p>", "key": "b", "facts": ["F001"], "unit": "orang"}
    assert [change.part for change in wording_changes(old, new)] == ["key", "unit"]


def test_options_read_as_lines_with_their_letters():
    options = [
        {"id": "a", "text": "Ya", "rationale": ""},
        {"id": "b", "text": "Bukan", "rationale": "Ini."},
    ]
    assert in_words(options) == "a. Ya\nb. Bukan Ini."


def test_the_html_of_the_parts_of_a_case_is_left_out():
    assert in_words([{"id": "p1", "stem": "Apa?", "stem_html": "<p>Apa?</p>"}]) == "p1. Apa?"


def test_lists_of_words_and_yes_and_no_are_readable():
    assert (in_words(["F001", "F002"]), in_words(True), in_words(None), in_words(7)) == (
        "F001, F002",
        "ya",
        "",
        "7",
    )
