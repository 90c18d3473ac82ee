"""`flask --app app bank ...`: check bank files, and load them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from kapuas_quiz.banks import service
from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.banks.catalogue_pdf import catalogue_pdf, table_fingerprint
from kapuas_quiz.banks.files import Fault, bank_paths
from kapuas_quiz.banks.linting import check_banks
from kapuas_quiz.core.bank_schema import schema_text
from kapuas_quiz.core.lint import RULES
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.web.context import now, session, settings
from kapuas_quiz.web.prepared import refuse_unprepared

SHOWN = 200
bank = AppGroup("bank", help="Bank soal: periksa dan muat.")


@bank.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Peringatan tanpa alasan juga menggagalkan.")
def check(paths: tuple[Path, ...], strict: bool) -> None:
    """Print every error and warning of the bank files at PATHS (files or folders), as file:line: what.

    Without PATHS, the installation's own banks. Ends with status 1 if there is an error; with --strict
    also if there is a warning that is not waived in its file.
    """
    places = paths or (settings().banks,)
    _refuse_empty(places)
    report = check_banks(*places)
    for title, found in (("GALAT", report.errors), ("PERINGATAN", report.warnings)):
        if found:
            click.echo(title)
            _print(found)
    if not report.errors:
        click.echo("Semua berkas bank soal dapat dimuat.")
    counts = (
        f"{len(report.errors)} galat, {len(report.warnings)} peringatan, {report.n_waived} dikesampingkan."
    )
    click.echo(counts, err=bool(report.errors))
    if report.errors or (strict and report.warnings):
        raise SystemExit(1)


@bank.command("rules")
def rules() -> None:
    """List the rules of the review, each with its reason and who says so."""
    for rule in RULES.values():
        click.echo(f"{rule.id} ({rule.severity})\n  {rule.reason}")
        if rule.source:
            click.echo(f"  Sumber: {rule.source}.")


@bank.command("schema")
@click.argument("output", required=False, type=click.Path(path_type=Path, dir_okay=False))
def schema(output: Path | None) -> None:
    """Write the JSON Schema that editors check bank files by to OUTPUT (default: beside the banks)."""
    output = output or settings().banks / "bank.schema.json"
    output.write_text(schema_text(), encoding="utf-8")
    click.echo(str(output))


@bank.command("load")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
def load(folder: Path | None) -> None:
    """Load the bank files of FOLDER (default: the installation's own) into the database."""
    refuse_unprepared()
    folder = folder or settings().banks
    _refuse_empty([folder])
    report = service.load_banks(session(), folder=folder, actor=SYSTEM, now=now())
    for file in report.files:
        done = file.changes
        click.echo(
            f"{file.name}: {file.n_items} soal, {len(done.added)} baru, "
            f"{len(done.changed)} berubah, {len(done.removed)} ditarik, {len(file.faults)} galat"
        )
    if report.faults:
        _print(report.faults, err=True)
        raise SystemExit(1)


@bank.command("catalogue")
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
def catalogue(output: Path) -> None:
    """Write the catalogue of every rule on valid and invalid ballots to OUTPUT, a PDF to be signed."""
    rules = load_ballot_rules()
    output.write_bytes(catalogue_pdf(now=now()))
    click.echo(f"{output}: {len(rules.cells)} aturan, sidik {table_fingerprint(rules)[:12]}.")


def _refuse_empty(places: Sequence[Path]) -> None:
    """A folder without bank files is most likely a mistyped one."""
    empty = [str(place) for place in places if not bank_paths(place)]
    if empty:
        raise click.ClickException(
            f"tidak ada berkas *.yaml di {', '.join(empty)}. Tidak ada yang diperiksa atau diubah; "
            "periksa alamat foldernya."
        )


def _print(faults: Sequence[Fault], *, err: bool = False) -> None:
    for fault in faults[:SHOWN]:
        click.echo(fault, err=err)
    if len(faults) > SHOWN:
        click.echo(f"... dan {len(faults) - SHOWN} galat lagi.", err=err)
