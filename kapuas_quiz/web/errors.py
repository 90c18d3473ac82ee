"""Error pages that say what happened, what was kept and what to do."""

from __future__ import annotations

import logging

from flask import Flask, jsonify, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kapuas_quiz.extensions import db

log = logging.getLogger("kapuas_quiz")

WORDS = {
    400: (
        _l("Permintaan tidak dapat dibaca"),
        _l("Tidak ada data yang berubah. Kembali ke halaman sebelumnya, lalu coba lagi."),
    ),
    401: (
        _l("Waktu masuk Anda sudah habis"),
        _l("Isian Anda belum disimpan. Masuk lagi di tab lain, lalu kembali ke sini dan kirim ulang."),
    ),
    403: (
        _l("Halaman ini bukan untuk peran Anda"),
        _l("Tidak ada data yang berubah. Minta operator memberi peran yang sesuai."),
    ),
    404: (
        _l("Halaman tidak ditemukan"),
        _l("Alamat ini tidak ada. Periksa tulisannya, atau pindai lagi kartu Anda."),
    ),
    405: (
        _l("Cara membuka halaman ini keliru"),
        _l("Tidak ada data yang berubah. Kembali ke halaman sebelumnya."),
    ),
    409: (
        _l("Keadaan sudah berubah"),
        _l(
            "Orang lain atau tab lain lebih dahulu mengubahnya. Muat ulang halaman untuk melihat keadaan terbaru."
        ),
    ),
    413: (_l("Berkas terlalu besar"), _l("Ukuran paling besar 5 MB. Tidak ada data yang berubah.")),
    429: (_l("Terlalu sering mencoba"), _l("Tunggu satu menit, lalu coba lagi. Tidak ada data yang hilang.")),
    500: (
        _l("Terjadi kesalahan di sistem"),
        _l(
            "Data yang sudah dikonfirmasi tetap tersimpan. Coba lagi; jika terulang, beri tahu operator jam kejadiannya."
        ),
    ),
    503: (
        _l("Penyimpanan sedang sibuk atau penuh"),
        _l(
            "Yang sudah diterima tetap aman. Tunggu sebentar lalu kirim ulang; operator: periksa ruang disk di halaman Mulai."
        ),
    ),
}
LAPTOP = (
    _l("Halaman petugas hanya dibuka di laptop ini"),
    _l(
        "Jaringan tempat kegiatan tidak terenkripsi, jadi kata sandi tidak boleh lewat di sana. Gunakan laptop penyelenggara, atau pasangkan HP Anda dari halaman papan sesi."
    ),
)
CSRF = (
    _l("Halaman ini terlalu lama terbuka"),
    _l("Isian Anda belum disimpan. Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi."),
)


def install(app: Flask) -> None:
    """Answer every failure with a page, or with JSON for a phone's script."""
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(CSRFError, lambda error: _answer(400, CSRF))
    app.register_error_handler(OperationalError, _storage)
    app.register_error_handler(Exception, _unknown)


def _known(error: HTTPException) -> Response | tuple[Response | str, int]:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    words = LAPTOP if error.description == "laptop" else WORDS.get(code, WORDS[500])
    return _answer(code, words)


def _storage(error: OperationalError) -> tuple[Response | str, int]:
    log.error("storage: %s", type(error.orig).__name__)
    db.session.rollback()
    return _answer(503, WORDS[503])


def _unknown(error: Exception) -> tuple[Response | str, int]:
    log.exception("unexpected failure at endpoint %s", request.endpoint)
    db.session.rollback()
    return _answer(500, WORDS[500])


def _answer(code: int, words: tuple[object, object]) -> tuple[Response | str, int]:
    title, advice = (str(word) for word in words)
    if request.path.startswith("/t/"):
        return jsonify(galat=title, saran=advice), code
    return render_template("errors/error.html", title=title, advice=advice, code=code), code
