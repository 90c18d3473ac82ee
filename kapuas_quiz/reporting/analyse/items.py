"""What answers say about items and about a test: figures by documented name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapuas_quiz.reporting.analyse.answers import Figures, put
from kapuas_quiz.reporting.analyse.reading import Responses

if TYPE_CHECKING:
    from kapuas_quiz.core.psychometrics.analysis import Analysis, FormAnalysis
    from kapuas_quiz.core.psychometrics.contrasts import Obstacle
    from kapuas_quiz.core.psychometrics.distractors import OptionStatistics
    from kapuas_quiz.core.psychometrics.distribution import Distribution
    from kapuas_quiz.core.psychometrics.items import ItemStatistics
    from kapuas_quiz.core.psychometrics.rasch import Calibration


def item_figures(responses: Responses, *, rasch: bool = True) -> Figures:
    """Analyse answers: figures of each form, and of each item over all forms that hold it.

    rasch: whether to fit the Rasch model too, which takes longer than everything else.
    """
    from kapuas_quiz.core.psychometrics.analysis import analyse_items

    analysis = analyse_items(responses.points, responses.most, responses.answered)
    return {
        "n_persons": len(responses.ids),
        "n_empty": responses.n_empty,
        "n_items": len(responses.items),
        "forms": [_form(responses, form, rasch) for form in analysis.forms],
        "items": _items(responses, analysis),
    }


def put_distribution(figures: Figures, found: Distribution) -> None:
    """Set the figures of a distribution of totals."""
    for fewest, name in enumerate(("mean", "sd", "skewness", "kurtosis"), 1):
        put(figures, name, getattr(found, name), found.obstacle(fewest).value)
    put(figures, "median", found.median, found.obstacle(1).value)
    figures["n_persons"] = found.n


def _form(responses: Responses, form: FormAnalysis, rasch: bool) -> Figures:
    from kapuas_quiz.core.psychometrics.contrasts import Obstacle

    figures: Figures = {}
    labels = None if responses.forms is None else {responses.forms[i] for i in form.form.persons}
    put(figures, "form", None if labels is None else ", ".join(sorted(labels)), "tanpa-paket")
    put_distribution(figures, form.totals)
    figures |= {"n_items": len(form.items), "max_points": form.max_points, "sample_size": form.size.value}
    why = _code(form.alpha.obstacle)
    put(figures, "alpha", form.alpha.value, why)
    interval = form.alpha.interval
    put(figures, "alpha_low", interval.low if interval else None, why)
    put(figures, "alpha_high", interval.high if interval else None, why)
    put(figures, "kr21", form.kr21, _code(form.kr21_obstacle))
    figures["split"] = "ganjil-genap"
    put(figures, "half_correlation", form.halves.correlation, _code(form.halves.obstacle))
    put(figures, "split_half", form.halves.stepped_up, _code(form.halves.obstacle))
    without = why or Obstacle.NO_RELIABILITY.value
    put(figures, "error_ratio", form.error_ratio, without)
    put(figures, "sem", form.sem, without)
    figures["items"] = _form_items(responses, form)
    if rasch:
        _put_rasch(figures, responses, form)
    return figures


def _form_items(responses: Responses, form: FormAnalysis) -> list[Figures]:
    from kapuas_quiz.core.psychometrics.contrasts import Obstacle

    found = []
    for item in form.items:
        figures: Figures = {"item": responses.items[item.item], "intended_weight": item.intended_weight}
        against = form.alpha.obstacle if form.alpha.obstacle is not Obstacle.ONE_ITEM else Obstacle.NO_SPREAD
        put(figures, "effective_weight", item.effective_weight, _code(against or Obstacle.NEGATIVE))
        few = Obstacle.ONE_ITEM if len(form.items) < 3 else Obstacle.NO_REST
        put(figures, "alpha_if_dropped", item.alpha_if_dropped, _code(form.alpha.obstacle or few))
        flat = form.totals.n >= 20
        put(figures, "curve", item.curve, (Obstacle.NO_SPREAD if flat else Obstacle.FEW_PERSONS).value)
        found.append(figures)
    return found


def _put_rasch(figures: Figures, responses: Responses, form: FormAnalysis) -> None:
    """Set the Rasch model of a form whose items are right or wrong."""
    import numpy as np

    from kapuas_quiz.core.psychometrics.rasch import Refused, calibrate

    points = np.asarray(form.form.cut_out(responses.points), dtype=np.float64)
    shares = points / responses.most[form.form.items]
    if not ((shares == 0) | (shares == 1)).all():
        put(figures, "rasch", None, "bukan-benar-salah")
        return
    found = calibrate(shares)
    if isinstance(found, Refused):
        put(figures, "rasch", None, found.reason.value)
    else:
        figures["rasch"] = _calibration([responses.items[column] for column in form.form.items], found)


def _calibration(names: Sequence[str], found: Calibration) -> Figures:
    items: list[Figures] = []
    for item in found.items:
        figures: Figures = {
            "item": names[item.item],
            "n": item.n,
            "difficulty": item.difficulty,
            "difficulty_error": item.error,
        }
        for name in ("infit", "infit_error", "outfit", "outfit_error"):
            put(figures, name, getattr(item.fit, name), "tanpa-sebaran")
        items.append(figures)
    return {
        "discrimination": found.discrimination,
        "discrimination_error": found.discrimination_error,
        "log_likelihood": found.log_likelihood,
        "n_persons": found.n_persons,
        "left_out": [names[column] for column in found.left_out],
        "items": items,
    }


def _items(responses: Responses, analysis: Analysis) -> list[Figures]:
    from kapuas_quiz.core.psychometrics.distractors import tabulate_options

    if responses.keys is None or responses.chosen is None:
        return [_item(responses, j, item, (), ()) for j, item in enumerate(analysis.items)]
    worth = [
        [float(most) if option in key.right else 0.0 for option in range(len(key.options))]
        for key, most in zip(responses.keys, responses.most, strict=True)
    ]
    tables = tabulate_options(analysis, responses.chosen, worth)
    return [
        _item(responses, j, item, table, earned)
        for j, (item, table, earned) in enumerate(zip(analysis.items, tables, worth, strict=True))
    ]


def _item(
    responses: Responses,
    column: int,
    item: ItemStatistics,
    options: Sequence[OptionStatistics],
    worth: Sequence[float],
) -> Figures:
    from kapuas_quiz.core.psychometrics.flags import flag_item
    from kapuas_quiz.core.psychometrics.items import guess_points

    why, key = _code(item.obstacle), responses.keys[column] if responses.keys else None
    figures: Figures = {"item": responses.items[column], "n": item.n}
    put(figures, "facility", item.facility, why)
    put(figures, "sd", item.sd, why)
    put(figures, "item_rest", item.item_rest, why)
    put(figures, "upper_lower", item.upper_lower, why or "tanpa-sebaran")
    put(figures, "efficiency", item.efficiency, why)
    put(figures, "guess_points", guess_points(list(worth)), "tanpa-kunci")
    figures |= {"omitted": item.omitted, "not_reached": item.not_reached}
    rows = [_option(option) for option in options]
    for row, (index, text) in zip(rows, enumerate(key.options if key else ()), strict=False):
        row |= {"option": text, "key": key is not None and index in key.right}
    put(figures, "options", rows[:-1] or None, "tanpa-kunci")
    put(figures, "unanswered", rows[-1] if rows else None, "tanpa-kunci")
    flags = flag_item(item, options, key.right if key else ())
    figures["flags"] = [
        {
            "code": flag.code.value,
            **{
                name: key.options[int(value)] if key and name == "option" else value
                for name, value in flag.figures.items()
            },
        }
        for flag in flags
    ]
    return figures


def _option(option: OptionStatistics) -> Figures:
    figures: Figures = {"n": option.n}
    put(figures, "share", option.share, "tidak-disajikan")
    put(figures, "correlation", option.correlation, _code(option.obstacle))
    put(figures, "lower", option.lower, "tanpa-sebaran")
    put(figures, "upper", option.upper, "tanpa-sebaran")
    return figures


def _code(obstacle: Obstacle | None) -> str:
    return obstacle.value if obstacle else ""
