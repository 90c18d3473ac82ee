"""The reports as XLSX and CSV: the same values as on the pages, with headings in words."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Response, abort
from flask_babel import gettext as _
from flask_babel import pgettext

from kapuas_quiz.core.gain import Gain
from kapuas_quiz.core.scoring import TOTAL, Points
from kapuas_quiz.core.standard import points_to_show
from kapuas_quiz.reporting.exports import Cell, Column, Table, to_csv, to_xlsx
from kapuas_quiz.reporting.gains import gains_of
from kapuas_quiz.reporting.gaps import gaps_of
from kapuas_quiz.reporting.service import KINDS, Result, Snapshot, snapshot
from kapuas_quiz.reporting.views import READERS, Page, bp, report_page
from kapuas_quiz.reporting.words import CHANGES, GAPS, KIND_WORDS
from kapuas_quiz.trainings.service import EnrolmentView
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import now, session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/kegiatan/<uuid:training_id>/unduh/<what>.<ending>")
@allow(*READERS)
@report_page
def download(training_id: uuid.UUID, what: str, ending: str) -> Page:
    """Send a report as a file.

    :raise 404: if there is no such training, report or kind of file
    """
    if what not in TABLES or ending not in ("xlsx", "csv"):
        abort(404)
    table = TABLES[what](snapshot(session(), training_id, now=now()))
    content = to_csv(table) if ending == "csv" else to_xlsx(table)
    response = Response(content, mimetype=XLSX if ending == "xlsx" else "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{what}.{ending}"'
    return response


def _people(seen: Snapshot) -> Table:
    rows = [_person(one) for one in seen.people]
    return Table(_("Peserta"), _person_columns(), rows, _notes(seen))


def _scores(seen: Snapshot) -> Table:
    columns = list(_person_columns())
    for kind in KINDS:
        columns += [
            Column(f"{_test(kind)}: {title}") for title in (_("media"), _("benar"), _("soal"), _("dijawab"))
        ]
        columns += [Column(f"{_test(kind)}: {one.title}") for one in seen.competencies]
    rows = [
        (*_person(one), *(cell for kind in KINDS for cell in _result(seen, kind, one))) for one in seen.people
    ]
    return Table(_("Nilai"), tuple(columns), rows, _notes(seen))


def _result(seen: Snapshot, kind: str, one: EnrolmentView) -> list[Cell]:
    result: Result | None = seen.results[kind].get(one.id)
    if result is None:
        return [None] * (4 + len(seen.competencies))
    medium = _("kertas") if (one.id, kind) in seen.paper else _("HP")
    total: Points = result[TOTAL]
    keys = [one.key for one in seen.competencies]
    parts = [points_to_show(result[key].points) if key in result else None for key in keys]
    return [medium, points_to_show(total.points), total.n_items, total.n_answered, *parts]


def _gaps(seen: Snapshot) -> Table:
    headings = (_("Tes"), _("Kelompok"), _("Nama kelompok"), _("Materi"), _("Peserta"), _("Soal per peserta"))
    shares = (
        _("Bagian benar"),
        _("Batas bawah rentang 95 persen"),
        _("Batas atas rentang 95 persen"),
        _("Standar"),
    )
    columns = (
        *(Column(heading) for heading in headings),
        Column(_("Jawaban benar")),
        Column(pgettext("hitungan", "Jawaban")),
        *(Column(share, percent=True) for share in shares),
        Column(_("Kesimpulan")),
    )
    return Table(_("Materi"), columns, [row for kind in KINDS for row in _gap_rows(seen, kind)], _notes(seen))


def _gap_rows(seen: Snapshot, kind: str) -> list[tuple[Cell, ...]]:
    report = gaps_of(seen, kind)
    groups = [
        (_("seluruh ruangan"), "", report.room),
        *((_("kecamatan"), row.name, row.cells) for row in report.kecamatan),
        *((_("badan"), row.name, row.cells) for row in report.bodies),
    ]
    return [
        (
            _test(kind),
            group,
            name,
            cell.competency.title,
            cell.gap.n_persons,
            cell.gap.n_items,
            points_to_show(cell.gap.points),
            cell.gap.max_points,
            cell.gap.proportion,
            cell.gap.interval.low if cell.gap.interval else None,
            cell.gap.interval.high if cell.gap.interval else None,
            cell.gap.standard,
            str(GAPS[cell.gap.lean]),
        )
        for group, name, cells in groups
        for cell in cells
    ]


def _gains(seen: Snapshot) -> Table:
    report = gains_of(seen)
    shares = (
        _("Tes awal"),
        _("Tes akhir"),
        _("Selisih"),
        _("Batas bawah rentang 95 persen"),
        _("Batas atas rentang 95 persen"),
    )
    columns = (
        *(Column(heading) for heading in (_("Kelompok"), _("Nama kelompok"), _("Peserta"))),
        *(Column(share, percent=True) for share in shares),
        Column(_("Peningkatan ternormalisasi")),
        Column(_("Kesimpulan")),
        Column(_("Hanya tes awal")),
    )
    groups = [
        (_("seluruh ruangan"), "", report.overall),
        *((_("materi"), row.name, row.gain) for row in report.competencies),
        *((_("kecamatan"), row.name, row.gain) for row in report.kecamatan),
        *((_("badan"), row.name, row.gain) for row in report.bodies),
    ]
    rows = [(group, name, *_gain(gain)) for group, name, gain in groups]
    return Table(_("Peningkatan"), columns, rows, _notes(seen))


def _gain(gain: Gain) -> tuple[Cell, ...]:
    change = (gain.change.value, gain.change.low, gain.change.high) if gain.change else (None, None, None)
    normalised = None if gain.normalised is None else round(gain.normalised, 2)
    verdict = str(CHANGES[gain.status])
    return (gain.n, gain.before, gain.after, *change, normalised, verdict, gain.missing.n)


def _person_columns() -> tuple[Column, ...]:
    headings = (_("Nama"), _("Jabatan"), _("Badan"), _("Kecamatan"), _("Desa/Kelurahan"), _("Keikutsertaan"))
    return tuple(Column(heading) for heading in (*headings, _("Nomor SK")))


def _person(one: EnrolmentView) -> tuple[Cell, ...]:
    kind = str(KIND_WORDS[one.kind])
    return (one.name, one.position, one.body, one.kecamatan_name, one.desa_name, kind, one.decree)


def _notes(seen: Snapshot) -> tuple[str, ...]:
    warning = () if seen.verified else (_("soal belum diverifikasi"),)
    return (seen.training.title, *warning)


def _test(kind: str) -> str:
    return _("Tes akhir (post-test)") if kind == "post" else _("Tes awal (pre-test)")


TABLES: dict[str, Callable[[Snapshot], Table]] = {
    "peserta": _people,
    "nilai": _scores,
    "materi": _gaps,
    "peningkatan": _gains,
}
