"""A comment stays at what it was about, whatever else moves; nobody guesses."""

from __future__ import annotations

from typing import Any

import pytest

from kapuas_quiz.banks.blocks import MOST_COMMENTS, NotByLinesError, blocks_of, changed
from kapuas_quiz.banks.comments import Comment, comments_of

ITEM = """\
items:
  - id: logistik-001
    options:
      - id: a
        text: A
      - id: b  # pengecoh lama
        text: B
      - id: c  # dasar PKPU 17
        # tentang C
        text: C
      - id: d
        text: D
    steps:
      - Buka
      - Hitung  # dua orang
      # lalu
      - Tutup
    facts: [F033]  # fakta
"""
A, B, C, D = ({"id": name, "text": name.upper()} for name in "abcd")


def rewritten(**values: Any) -> str:
    block = blocks_of(ITEM)[0]
    return changed(ITEM, block, {**block.data, **values})


OF_C = "      - id: c  # dasar PKPU 17\n        # tentang C\n        text: C\n"
OF_B = "      - id: b  # pengecoh lama\n        text: B\n"


@pytest.mark.parametrize(
    ("options", "stays"),
    [
        ([A, C, D], [OF_C]),
        ([A, {"id": "e", "text": "E"}, B, C, D], [OF_B, OF_C]),
        ([D, C, B, A], [OF_B, OF_C]),
        ([A, {"id": "e", "text": "B"}, C, D], [OF_C]),
    ],
    ids=["one before is gone", "one before is new", "turned round", "one is another now"],
)
def test_the_comments_of_an_option_move_with_it_and_go_with_it(
    options: list[dict[str, str]], stays: list[str]
) -> None:
    after = rewritten(options=options)
    for lines in stays:
        assert lines in after
    assert after.count("#") == ITEM.count("#") - (OF_B not in stays)


def test_the_comments_of_a_step_follow_its_words_or_its_place() -> None:
    after = rewritten(steps=["Tutup", "Hitung", "Buka"])
    assert "      # lalu\n      - Tutup\n      - Hitung  # dua orang\n      - Buka\n" in after
    after = rewritten(steps=["Buka", "Hitung ulang", "Tutup"])
    assert "      - Hitung ulang  # dua orang\n" in after
    after = rewritten(steps=["Buka", "Tutup"])
    assert "dua orang" not in after
    assert "      # lalu\n      - Tutup\n" in after


def test_a_comment_of_a_line_stays_at_the_line() -> None:
    assert "facts: [F034]  # fakta\n" in rewritten(facts=["F034"])


@pytest.mark.parametrize("steps", [["Lain", "Baru", "Tutup"], ["Hitung", "Hitung", "Tutup", "Buka"]])
def test_a_comment_without_a_sure_home_leaves_the_item_to_people(steps: list[str]) -> None:
    with pytest.raises(NotByLinesError):
        rewritten(steps=steps)


def test_a_comment_behind_the_end_of_a_list_is_not_lost() -> None:
    text = "items:\n  - id: a-001\n    facts: [\n      F001\n    ]  # akhir\n"
    block = blocks_of(text)[0]
    with pytest.raises(NotByLinesError):
        changed(text, block, {**block.data, "facts": ["F002"]})


def test_comments_are_found_in_lines_of_every_end_and_not_in_values() -> None:
    text = "a: 1 # satu\r\nb: 'x # y'\r\n# dua\nc: |  # tiga\n  # empat\n"
    assert comments_of(text) == [
        Comment(0, "# satu", alone=False),
        Comment(2, "# dua", alone=True),
        Comment(3, "# tiga", alone=False),
    ]


def test_an_item_with_more_comments_than_anybody_writes_is_left_to_people() -> None:
    lines = "".join(f"    # {number}\n" for number in range(MOST_COMMENTS + 1))
    text = f"items:\n  - id: a-001\n{lines}    stem: x\n"
    block = blocks_of(text)[0]
    with pytest.raises(NotByLinesError):
        changed(text, block, {**block.data, "stem": "y"})
