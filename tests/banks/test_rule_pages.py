"""The rules on ballots, to read in the web."""

import pytest

from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.banks.rule_book import SIGHTS, rule_lines
from kapuas_quiz.banks.rule_views import SIGHTS as SIGHT_WORDS
from kapuas_quiz.core.roles import Role

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

PAGE = "/bank-soal/aturan-surat-suara"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OPERATOR, Role.TRAINER])
def test_every_rule_stands_in_its_order_with_a_picture_and_its_verdict(app, sign_in, role):
    page = sign_in(role).get(PAGE)
    cards = page.select("section.card[id]")
    assert [card["id"] for card in cards] == [cell.id for cell in load_ballot_rules().cells]
    assert all(card.select_one("svg[role=img]") for card in cards)
    words = {card["id"]: " ".join(card.text.split()) for card in cards}
    assert "Tidak sah." in words["tanpa-tanda-tangan"]
    assert "Dipakai untuk: latihan dan tes." in words["tanpa-tanda-tangan"]
    assert "Dipakai untuk: latihan saja." in words["ada-tulisan"]
    assert "Tidak pernah digambar untuk peserta" in words["garis-milik-dua-kolom"]
    assert "UU 1/2015 sebagaimana diubah dengan" in words["pada-nomor-urut"]


def test_a_rule_is_found_by_what_one_sees_on_the_ballot(app, sign_in):
    page = sign_in(Role.REVIEWER).get(PAGE)
    found = {
        group.summary.text: [link["href"] for link in group.select("a")]
        for group in page.select("h2#cari ~ details")
    }
    assert found["Robek"] == ["#robek-pada-gambar", "#robek-di-tempat-lain"]
    assert found["Tulisan atau coretan"] == ["#ada-tulisan"]
    assert "#garis-milik-dua-kolom" in found["Coblosan di garis kolom"]
    assert "#tembus-simetris" in found["Lipatan"]
    assert all(found.values())


def test_every_rule_is_found_by_something_that_one_sees():
    assert [line.id for line in rule_lines() if not line.sights] == []
    assert set(SIGHTS) == set(SIGHT_WORDS)


def test_the_catalogue_is_printed_from_the_page_and_the_page_is_found(app, sign_in):
    browser = sign_in(Role.REVIEWER)
    assert browser.get("/bank-soal").select_one(f"a[href$='{PAGE}']")
    link = browser.get(PAGE).select_one("a[href$=pdf]")["href"]
    sheet = browser.open(link)
    assert sheet.mimetype == "application/pdf"
    assert sheet.data.startswith(b"%PDF")


def test_nobody_else_reads_the_rules(app, sign_in):
    sign_in(Role.OBSERVER).get(PAGE, 403)
