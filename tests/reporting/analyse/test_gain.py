"""What changed between two files of answers, from answers to the report."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from kapuas_quiz.reporting.analyse.gain import gain_figures, say_gain


@dataclass(frozen=True)
class Sheet:
    ids: Sequence[str]
    items: Sequence[str]
    points: NDArray[np.float64]
    most: NDArray[np.float64]


def sheet(rows: dict[str, list[float]], items: str) -> Sheet:
    points = np.array(list(rows.values()), dtype=float).reshape(len(rows), len(items))
    return Sheet(list(rows), list(items), points, np.ones(len(items)))


PRE = sheet({"nila": [1, 0, 0, 0], "tirta": [1, 1, 0, 0], "bayu": [0, 0, 0, 1], "gita": [0, 0, 0, 0]}, "abcd")
POST = sheet(
    {"bayu": [1, 1, 1, 0], "nila": [1, 1, 1, 1], "tirta": [1, 0, 1, 0], "puspa": [1, 1, 1, 1]}, "befg"
)


def test_people_are_matched_by_id_in_any_order() -> None:
    """Nila .25 to 1, Tirta .5 to .5, Bayu .25 to .75: .333 to .75, a mean of .417 with n = 3."""
    figures = gain_figures(PRE, POST)
    assert (figures["n_matched"], figures["n_pre_only"], figures["n_post_only"]) == (3, 1, 1)
    assert figures["pre_mean"] == pytest.approx(1 / 3)
    assert figures["mean_difference"] == pytest.approx(5 / 12)
    assert figures["gain_of_averages"] == pytest.approx(5 / 8)
    assert figures["average_of_gains"] == pytest.approx((1 + 0 + 2 / 3) / 3)
    assert figures["missing_pre_mean"] == 0


def test_only_items_of_the_same_name_are_compared() -> None:
    """Item b: Nila and Bayu gained it, Tirta kept it."""
    shared = gain_figures(PRE, POST)["shared_items"]
    assert shared == [{"item": "b", "gained": 2, "lost": 0, "p_exact": 0.5, "p_mid": 0.25}]


def test_a_person_is_judged_beyond_the_error_of_both_tests() -> None:
    """1.96 x .2 x sqrt(2) = .554: Nila rose by .75, Bayu by .5 only."""
    figures = gain_figures(PRE, POST, 0.2, 0.2)
    assert (figures["n_up"], figures["n_unsure"], figures["n_down"]) == (1, 2, 0)
    assert figures["noticeable_change"] == pytest.approx(0.5544, abs=1e-4)
    assert figures["persons"] == [
        {"id": "nila", "pre": 0.25, "post": 1.0, "verdict": "naik"},
        {"id": "tirta", "pre": 0.5, "post": 0.5, "verdict": "belum pasti berubah"},
        {"id": "bayu", "pre": 0.25, "post": 0.75, "verdict": "belum pasti berubah"},
    ]


def test_the_report_says_it_in_words() -> None:
    said = "\n".join(say_gain(gain_figures(PRE, POST, 0.2, 0.2)))
    assert "3 orang ikut kedua tes; 1 hanya tes awal, 1 hanya tes akhir." in said
    assert "Rata-rata: 33,3 menjadi 75,0 dari 100" in said
    assert "Per orang: 1 naik, 2 belum pasti berubah, 0 turun; yang dihitung hanya" in said
    assert "Yang tidak ikut tes akhir" in said


def test_a_group_near_the_ceiling_is_told_so() -> None:
    best = sheet({"nila": [1, 1, 1, 1], "tirta": [1, 1, 1, 1]}, "abcd")
    figures = gain_figures(best, best)
    assert figures["near_ceiling"]
    assert (figures["gain_of_averages"], figures["gain_of_averages_reason"]) == (None, "nilai-penuh")
    assert "Perhatian: rata-rata tes awal sudah di atas 85,0 dari 100" in "\n".join(say_gain(figures))


@pytest.mark.parametrize(
    ("pre", "post"),
    [(PRE, sheet({}, "befg")), (sheet({}, "abcd"), POST), (PRE, PRE), (sheet({}, "a"), sheet({}, "a"))],
)
def test_nothing_meaningless_is_said(pre: Sheet, post: Sheet) -> None:
    figures = gain_figures(pre, post)
    said = "\n".join(say_gain(figures)) + json.dumps(figures, allow_nan=False)
    assert "None" not in said
    assert "nan" not in said
    for name, value in figures.items():
        if value is None and not name.endswith(("_low", "_high")):
            assert figures[f"{name}_reason"]
