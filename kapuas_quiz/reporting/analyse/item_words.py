"""The report on items, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kapuas_quiz.reporting.analyse.answers import Figures, number
from kapuas_quiz.reporting.analyse.totals import or_why, say_distribution
from kapuas_quiz.reporting.flag_words import say_flag

SIZES = {
    "tidak-dinilai": "Orangnya terlalu sedikit: angka ditulis apa adanya dan soal tidak dinilai.",
    "kecil": "Orangnya sedikit: semua angka kasar.",
    "cukup": "",
}
HEADINGS = ("soal", "n", "benar %", "r sisa", "atas-bawah", "efisiensi", "dilewati", "tak sampai")
WIDEST = 30


def say_items(figures: Figures) -> list[str]:
    """Write the report, a line each."""
    forms, items = _objects(figures["forms"]), _objects(figures["items"])
    lines = [f"{figures['n_persons']} orang; {figures['n_empty']} tanpa satu jawaban pun tidak dihitung."]
    for form in forms:
        lines += ["", *_say_form(form)]
    lines += ["", *_table(items), ""]
    for item in items:
        lines += _say_item(item)
    return lines


def _say_form(form: Figures) -> list[str]:
    name = f"Paket {form['form']}: " if form["form"] is not None else ""
    interval = (
        f" (95 %: {number(form['alpha_low'])} sampai {number(form['alpha_high'])})"
        if form["alpha"] is not None
        else ""
    )
    lines = [
        f"{name}{form['n_persons']} orang, {form['n_items']} soal, "
        f"poin tertinggi {number(form['max_points'], 1)}. {SIZES[str(form['sample_size'])]}".rstrip(),
        say_distribution(form),
        f"Reliabilitas: alpha {or_why(form, 'alpha')}{interval}; KR-21 {or_why(form, 'kr21')}; "
        f"belah dua {form['split']} {or_why(form, 'split_half')}.",
        f"Galat baku pengukuran {or_why(form, 'sem')} poin; nisbah galat {or_why(form, 'error_ratio')}.",
    ]
    rasch = form["rasch"]
    if isinstance(rasch, dict):
        lines.append(
            f"Model Rasch: daya beda {number(rasch['discrimination'])} "
            f"(galat baku {number(rasch['discrimination_error'])}); tingkat kesukaran dengan --json."
        )
    else:
        lines.append(f"Model Rasch: {or_why(form, 'rasch')}.")
    return lines


def _table(items: Sequence[Figures]) -> Iterable[str]:
    rows = [
        (
            str(item["item"])[:WIDEST],
            str(item["n"]),
            number(100 * item["facility"], 0) if isinstance(item["facility"], float) else "-",
            number(item["item_rest"]),
            number(item["upper_lower"]),
            number(item["efficiency"]),
            str(item["omitted"]),
            str(item["not_reached"]),
        )
        for item in items
    ]
    widths = [max(len(row[i]) for row in (HEADINGS, *rows)) for i in range(len(HEADINGS))]
    for first, *others in (HEADINGS, *rows):
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells])


def _say_item(item: Figures) -> list[str]:
    lines = [f"  ! {say_flag(str(flag['code']), flag)}" for flag in _objects(item["flags"])]
    for option in _objects(item["options"]):
        mark = "*" if option["key"] else " "
        lines.append(f"  {mark} {str(option['option'])[:WIDEST]}: {_say_option(option)}")
    if isinstance(item["unanswered"], dict):
        lines.append(f"    tidak dijawab: {_say_option(item['unanswered'])}")
    return [f"{str(item['item'])[:WIDEST]}", *lines] if lines else []


def _say_option(option: Figures) -> str:
    return (
        f"{option['n']} orang ({_percent(option['share'])}), r {number(option['correlation'])}, "
        f"kelompok bawah {_percent(option['lower'])}, atas {_percent(option['upper'])}"
    )


def _percent(share: object) -> str:
    return f"{number(100 * share, 0)} %" if isinstance(share, float) else "-"


def _objects(value: object) -> list[Figures]:
    return value if isinstance(value, list) else []
