"""A roster file comes in: uploaded, previewed, confirmed."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.tables import NoHeaderError
from kapuas_quiz.spreadsheets.reading import UnreadableFileError
from kapuas_quiz.spreadsheets.waiting import UploadGoneError
from kapuas_quiz.spreadsheets.words import UNREADABLE
from kapuas_quiz.trainings.imports import (
    Outcome,
    RosterChangedError,
    UndecidedError,
    Waiting,
    apply_import,
    preview_import,
    start_import,
)
from kapuas_quiz.trainings.places import place_words
from kapuas_quiz.trainings.service import training_view
from kapuas_quiz.trainings.views import Page, training_page
from kapuas_quiz.trainings.web_forms import ConfirmForm, UploadForm
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, secrets, session, settings

bp = Blueprint("imports", __name__, url_prefix="/kegiatan/<uuid:training_id>/peserta/impor")
ANSWER = "putusan:"
FILE_FAULTS = {
    **UNREADABLE,
    "kosong": _l("Berkas ini kosong. Pilih berkas yang berisi daftar peserta."),
    "tanpa-peserta": _l("Judul kolom ditemukan, tetapi di bawahnya tidak ada peserta."),
    "terlalu-banyak-baris": _l(
        "Berkas ini berisi lebih dari 3.000 baris. Satu kegiatan jauh lebih kecil dari itu: "
        "pilih berkas untuk kegiatan ini saja, atau bagi menjadi beberapa berkas."
    ),
    "terlalu-besar": _l(
        "Isi berkas ini terlalu besar. Salin daftar peserta ke berkas baru, lalu unggah itu."
    ),
}
COLUMN_WORDS = {"name": _l("Nama"), "position": _l("Jabatan")}


@bp.route("", methods=["GET", "POST"])
@allow(Role.OPERATOR)
@training_page
def upload(training_id: uuid.UUID) -> Page:
    """Take a roster file and go on to its preview.

    :raise 404: if there is no such training
    """
    shown = training_view(session(), training_id)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            key = start_import(
                session(),
                data=settings().data,
                training_id=training_id,
                filename=form.file.data.filename or "",
                content=form.file.data.read(),
                now=now(),
            )
        except UnreadableFileError as error:
            form.file.errors = [FILE_FAULTS[error.code]]
        except NoHeaderError as error:
            form.file.errors = [_no_header(error)]
        else:
            return redirect(url_for("imports.look", training_id=training_id, key=key))
    return render_template("trainings/upload.html", training=shown, form=form)


def _no_header(error: NoHeaderError) -> str:
    names = ", ".join(str(COLUMN_WORDS[field]) for field in error.missing)
    return _(
        "Kolom %(kolom)s tidak ditemukan dalam 20 baris pertama. "
        "Tulis judul kolom itu di berkas, lalu unggah lagi.",
        kolom=names,
    )


@bp.get("/<key>")
@allow(Role.OPERATOR)
@training_page
def look(training_id: uuid.UUID, key: str) -> Page:
    """Show what an uploaded file would change; `?sel=atas` fills empty cells from the row above.

    :raise 404: if there is no such training
    """
    return _preview(training_id, key, {})


@bp.post("/<key>")
@allow(Role.OPERATOR)
@training_page
def confirm(training_id: uuid.UUID, key: str) -> Page:
    """Import all that is ready, or show the preview again with what is still to be decided.

    :raise 404: if there is no such training
    """
    form = ConfirmForm()
    answers = _answers()
    try:
        outcome = apply_import(
            session(),
            waiting=_waiting(training_id, key),
            answers=answers,
            compared_with=form.compared_with.data or "",
            accept_refused=form.accept_refused.data,
            secret=secrets().badge,
            actor=actor(),
            now=now(),
        )
    except RosterChangedError:
        flash(
            _("Daftar peserta berubah sejak halaman ini dibuka. Belum ada yang diimpor; periksa sekali lagi.")
        )
        return _preview(training_id, key, answers)
    except UndecidedError:
        flash(_("Belum ada yang diimpor. Masih ada yang perlu Anda putuskan di bawah."))
        return _preview(training_id, key, answers)
    except UploadGoneError:
        return _gone(training_id)
    flash(_told(outcome))
    return redirect(url_for("roster.people", training_id=training_id))


def _told(outcome: Outcome) -> str:
    return _(
        "Impor selesai: %(baru)s peserta baru, %(ubah)s diperbarui, "
        "%(tetap)s tetap, %(lewat)s baris dilewati.",
        baru=outcome.added,
        ubah=outcome.updated,
        tetap=outcome.kept,
        lewat=outcome.left_out,
    )


def _preview(training_id: uuid.UUID, key: str, answers: dict[str, str]) -> Page:
    shown = training_view(session(), training_id)
    try:
        page = preview_import(session(), waiting=_waiting(training_id, key), answers=answers, now=now())
    except UploadGoneError:
        return _gone(training_id)
    form = ConfirmForm(formdata=None, compared_with=page.preview.compared_with)
    return render_template(
        "trainings/preview.html",
        training=shown,
        page=page,
        form=form,
        answers=answers,
        place_words=place_words,
    )


def _gone(training_id: uuid.UUID) -> Page:
    flash(
        _(
            "Unggahan ini sudah diimpor atau sudah lewat sehari. "
            "Daftar peserta tidak berubah. Jika perlu, unggah lagi."
        )
    )
    return redirect(url_for("imports.upload", training_id=training_id))


def _waiting(training_id: uuid.UUID, key: str) -> Waiting:
    filled = request.args.get("sel") == "atas"
    return Waiting(settings().data, training_id, key, filled, settings().demo)


def _answers() -> dict[str, str]:
    return {
        name.removeprefix(ANSWER): value for name, value in request.form.items() if name.startswith(ANSWER)
    }
