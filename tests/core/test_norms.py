"""What a change of the law touches."""

import pytest

from kapuas_quiz.core.norms import Norm, norms, touch
from tests.core.bank_samples import citation, fact

FACTS = {
    "F001": fact("F001", regulation="PKPU 8/2022", article="Pasal 10 ayat (1)"),
    "F002": fact(
        "F002", regulation="UU 1/2015 (teks Perpu 1/2014) jo. UU 8/2015", article="Pasal 94 huruf b"
    ),
    "F003": fact("F003", regulation="PKPU 17/2024", article=""),
    "F004": fact("F004", regulation="", article=""),
    "F005": fact(
        "F005", regulation="PKPU 8/2022", article="Pasal 51 ayat (7) (PPK); Pasal 54 ayat (7) (PPS)"
    ),
    "F006": fact("F006", regulation="UU 7/2017", article="Pasal 120 ayat (1)–(2)"),
    "F007": fact("F007", regulation="UU 7/2017", article="Pasal 155 dan Pasal 159"),
    "F008": fact("F008", regulation="UU 7/2017", article="judul"),
}


def wording(*facts, cited=None, **parts):
    return {"citation": cited or citation(), "facts": list(facts), **parts}


@pytest.mark.parametrize(
    ("content", "instrument", "article", "expected"),
    [
        (wording("F001"), "PKPU 8/2022", "Pasal 10", "kena"),
        (wording("F001"), "PKPU 8/2022", "", "kena"),
        (wording("F001"), "PKPU 8/2022", "Pasal 1", None),
        (wording("F001"), "PKPU 8/2022", "Pasal 10 ayat (1) huruf a", "kena"),
        (wording("F001"), "PKPU 8/2022", "Pasal 10 ayat (2)", None),
        (wording("F001"), "PKPU 18/2022", "", None),
        (wording("F002"), "UU 1/2015", "Pasal 94", "kena"),
        (wording("F002", cited=citation("UU 1/2015")), "UU 1/2015", "Pasal 9", None),
        (wording("F003"), "PKPU 17/2024", "Pasal 5", "mungkin"),
        (wording("F003"), "PKPU 17/2024", "", "kena"),
        (wording("F004"), "PKPU 17/2024", "", None),
        (wording("F004", cited=citation("PKPU 8/2022", "Pasal 29")), "PKPU 8/2022", "Pasal 29", "kena"),
        (wording("F005"), "PKPU 8/2022", "Pasal 54", "kena"),
        (wording("F404"), "PKPU 8/2022", "", None),
        (wording("F006"), "UU 7/2017", "Pasal 120 ayat (2)", "kena"),
        (wording("F006"), "UU 7/2017", "Pasal 120 ayat (3)", None),
        (wording("F007"), "UU 7/2017", "Pasal 159", "kena"),
        (wording("F008"), "UU 7/2017", "Pasal 1", "mungkin"),
    ],
)
def test_a_wording_is_touched_where_its_citation_or_its_facts_stand(content, instrument, article, expected):
    assert touch(norms(content, FACTS), instrument, article) == expected


def test_a_ballot_rests_on_its_cells_and_a_result_form_on_its_rules():
    cells = [{"citation": citation("UU 1/2015", "Pasal 94"), "facts": []}]
    assert norms(wording("F004", cells=cells), FACTS) == {Norm("UU 1/2015", "Pasal 94")}
    layout = {"facts": ["F003"], "rules": [{"facts": ["F001"]}]}
    assert norms(wording("F004", form=layout), FACTS) == {
        Norm("PKPU 17/2024", ""),
        Norm("PKPU 8/2022", "Pasal 10 ayat (1)"),
    }
