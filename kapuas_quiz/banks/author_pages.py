"""What the pages that write banks share: who may, and why something was not written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from kapuas_quiz.banks import authoring, writing
from kapuas_quiz.banks.blocks import NotByLinesError
from kapuas_quiz.banks.storing import BankFileNotFound, BankNotWritableError, FileChangedMeanwhileError
from kapuas_quiz.core.roles import Role

AUTHORS = (Role.OPERATOR, Role.TRAINER, Role.REVIEWER)
Page = str | Response
REFUSED = {
    BankNotWritableError: _l(
        "Belum tersimpan: folder bank soal tidak dapat ditulis oleh aplikasi. "
        "Tulisan Anda masih ada di bawah; "
        "minta operator memberi izin tulis pada folder question_banks, lalu simpan lagi."
    ),
    FileChangedMeanwhileError: _l(
        "Belum tersimpan: berkas bank ini sedang diubah di luar halaman ini. "
        "Tulisan Anda masih ada di bawah; simpan sekali lagi."
    ),
    NotByLinesError: _l(
        "Belum tersimpan: berkas bank ini ditulis dengan susunan yang hanya dapat diubah di editor teks, "
        "atau sedang memuat kesalahan. Tulisan Anda masih ada di bawah."
    ),
    writing.AreaFullError: _l("Belum tersimpan: nomor soal materi ini sudah sampai 999."),
    writing.LastItemError: _l("Soal terakhir sebuah berkas tidak dapat dikeluarkan."),
    writing.ItemNotInFile: _l("Soal ini tidak ada lagi di berkasnya. Tulisan Anda masih ada di bawah."),
}


def author_page(view: Callable[..., Page]) -> Callable[..., Page]:
    """Turn what cannot be found or may not be opened into 404 and 403."""

    @wraps(view)
    def guarded(*arguments: Any, **values: Any) -> Page:
        try:
            return view(*arguments, **values)
        except (
            authoring.UnknownAreaError,
            authoring.UnknownItemError,
            BankFileNotFound,
        ):
            abort(404)
        except (authoring.NotYoursError, authoring.ShutError):
            abort(403)

    return guarded
