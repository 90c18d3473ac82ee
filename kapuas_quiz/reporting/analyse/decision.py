"""What a cut score decides: figures by documented name, and a report in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapuas_quiz.core.standard import needed_points
from kapuas_quiz.reporting.analyse.answers import Answers, Figures, because, number, put

if TYPE_CHECKING:
    from kapuas_quiz.core.psychometrics.decisions import Agreement, Judgement

ROUGH = 400
"""Fewer people than this state an accuracy that is often more than two points off."""

METHODS = {"livingston_lewis": "Livingston-Lewis", "huynh": "Huynh", "subkoviak": "Subkoviak"}


def decision_figures(answers: Answers, cut: float, alpha: float | None) -> Figures:
    """Estimate what a cut decides.

    cut: proportion of all points, above 0 and up to 1.  alpha: reliability, None where undefined.
    Raises ValueError for a cut outside its range.
    """
    import numpy as np

    from kapuas_quiz.core.psychometrics import decisions

    totals, most = answers.points.sum(axis=1), float(answers.most.sum())
    n_items = len(answers.items)
    needed = needed_points(float(totals.sum()), most, cut)
    passing = int((totals >= needed - 1e-9).sum())
    figures: Figures = {
        "n_persons": len(totals),
        "n_items": n_items,
        "max_points": most,
        "cut": cut,
        "points_needed": needed,
        "n_passing": passing,
    }
    put(figures, "alpha", alpha, "tanpa-sebaran")
    error = decisions.error_at_cut(n_items, cut)
    scaled = None if error is None else error * most / n_items
    put(figures, "error_at_cut", scaled, "tanpa-sebaran")
    put(figures, "share_near_cut", decisions.share_near_cut(totals, most, cut, scaled), "orang-kurang")
    put_judgement(figures, "livingston_lewis", decisions.livingston_lewis(totals, most, cut, alpha))
    whole = bool(np.all(answers.most == 1) and np.all(totals == np.floor(totals)))
    if whole:
        put_judgement(figures, "huynh", decisions.huynh(totals, n_items, cut))
        put_judgement(figures, "subkoviak", decisions.subkoviak(totals, n_items, cut, alpha))
    else:
        for name in ("huynh", "subkoviak"):
            put(figures, name, None, "bukan-benar-salah")
    return figures


def say_decision(figures: Figures) -> list[str]:
    """Write the report, a line each."""
    n, needed = figures["n_persons"], number(figures["points_needed"], 1).removesuffix(",0")
    percent = number(100 * float(str(figures["cut"])), 1).removesuffix(",0")
    lines = [
        f"{n} orang, {figures['n_items']} soal. Batas lulus {percent} % = {needed} poin.",
        f"Lulus: {figures['n_passing']} dari {n} orang.",
        f"Reliabilitas (alpha): {number(figures['alpha'])}.",
        f"Galat baku pengukuran di batas lulus: {number(figures['error_at_cut'], 1)} poin; "
        f"{hundreds(figures['share_near_cut'])} dari 100 orang berada sedekat itu dengan batas.",
    ]
    for name, title in METHODS.items():
        lines.append(f"{title}: {say_method(figures, name)}")
    if isinstance(n, int) and n < ROUGH:
        lines.append(
            f"Perhatian: dari {n} orang angka-angka ini kasar; kira-kira 5 dari 100 lebih atau kurang."
        )
    return lines


def put_judgement(figures: Figures, name: str, found: object) -> None:
    """Set what a method estimates, as an object."""
    from kapuas_quiz.core.psychometrics.decisions import Agreement, Judgement
    from kapuas_quiz.core.psychometrics.true_scores import Undefined

    if isinstance(found, Undefined):
        put(figures, name, None, found.reason.value)
    elif isinstance(found, Judgement):
        figures[name] = _judgement(found)
    elif isinstance(found, Agreement):
        figures[name] = _agreement(found)


def _judgement(found: Judgement) -> Figures:
    decided, true = found.decisions, found.true_scores
    return {
        "method": found.method,
        "fallback": true.fallback.value if true.fallback else None,
        "effective_length": found.length,
        "true_scores": {"a": true.a, "b": true.b, "low": true.low, "high": true.high},
        "masters": decided.masters,
        "accuracy": decided.accuracy,
        "false_positive": decided.false_positive,
        "false_negative": decided.false_negative,
        **_agreement(decided.agreement),
    }


def _agreement(found: Agreement) -> Figures:
    figures: Figures = {"passing": found.passing, "consistency": found.consistency}
    put(figures, "kappa", found.kappa, "tanpa-sebaran")
    return figures


def say_method(figures: Figures, name: str) -> str:
    """Write what a method estimates."""
    found = figures[name]
    if not isinstance(found, dict):
        return f"- ({because(figures, name)})."
    said = (
        f"tes kedua yang sejenis akan memutuskan sama bagi {hundreds(found['consistency'])} dari 100 orang "
        f"(kappa {number(found['kappa'])})."
    )
    if "accuracy" not in found:
        return said
    return (
        f"dari 100 orang, {hundreds(found['accuracy'])} diputuskan dengan benar, "
        f"{hundreds(found['false_positive'])} lulus karena beruntung, "
        f"{hundreds(found['false_negative'])} gagal karena kurang beruntung; {said}"
    )


def hundreds(share: object) -> str:
    """Write a share as so many of a hundred people."""
    return number(100 * share, 0) if isinstance(share, float) else "-"
