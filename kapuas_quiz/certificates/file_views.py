"""Files of a list and its certificates: minutes, spreadsheets, sheets to print."""

from __future__ import annotations

import uuid

from flask import abort
from werkzeug.wrappers import Response

from kapuas_quiz.certificates import exports, lists, minutes, register, sheets
from kapuas_quiz.certificates.list_views import READERS, WORKERS, bp, found, sees_marks
from kapuas_quiz.certificates.revocation import UnknownCertificateError
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import session, settings

MIMETYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}

PDF = "application/pdf"


@bp.get("/keputusan/<uuid:list_id>/berita-acara.pdf")
@allow(*READERS)
def minutes_sheet(list_id: uuid.UUID) -> Response:
    """Send the minutes as PDF.

    :raise 403: if an observer asks before the list is published
    """
    shown = _readable(list_id)
    content = minutes.minutes_pdf(session(), list_id=list_id, demo=settings().demo)
    return _file(content, PDF, f"berita-acara-{shown.number}.pdf")


@bp.get("/keputusan/<uuid:list_id>/unduh.<kind>")
@allow(*READERS)
def export(list_id: uuid.UUID, kind: str) -> Response:
    """Send the list as XLSX or CSV.

    :raise 403: if an observer asks before the list is published
    """
    if kind not in MIMETYPES:
        abort(404)
    shown = _readable(list_id)
    content = exports.decisions_file(shown, register.by_enrolment(session(), shown.training_id), kind)
    return _file(content, MIMETYPES[kind], f"keputusan-{shown.number}.{kind}")


@bp.get("/kegiatan/<uuid:training_id>/sertifikat.pdf")
@allow(*WORKERS)
def all_sheets(training_id: uuid.UUID) -> Response:
    """Send every valid certificate of a training in one file, by kecamatan and desa.

    :raise 404: if none was issued
    """
    valid = register.valid_of(session(), training_id)
    if not valid:
        abort(404)
    pages = [one.facts for one in valid]
    return _file(sheets.certificate_sheets(pages, demo=settings().demo), PDF, "sertifikat.pdf")


@bp.get("/sertifikat/<public_id>/lembar.pdf")
@allow(*WORKERS)
def sheet(public_id: str) -> Response:
    """Send one certificate to print.

    :raise 404: if there is no such certificate, or it is not valid
    """
    try:
        one = register.certificate(session(), public_id)
    except UnknownCertificateError:
        abort(404)
    if one.state != "berlaku":
        abort(404)
    name = f"sertifikat-{one.register_number}-{one.register_year}.pdf"
    return _file(sheets.certificate_sheets([one.facts], demo=settings().demo), PDF, name)


def _readable(list_id: uuid.UUID) -> lists.ListView:
    shown = found(list_id)
    if not sees_marks(shown):
        abort(403)
    return shown


def _file(content: bytes, mimetype: str, name: str) -> Response:
    return Response(
        content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
