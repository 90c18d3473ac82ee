"""A file of totals alone: figures by documented name, and a report in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapuas_quiz.core.intervals import wilson
from kapuas_quiz.core.standard import needed_points
from kapuas_quiz.reporting.analyse.answers import Figures, because, number, put
from kapuas_quiz.reporting.analyse.decision import hundreds, put_judgement, say_method
from kapuas_quiz.reporting.analyse.items import put_distribution

if TYPE_CHECKING:
    from kapuas_quiz.core.psychometrics.binomial import Numbers

COUNTS_ONLY = ("kr21", "sem", "error_at_cut", "share_near_cut", "huynh")
"""What totals tell only if each point is one item that is right or wrong."""


def totals_figures(
    totals: Numbers, n_empty: int, most: float | None, cut: float, right_or_wrong: bool
) -> Figures:
    """Describe totals and what a cut does to them.

    totals: shape (n_persons,), 0..most.  n_empty: persons without a total.  cut: proportion of most, above 0
    and up to 1, or a total above 0 where most is not known.  right_or_wrong: whether totals count right
    answers to `most` items.
    Raises ValueError for a cut outside its range.
    """
    from kapuas_quiz.core.psychometrics.distribution import describe_totals

    if not (0 < cut <= 1 or most is None and cut > 0):
        raise ValueError("the cut must be above 0 and up to 1")
    figures: Figures = {"n_empty": n_empty, "cut": cut}
    put(figures, "max_points", most, "tanpa-poin-tertinggi")
    put_distribution(figures, describe_totals(totals))
    needed = cut if most is None else needed_points(float(totals.sum()), most, cut)
    passing = int((totals >= needed - 1e-9).sum())
    figures |= {"points_needed": needed, "n_passing": passing}
    share = wilson(passing, len(totals))
    put(figures, "pass_share", share.value if share else None, "orang-kurang")
    put(figures, "pass_share_low", share.low if share else None, "orang-kurang")
    put(figures, "pass_share_high", share.high if share else None, "orang-kurang")
    if right_or_wrong and most is not None and most == int(most) and bool((totals % 1 == 0).all()):
        _put_counts(figures, totals, int(most), cut)
    else:
        for name in COUNTS_ONLY:
            put(figures, name, None, "bukan-hitungan-benar")
    return figures


def _put_counts(figures: Figures, totals: Numbers, n_items: int, cut: float) -> None:
    from kapuas_quiz.core.psychometrics import decisions, reliability

    few = "orang-kurang" if len(totals) < 2 else "satu-soal" if n_items < 2 else "tanpa-sebaran"
    found = reliability.kr21(float(totals.mean()), float(totals.var()), n_items) if len(totals) > 1 else None
    put(figures, "kr21", found, few)
    ratio = reliability.error_ratio(found)
    sem = None if ratio is None else ratio * float(totals.std(ddof=1))
    put(figures, "sem", sem, few if found is None else "reliabilitas-tidak-positif")
    error = decisions.error_at_cut(n_items, cut)
    put(figures, "error_at_cut", error, "satu-soal")
    put(figures, "share_near_cut", decisions.share_near_cut(totals, n_items, cut, error), "satu-soal")
    put_judgement(figures, "huynh", decisions.huynh(totals, n_items, cut))


def say_totals(figures: Figures) -> list[str]:
    """Write the report, a line each."""
    cut = f"{number(figures['points_needed'], 1).removesuffix(',0')} poin"
    if figures["max_points"] is not None:
        cut = f"{number(100 * float(str(figures['cut'])), 1).removesuffix(',0')} % = {cut}"
    lines = [
        f"{figures['n_persons']} orang; {figures['n_empty']} tanpa nilai tidak dihitung.",
        say_distribution(figures),
        f"Batas lulus {cut}. Lulus: {figures['n_passing']} dari {figures['n_persons']} "
        f"orang, yaitu {hundreds(figures['pass_share'])} dari 100 "
        f"(95 %: {hundreds(figures['pass_share_low'])} sampai {hundreds(figures['pass_share_high'])}).",
    ]
    if figures.get("kr21_reason") == "bukan-hitungan-benar":
        return [*lines, "Bila setiap poin adalah satu soal benar atau salah, tambahkan --right-or-wrong."]
    return [
        *lines,
        f"Reliabilitas (KR-21): {or_why(figures, 'kr21')}. Galat baku pengukuran: {or_why(figures, 'sem')}.",
        f"Galat baku di batas lulus: {or_why(figures, 'error_at_cut')} poin; "
        f"{hundreds(figures['share_near_cut'])} dari 100 orang berada sedekat itu dengan batas.",
        f"Huynh: {say_method(figures, 'huynh')}",
    ]


def say_distribution(figures: Figures) -> str:
    """Write where totals lie and how they are shaped."""
    return (
        f"Rata-rata {or_why(figures, 'mean')}; median {or_why(figures, 'median')}; "
        f"simpangan baku {or_why(figures, 'sd')}; kemencengan G1 {or_why(figures, 'skewness')}; "
        f"keruncingan G2 {or_why(figures, 'kurtosis')}."
    )


def or_why(figures: Figures, name: str) -> str:
    """Write a figure, or a dash and why there is none."""
    return number(figures[name]) if figures[name] is not None else f"- ({because(figures, name)})"
