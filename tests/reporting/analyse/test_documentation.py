"""Every name that `--json` prints is documented, and nothing else is."""

import re
from collections.abc import Iterator

import numpy as np
import pytest

from kapuas_quiz.core.psychometrics.contrasts import Obstacle
from kapuas_quiz.core.psychometrics.flags import Code
from kapuas_quiz.reporting.analyse.answers import REASONS
from kapuas_quiz.reporting.analyse.items import item_figures
from kapuas_quiz.reporting.analyse.keys import ItemKey
from kapuas_quiz.reporting.analyse.reading import Responses
from kapuas_quiz.reporting.analyse.totals import totals_figures
from kapuas_quiz.reporting.flag_words import FLAGS
from kapuas_quiz.settings import ROOT

PAGE = (ROOT / "docs" / "developer" / "statistik.md").read_text(encoding="utf-8")
ELSEWHERE = {"huynh"}
"""Objects that statistik-keputusan.md describes."""


def documented(title: str) -> set[str]:
    """Return the names in the tables below a heading, without those of flags."""
    section = PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0].split("\nFlags (", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    first = {name for row in rows for name in re.findall(r"`([a-z_0-9]+)`", row.split("|")[1])}
    errors = set(re.findall(r"`([a-z]+_error)`", section))
    return first | errors


def names(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from names(part)
    if isinstance(value, dict):
        for name, part in value.items():
            if not name.endswith("_reason"):
                yield name
            if name not in ELSEWHERE | {"flags"}:
                yield from names(part)


def responses(*, keyed: bool) -> Responses:
    rng = np.random.default_rng(5)
    right = rng.random((240, 4)) < rng.beta(3, 2, (240, 1))
    key = ItemKey(("A", "B"), frozenset({0}))
    return Responses(
        ids=[str(i) for i in range(240)],
        items=["a", "b", "c", "d"],
        points=right.astype(float),
        most=np.ones(4),
        answered=np.ones(right.shape, dtype=bool),
        forms=None,
        n_empty=0,
        keys=[key] * 4 if keyed else None,
        chosen=np.where(right, 0, 1).astype(np.int16) if keyed else None,
    )


def test_every_figure_of_items_is_documented_and_every_documented_one_exists() -> None:
    assert set(names(item_figures(responses(keyed=True)))) == documented("Names: `analyse items`")


@pytest.mark.parametrize("right_or_wrong", [True, False])
def test_every_figure_of_totals_is_documented_and_every_documented_one_exists(right_or_wrong: bool) -> None:
    figures = totals_figures(np.array([3.0, 4, 5, 2]), 0, 5.0, 0.7, right_or_wrong)
    assert set(names(figures)) == documented("Names: `analyse totals`")


def test_without_a_key_the_same_names_are_there_without_options() -> None:
    with_key, without = (set(names(item_figures(responses(keyed=keyed)))) for keyed in (True, False))
    assert with_key - without == {"option", "key", "share", "correlation", "lower", "upper"}


def test_every_code_has_words() -> None:
    assert {code.value for code in Code} == set(FLAGS)
    assert all(f"`{code.value}`" in PAGE for code in Code)
    assert {obstacle.value for obstacle in Obstacle} <= set(REASONS)
