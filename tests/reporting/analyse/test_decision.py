"""What a cut decides, from answers to the report."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.decisions import Judgement, livingston_lewis
from kapuas_quiz.reporting.analyse.answers import Figures
from kapuas_quiz.reporting.analyse.decision import decision_figures, say_decision


@dataclass(frozen=True)
class Sheet:
    ids: Sequence[str]
    items: Sequence[str]
    points: NDArray[np.float64]
    most: NDArray[np.float64]


def sheet(points: NDArray[np.float64], most: float = 1.0) -> Sheet:
    n, k = points.shape
    return Sheet([f"p{i}" for i in range(n)], [f"s{i}" for i in range(k)], points, np.full(k, most))


def answers(n: int = 60) -> NDArray[np.float64]:
    rng = np.random.default_rng(30)
    return (rng.random((n, 20)) < rng.beta(9, 3, n)[:, None]).astype(float)


def test_the_figures_are_those_of_the_functions() -> None:
    points = answers()
    figures = decision_figures(sheet(points), 0.7, 0.75)
    expected = livingston_lewis(points.sum(axis=1), 20, 0.7, 0.75)
    assert isinstance(expected, Judgement)
    found = figures["livingston_lewis"]
    assert isinstance(found, dict)
    assert found["accuracy"] == expected.decisions.accuracy
    assert found["method"] == expected.method
    assert (figures["points_needed"], figures["n_passing"]) == (14, int((points.sum(axis=1) >= 14).sum()))
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_the_report_speaks_of_people() -> None:
    said = "\n".join(say_decision(decision_figures(sheet(answers()), 0.7, 0.75)))
    assert "60 orang, 20 soal. Batas lulus 70 % = 14 poin." in said
    assert "dari 100 orang" in said
    assert "angka-angka ini kasar" in said
    assert "None" not in said


def test_points_in_parts_leave_out_the_methods_for_right_or_wrong() -> None:
    figures = decision_figures(sheet(answers() * 2.5, 2.5), 0.7, 0.75)
    assert (figures["huynh"], figures["huynh_reason"]) == (None, "bukan-benar-salah")
    assert isinstance(figures["livingston_lewis"], dict)


@pytest.mark.parametrize("points", [np.ones((1, 3)), np.ones((4, 3)), np.zeros((4, 3)), np.zeros((0, 3))])
def test_what_is_undefined_stands_with_its_reason(points: NDArray[np.float64]) -> None:
    figures: Figures = decision_figures(sheet(points), 0.7, None)
    for name in ("livingston_lewis", "huynh", "subkoviak", "alpha"):
        assert figures[name] is None
        assert figures[f"{name}_reason"]
    said = "\n".join(say_decision(figures))
    assert "None" not in said
    assert "nan" not in json.dumps(figures, allow_nan=False)
