"""`flask --app app analyse ...`: statistics of files, without a database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from flask.cli import AppGroup

from kapuas_quiz.reporting.analyse.answers import Figures
from kapuas_quiz.reporting.analyse.decision import decision_figures, say_decision
from kapuas_quiz.reporting.analyse.gain import gain_figures, say_gain
from kapuas_quiz.reporting.analyse.item_words import say_items
from kapuas_quiz.reporting.analyse.items import item_figures
from kapuas_quiz.reporting.analyse.keys import ItemKey, read_key
from kapuas_quiz.reporting.analyse.reading import Layout, MaxPoints, Responses, read_responses, read_totals
from kapuas_quiz.reporting.analyse.refusals import RefusedFileError
from kapuas_quiz.reporting.analyse.tables import MAX_MEGABYTES
from kapuas_quiz.reporting.analyse.totals import say_totals, totals_figures

if TYPE_CHECKING:
    from kapuas_quiz.core.psychometrics.reliability import Alpha

Found = TypeVar("Found")
File = click.Path(path_type=Path, dir_okay=False, exists=True)
CUT = click.FloatRange(0, 1, min_open=True)
ABOVE_NOTHING = click.FloatRange(0, min_open=True)

analyse = AppGroup("analyse", help="Statistik dari berkas CSV: soal, nilai total, peningkatan, kelulusan.")

cut_option = click.option("--cut", required=True, type=CUT, help="Batas lulus sebagai bagian, mis. 0.7.")
id_option = click.option("--id-column", help="Judul kolom nomor orang.")
ignore_option = click.option(
    "--ignore-column", multiple=True, help="Judul kolom yang bukan soal; boleh berulang."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Semua angka sebagai JSON.")
most_option = click.option(
    "--max-score",
    multiple=True,
    help="Poin tertinggi: 2 untuk semua soal, atau 'nama soal=2'; boleh berulang. Tanpa ini 1.",
)
key_option = click.option("--key", "key_path", type=File, help="Berkas kunci (JSON) bila isinya pilihan.")


@analyse.command("items")
@click.argument("path", metavar="RESPONSES", type=File)
@key_option
@most_option
@id_option
@click.option("--form-column", help="Judul kolom paket, bila paketnya lebih dari satu.")
@ignore_option
@json_option
def items(
    path: Path,
    key_path: Path | None,
    max_score: tuple[str, ...],
    id_column: str | None,
    form_column: str | None,
    ignore_column: tuple[str, ...],
    as_json: bool,
) -> None:
    """Analyse the items of RESPONSES, a CSV file of persons by items: points, or with --key choices."""
    layout = Layout(id_column, form_column, ignore_column)
    responses = _responses(path, layout, max_score, _key(key_path))
    _print(item_figures(responses), say_items, as_json)


@analyse.command("totals")
@click.argument("path", metavar="TOTALS", type=File)
@click.option("--column", help="Judul kolom nilai total; tanpa ini satu-satunya kolom yang ada.")
@click.option("--max-score", type=ABOVE_NOTHING, help="Nilai tertinggi.")
@click.option(
    "--cut",
    required=True,
    type=ABOVE_NOTHING,
    help="Batas lulus: bagian dari nilai tertinggi, mis. 0.7; tanpa --max-score nilai itu sendiri.",
)
@click.option("--right-or-wrong", is_flag=True, help="Nilai ialah banyaknya jawaban benar.")
@id_option
@json_option
def totals(
    path: Path,
    column: str | None,
    max_score: float | None,
    cut: float,
    right_or_wrong: bool,
    id_column: str | None,
    as_json: bool,
) -> None:
    """Describe the totals of TOTALS, a CSV file, and what a cut does to them."""
    if max_score is not None and cut > 1:
        raise click.BadParameter("dengan --max-score harus bagian, mis. 0.7.", param_hint="--cut")
    found, n_empty = _reading(
        path, lambda content: read_totals(content, column, Layout(id_column), max_score)
    )
    _print(totals_figures(found, n_empty, max_score, cut, right_or_wrong), say_totals, as_json)


@analyse.command("decision")
@click.argument("path", metavar="RESPONSES", type=File)
@cut_option
@key_option
@most_option
@id_option
@ignore_option
@json_option
def decision(
    path: Path,
    cut: float,
    key_path: Path | None,
    max_score: tuple[str, ...],
    id_column: str | None,
    ignore_column: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say how often a cut decides rightly about the persons of RESPONSES."""
    responses = _responses(path, Layout(id_column, None, ignore_column), max_score, _key(key_path))
    _print(decision_figures(responses, cut, _alpha(responses).value), say_decision, as_json)


@analyse.command("gain")
@click.argument("pre", metavar="PRE", type=File)
@click.argument("post", metavar="POST", type=File)
@click.option("--id-column", help="Judul kolom nomor orang di kedua berkas; tanpa ini baris demi baris.")
@click.option("--key", "key_path", type=File, help="Berkas kunci tes awal.")
@click.option("--post-key", "post_key_path", type=File, help="Berkas kunci tes akhir; tanpa ini sama.")
@most_option
@ignore_option
@json_option
def gain(
    pre: Path,
    post: Path,
    id_column: str | None,
    key_path: Path | None,
    post_key_path: Path | None,
    max_score: tuple[str, ...],
    ignore_column: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say what changed between PRE and POST, two CSV files of the same persons."""
    layout = Layout(id_column, None, ignore_column)
    before = _responses(pre, layout, max_score, _key(key_path))
    after = _responses(post, layout, max_score, _key(post_key_path or key_path))
    if id_column is None and before.n_rows != after.n_rows:
        problem = RefusedFileError("baris-berbeda", first=before.n_rows, second=after.n_rows)
        raise click.ClickException(f"{post}: {problem}")
    figures: Figures = {"matched_by": "baris" if id_column is None else "id"}
    figures |= gain_figures(before, after, _error(before), _error(after))
    _print(figures, say_gain, as_json)


def _responses(
    path: Path, layout: Layout, max_score: tuple[str, ...], keys: dict[str, ItemKey] | None
) -> Responses:
    most = _max_points(max_score)
    return _reading(path, lambda content: read_responses(content, layout, most, keys))


def _key(path: Path | None) -> dict[str, ItemKey] | None:
    return None if path is None else _reading(path, read_key)


def _reading(path: Path, read: Callable[[bytes], Found]) -> Found:
    """Read a file, never more than a reader would take, and refuse it by its name."""
    try:
        with path.open("rb") as file:
            return read(file.read(MAX_MEGABYTES * 1024 * 1024 + 1))
    except OSError as error:
        raise click.ClickException(f"{path}: {RefusedFileError('tidak-terbaca')}") from error
    except RefusedFileError as error:
        raise click.ClickException(f"{path}: {error}") from error


def _max_points(given: tuple[str, ...]) -> MaxPoints:
    usual, by_item = 1.0, {}
    for text in given:
        name, _, figure = text.rpartition("=")
        try:
            most = float(figure)
        except ValueError:
            most = 0.0
        if not 0 < most < float("inf"):
            raise click.BadParameter(f"{text!r}: harus angka di atas 0, atau 'nama soal=angka'.")
        if name:
            by_item[name.strip()] = most
        else:
            usual = most
    return MaxPoints(usual, by_item)


def _alpha(responses: Responses) -> Alpha:
    from kapuas_quiz.core.psychometrics.reliability import alpha_of_points

    return alpha_of_points(responses.points)


def _error(responses: Responses) -> float | None:
    """Return the standard error of measurement as a proportion; None where undefined."""
    from kapuas_quiz.core.psychometrics.reliability import error_ratio

    ratio = error_ratio(_alpha(responses).value)
    if ratio is None:
        return None
    return ratio * float(responses.points.sum(axis=1).std(ddof=1) / responses.most.sum())


def _print(figures: Figures, say: Callable[[Figures], list[str]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, allow_nan=False, indent=1))
    else:
        click.echo("\n".join(say(figures)))
