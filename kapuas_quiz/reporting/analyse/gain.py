"""What changed between two files of the same people: figures by documented name, and a report in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapuas_quiz.core.gain import CEILING, Change, group_gain
from kapuas_quiz.core.intervals import Estimate
from kapuas_quiz.reporting.analyse.answers import Answers, Figures, because, number, put

if TYPE_CHECKING:
    from kapuas_quiz.core.psychometrics.binomial import Numbers

WORDS = {
    Change.UP: "naik",
    Change.UNSURE: "belum pasti berubah",
    Change.DOWN: "turun",
    Change.TOO_LITTLE: "data belum cukup",
}


def gain_figures(
    pre: Answers, post: Answers, pre_error: float | None = None, post_error: float | None = None
) -> Figures:
    """Compare people by their ids.

    pre_error, post_error: standard errors of measurement of the two tests as proportions, None where
    undefined; without them no person is judged.
    """
    before, after = _proportions(pre), _proportions(post)
    gain = group_gain(before, after)
    figures: Figures = {
        "n_matched": gain.n,
        "n_pre_only": gain.missing.n,
        "n_post_only": gain.n_post_only,
        "near_ceiling": gain.near_ceiling,
    }
    put(figures, "pre_mean", gain.before, "tanpa-orang")
    put(figures, "post_mean", gain.after, "tanpa-orang")
    _put_interval(figures, "mean_difference", gain.change, "orang-kurang")
    put(figures, "gain_of_averages", gain.normalised, "nilai-penuh" if gain.n else "tanpa-orang")
    matched = [person for person in before if person in after]
    _put_tests(figures, _array(before, matched), _array(after, matched))
    _put_missing(figures, _array(before, [p for p in before if p not in after]), _array(before, matched))
    _put_persons(figures, matched, before, after, (pre_error, post_error))
    figures["shared_items"] = _shared_items(pre, post, matched)
    return figures


def say_gain(figures: Figures) -> list[str]:
    """Write the report, a line each."""
    lines = [
        f"{figures['n_matched']} orang ikut kedua tes; {figures['n_pre_only']} hanya tes awal, "
        f"{figures['n_post_only']} hanya tes akhir.",
        f"Rata-rata: {_points(figures['pre_mean'])} menjadi {_points(figures['post_mean'])} dari 100; "
        f"{_interval(figures, 'mean_difference')}.",
        f"Gain ternormal dari rata-rata: {number(figures['gain_of_averages'])}; "
        f"rata-rata gain per orang: {number(figures['average_of_gains'])}.",
        f"Ukuran efek: dz {number(figures['dz'])}, d_av {number(figures['d_av'])}.",
        f"Uji t berpasangan: {_p(figures, 't')}. Wilcoxon (nol dibuang): {_p(figures, 'wilcoxon')}; "
        f"Pratt (nol ikut diperingkat): {_p(figures, 'pratt')}.",
        f"Per orang: {figures['n_up']} naik, {figures['n_unsure']} belum pasti berubah, "
        f"{figures['n_down']} turun{_least(figures)}",
    ]
    if figures.get("matched_by") == "baris":
        lines.insert(0, "Dicocokkan baris demi baris: pastikan urutan orang di kedua berkas sama.")
    if figures["n_pre_only"]:
        lines.append(
            "Yang tidak ikut tes akhir, dibanding yang ikut keduanya, pada tes awal: "
            f"{_interval(figures, 'missing_difference')}."
        )
    if figures["near_ceiling"]:
        lines.append(
            f"Perhatian: rata-rata tes awal sudah di atas {_points(CEILING)} dari 100; "
            "sedikit ruang tersisa untuk menunjukkan kenaikan."
        )
    return lines


def _put_tests(figures: Figures, before: Numbers, after: Numbers) -> None:
    from kapuas_quiz.core.psychometrics import change
    from kapuas_quiz.core.psychometrics.signed_ranks import Zeros, compare_by_signed_ranks

    few = "tanpa-sebaran" if len(before) > 1 else "orang-kurang"
    gains = change.average_of_gains(before, after)
    put(figures, "average_of_gains", gains.value, "nilai-penuh" if len(before) else "tanpa-orang")
    figures |= {"average_of_gains_n": gains.n, "n_full_marks_before": gains.full_marks}
    sizes = change.effect_sizes(before, after)
    put(figures, "dz", sizes.dz, few)
    put(figures, "d_av", sizes.d_av, few)
    t = change.compare_by_t(before, after)
    put(figures, "t", {"t": t.t, "freedom": t.freedom, "p": t.p} if t else None, few)
    for zeros in Zeros:
        ranks = compare_by_signed_ranks(before, after, zeros)
        shown = ranks and {
            name: getattr(ranks, name) for name in ("gains", "losses", "n", "n_zero", "exact", "p")
        }
        put(figures, zeros.value, shown, "tanpa-selisih" if len(before) else "tanpa-orang")


def _put_missing(figures: Figures, missing: Numbers, matched: Numbers) -> None:
    from kapuas_quiz.core.psychometrics.change import compare_groups

    put(figures, "missing_pre_mean", float(missing.mean()) if len(missing) else None, "tanpa-yang-hilang")
    few = "orang-kurang" if len(missing) else "tanpa-yang-hilang"
    _put_interval(figures, "missing_difference", compare_groups(missing, matched), few)


def _put_persons(
    figures: Figures,
    matched: list[str],
    before: dict[str, float],
    after: dict[str, float],
    errors: tuple[float | None, float | None],
) -> None:
    from kapuas_quiz.core.psychometrics.change import judge_persons, noticeable_change

    put(figures, "pre_error", errors[0], "reliabilitas-tidak-positif")
    put(figures, "post_error", errors[1], "reliabilitas-tidak-positif")
    least = None if errors[0] is None or errors[1] is None else noticeable_change(errors[0], errors[1])
    put(figures, "noticeable_change", least, "reliabilitas-tidak-positif")
    verdicts = judge_persons(_array(before, matched), _array(after, matched), *errors)
    for name, verdict in (("n_up", Change.UP), ("n_unsure", Change.UNSURE), ("n_down", Change.DOWN)):
        figures[name] = verdicts.count(verdict)
    figures["persons"] = [
        {"id": person, "pre": before[person], "post": after[person], "verdict": WORDS[verdict]}
        for person, verdict in zip(matched, verdicts, strict=True)
    ]


def _shared_items(pre: Answers, post: Answers, matched: list[str]) -> list[Figures]:
    """Compare items of the same name that are right or wrong in both files."""
    from kapuas_quiz.core.psychometrics.change import compare_item

    rows = [_places(answers.ids, matched) for answers in (pre, post)]
    both = [name for name in pre.items if name in set(post.items)]
    found: list[Figures] = []
    for name, first, second in zip(both, _places(pre.items, both), _places(post.items, both), strict=True):
        if pre.most[first] != 1 or post.most[second] != 1:
            continue
        before, after = pre.points[rows[0], first], post.points[rows[1], second]
        if not bool(((before % 1 == 0) & (after % 1 == 0)).all()):
            continue
        test = compare_item(before, after)
        figures: Figures = {"item": name, "gained": test.gained, "lost": test.lost}
        put(figures, "p_exact", test.p_exact, "tanpa-selisih")
        put(figures, "p_mid", test.p_mid, "tanpa-selisih")
        found.append(figures)
    return found


def _places(names: Sequence[str], wanted: Sequence[str]) -> list[int]:
    place = {name: i for i, name in enumerate(names)}
    return [place[name] for name in wanted]


def _proportions(answers: Answers) -> dict[str, float]:
    shares = answers.points.sum(axis=1) / answers.most.sum()
    return dict(zip(answers.ids, (float(share) for share in shares), strict=True))


def _array(by_person: dict[str, float], people: list[str]) -> Numbers:
    import numpy as np

    return np.array([by_person[person] for person in people], dtype=np.float64)


def _put_interval(figures: Figures, name: str, found: Estimate | None, reason: str) -> None:
    put(figures, name, found.value if found else None, reason)
    figures |= {f"{name}_low": found.low if found else None, f"{name}_high": found.high if found else None}


def _interval(figures: Figures, name: str) -> str:
    if figures[name] is None:
        return f"selisih - ({because(figures, name)})"
    low, high = _points(figures[f"{name}_low"]), _points(figures[f"{name}_high"])
    return f"selisih {_points(figures[name])} (95 %: {low} sampai {high})"


def _p(figures: Figures, name: str) -> str:
    found = figures[name]
    if not isinstance(found, dict):
        return f"- ({because(figures, name)})"
    return f"p = {number(found['p'], 4)}" if found["p"] >= 0.0001 else "p < 0,0001"


def _least(figures: Figures) -> str:
    if figures["noticeable_change"] is None:
        return f" ({because(figures, 'noticeable_change')})."
    return f"; yang dihitung hanya perubahan lebih dari {_points(figures['noticeable_change'])} dari 100."


def _points(share: object) -> str:
    return number(100 * share, 1) if isinstance(share, float) else "-"
