"""One item of a file is changed; every other byte, and every comment that still has a place, stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.banks.blocks import NotByLinesError, added, blocks_of, changed, taken_out
from kapuas_quiz.banks.yaml_text import item_lines
from kapuas_quiz.settings import ROOT

FILES = sorted((ROOT / "question_banks").glob("*.yaml"))
COMMENTED = """\
# Berkas ini milik seksi logistik.
competency: 08-logistik
items:
  # Kotak suara
  - id: logistik-001   # jangan ganti nomornya
    # ditulis ulang sesudah rapat
    stem: >-  # lihat naskah
      Kotak nomor # satu
      tiba.
    options:
      # dari formulir
      - id: a   # salah
        text: "Tunggu # dulu"
      - id: b
        text: Buka   # benar
    facts: [F001, F002]   # dua fakta

  # Bilik
  - id: logistik-002
    stem: Bilik
title: Logistik   # judul
"""
STUBBORN = (
    "", " a", "a ", "a\nb", "a\n\n  b\nc", "\nx", "x\n", "# a", "a # b", "a: b", "- a", "'q'", '"', "no",
    "007", "1.200", "12:30", "dua  spasi " * 30, "[x]", "{x", "*a", "&b", "!t", "%d", "@", "`", "\u2028",
    "a\x85b", "tab\tx", "null", "~", "true", ">-", "|", "?", "? a", ":", "a:", "-", "---", "...", "a\\n", "é",
    "kata " * 80, "600", "-1", "1e5", "a, b", "\ufeffx",
)  # fmt: skip


def values(text: str) -> list[dict[str, object]]:
    document = yaml_events.parse(text)
    assert document.faults == []
    items: list[dict[str, object]] = document.value["items"]
    return items


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_item_of_the_banks_can_be_written_again_and_says_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for index, block in enumerate(blocks_of(text)):
        anew = "\n".join(item_lines(block.data, block.dash))
        written = text.replace(block.text, f"{anew}\n")
        assert values(written) == values(text), block.data["id"]
        assert changed(text, block, block.data) == text
        assert yaml_events.parse(text).value["items"][index] == block.data


@pytest.mark.parametrize("text", STUBBORN)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    item = {"id": "a-001", "stem": text, "options": [{"text": text}], "steps": [text, text], "facts": [text]}
    assert yaml_events.parse("\n".join(item_lines(item, 2))).value == [item]


def test_numbers_and_truths_are_no_texts() -> None:
    item = {"id": "a-001", "key": 600, "tolerance": 0.5, "last": True, "steps": ["600", "true"]}
    assert yaml_events.parse("\n".join(item_lines(item, 0))).value == [item]


def test_a_changed_key_takes_its_own_lines_only() -> None:
    block = blocks_of(COMMENTED)[0]
    after = changed(COMMENTED, block, {**block.data, "facts": ["F009"]})
    assert after == COMMENTED.replace("[F001, F002]   #", "[F009]  #")


def test_comments_stay_before_and_behind_the_keys_that_still_exist() -> None:
    block = blocks_of(COMMENTED)[0]
    options = [{"id": "a", "text": "Diam"}, {"id": "b", "text": "Lapor"}]
    after = changed(COMMENTED, block, {**block.data, "stem": "Baru.", "options": options, "note": "x"})
    assert after.split("\n")[3:21] == [
        "  # Kotak suara",
        "  - id: logistik-001   # jangan ganti nomornya",
        "    # ditulis ulang sesudah rapat",
        "    stem: >-  # lihat naskah",
        "      Baru.",
        "    options:",
        "      # dari formulir",
        "      - id: a  # salah",
        "        text: Diam",
        "      - id: b",
        "        text: Lapor  # benar",
        "    facts: [F001, F002]   # dua fakta",
        "    note: x",
        "",
        "  # Bilik",
        "  - id: logistik-002",
        "    stem: Bilik",
        "title: Logistik   # judul",
    ]


def test_a_comment_of_a_key_that_is_gone_goes_with_it() -> None:
    block = blocks_of(COMMENTED)[0]
    rest = {name: value for name, value in block.data.items() if name not in ("stem", "options")}
    after = changed(COMMENTED, block, rest)
    assert "rapat" not in after
    assert "Kotak suara" in after
    assert values(after)[0] == rest


def test_a_new_item_stands_after_the_last_one_and_before_what_follows() -> None:
    after = added(COMMENTED, [{"id": "logistik-003", "stem": "Segel"}])
    assert "Bilik\n  - id: logistik-003\n    stem: >-\n      Segel\ntitle" in after


def test_an_item_taken_out_leaves_the_others_byte_for_byte() -> None:
    after = taken_out(COMMENTED, blocks_of(COMMENTED)[1])
    assert after == COMMENTED.replace("  - id: logistik-002\n    stem: Bilik\n", "")


def test_lines_end_as_they_ended() -> None:
    text = COMMENTED.replace("\n", "\r\n")
    block = blocks_of(text)[0]
    after = changed(text, block, {**block.data, "stem": "Baru."})
    assert after.count("\n") == after.count("\r\n")
    assert values(after)[0]["stem"] == "Baru."


def test_a_file_without_a_last_line_end_can_be_continued() -> None:
    text = "items:\n- id: a-001\n  stem: x"
    assert values(added(text, [{"id": "a-002"}])) == [{"id": "a-001", "stem": "x"}, {"id": "a-002"}]


@pytest.mark.parametrize(
    "text", ["items: [{id: a}]", "items:\n-\n  id: a", "items:\n- {id: a}", "items: x", "["]
)
def test_items_not_written_one_below_the_other_are_left_to_people(text: str) -> None:
    with pytest.raises(NotByLinesError):
        blocks_of(text)


def test_the_digest_of_an_item_changes_with_its_lines_and_not_with_its_neighbours() -> None:
    first, second = blocks_of(COMMENTED)
    moved = blocks_of(changed(COMMENTED, second, {**second.data, "stem": "Bilik suara"}))
    assert moved[0].digest == first.digest
    assert moved[1].digest != second.digest
