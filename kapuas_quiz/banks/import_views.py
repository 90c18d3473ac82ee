"""A spreadsheet of questions comes in: uploaded, previewed, saved as drafts."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from kapuas_quiz.banks import authoring, fault_words, import_words, importing
from kapuas_quiz.banks.acceptance import NotAcceptedError
from kapuas_quiz.banks.author_pages import AUTHORS, REFUSED, author_page
from kapuas_quiz.banks.import_template import example_fact, import_template
from kapuas_quiz.banks.import_web_forms import QuestionsForm
from kapuas_quiz.banks.question_rows import NoHeaderError
from kapuas_quiz.banks.writing import Place
from kapuas_quiz.spreadsheets.reading import UnreadableFileError
from kapuas_quiz.spreadsheets.waiting import UploadGoneError
from kapuas_quiz.spreadsheets.words import UNREADABLE
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session, settings

bp = Blueprint("bank_imports", __name__, url_prefix="/bank-soal")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTS = {
    **UNREADABLE,
    "kosong": _l("Tidak ada soal di berkas ini. Isi baris di bawah judul kolom."),
    "terlalu-banyak-baris": _l("Berkas ini berisi lebih dari 300 soal. Bagi menjadi beberapa berkas."),
    "terlalu-besar": _l("Isi berkas ini terlalu besar. Salin soalnya ke berkas baru, lalu unggah itu."),
}
COLUMN_WORDS = {
    "stem": _l("Pokok soal"), "key": _l("Kunci"), "rationale": _l("Pembahasan"), "facts": _l("Fakta"),
}  # fmt: skip


@bp.route("/<area>/impor", methods=["GET", "POST"])
@allow(*AUTHORS)
@author_page
def upload(area: str) -> str | Response:
    """Take a spreadsheet and go on to its preview.

    :raise 404: if no bank covers the area
    """
    found, form = authoring.area_of(session(), area), QuestionsForm()
    if form.validate_on_submit():
        name, content = form.file.data.filename or "", form.file.data.read()
        try:
            key = importing.start(
                session(), data=settings().data, area=area, filename=name, content=content, now=now()
            )
        except UnreadableFileError as error:
            form.file.errors = [FAULTS[error.code]]
        except NoHeaderError as error:
            words = ", ".join(str(COLUMN_WORDS[name]) for name in error.missing)
            form.file.errors = [_("Kolom %(kolom)s tidak ditemukan dalam 20 baris pertama.", kolom=words)]
        else:
            return redirect(url_for("bank_imports.look", area=area, key=key))
    return render_template("banks/import.html", area=found, form=form)


@bp.get("/<area>/impor/contoh.xlsx")
@allow(*AUTHORS)
@author_page
def template_sheet(area: str) -> Response:
    """Return a spreadsheet to fill in.

    :raise 404: if no bank covers the area
    """
    authoring.area_of(session(), area)
    headers = {"Content-Disposition": f'attachment; filename="soal-{area}.xlsx"'}
    return Response(import_template(example_fact(area)), mimetype=XLSX, headers=headers)


@bp.get("/<area>/impor/<key>")
@allow(*AUTHORS)
@author_page
def look(area: str, key: str) -> str | Response:
    """Show what an uploaded spreadsheet would add.

    :raise 404: if no bank covers the area
    """
    return _preview(area, key)


@bp.post("/<area>/impor/<key>")
@allow(*AUTHORS)
@author_page
def save(area: str, key: str) -> str | Response:
    """Append the agreed rows as drafts.

    :raise 404: if no bank covers the area
    """
    left_out = set(request.form.getlist("lewati"))
    place = Place(settings().banks, actor(), now())
    try:
        ids = importing.save(session(), place, data=settings().data, area=area, key=key, left_out=left_out)
    except UploadGoneError:
        return _gone(area)
    except NotAcceptedError as error:
        told = [words for faults in error.of_items.values() for _path, words in fault_words.told(faults)]
        told += [f"{fault.file}, {_('baris')} {fault.line}: {fault.message}" for fault in error.elsewhere]
        flash(_("Belum ada yang disimpan.") + " " + " ".join(told[:5]))
        return _preview(area, key)
    except tuple(REFUSED) as error:
        flash(str(REFUSED[type(error)]))
        return _preview(area, key)
    flash(_("Soal yang ditambahkan sebagai draf: %(n)s.", n=len(ids)))
    return redirect(url_for("banks.area", area=area))


def _preview(area: str, key: str) -> str | Response:
    found = authoring.area_of(session(), area)
    try:
        seen = importing.look(session(), data=settings().data, area=area, key=key, now=now())
    except UploadGoneError:
        return _gone(area)
    return render_template("banks/import_preview.html", area=found, seen=seen, words=import_words)


def _gone(area: str) -> Response:
    flash(_("Unggahan ini sudah disimpan atau sudah lewat sehari. Bank soal tidak berubah."))
    return redirect(url_for("bank_imports.upload", area=area))
