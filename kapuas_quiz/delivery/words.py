"""What a refused phone tells its owner: what happened, what is kept, what to do next."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kapuas_quiz.delivery.refusals import Refusal

REFUSALS = {
    "tidak-dikenal": (
        404,
        _l("Kartu ini belum dikenal atau sudah diganti. Tunjukkan kartu Anda kepada panitia."),
    ),
    "rahasia": (
        403,
        _l("Pengerjaan ini tidak dikenal di sini. Jawaban di HP tetap tersimpan. Pindai lagi kartu Anda."),
    ),
    "pin": (422, _l("PIN sudah berganti atau belum cocok. Lihat layar, lalu ketik PIN yang tampil.")),
    "perangkat-lain": (
        409,
        _l("Tes ini sedang dikerjakan di HP lain. Jawaban di sana tetap tersimpan. Lanjutkan di HP ini?"),
    ),
    "perangkat-lama": (
        409,
        _l("Tes ini sudah dilanjutkan di HP lain. Jawaban dari HP ini yang sudah diterima tetap dihitung."),
    ),
    "sudah-selesai": (409, _l("Tes ini sudah selesai. Jawaban yang sudah diterima aman.")),
    "ruang-selesai": (
        409,
        _l("Waktu tes di ruang ini sudah habis sebelum Anda mulai. Hubungi panitia untuk tes susulan."),
    ),
    "laptop-lama": (
        409,
        _l("Laptop ini sudah digantikan laptop lain. Jawaban di HP tetap tersimpan. Panggil panitia."),
    ),
    "belum-mulai": (409, _l("Tes belum dimulai. Tunggu aba-aba panitia; halaman ini berganti sendiri.")),
    "bentrok": (
        409,
        _l("Jawaban di HP ini berbeda dari yang sudah diterima. Yang diterima tetap aman. Panggil panitia."),
    ),
    "lompat": (409, _l("Ada jawaban yang belum sampai. HP mengirim ulang dari yang terakhir diterima.")),
    "jawaban": (
        422,
        _l("Ada jawaban yang tidak cocok dengan soal. Jawaban yang sudah diterima aman. Panggil panitia."),
    ),
    "disegel": (
        410,
        _l("Tes hari ini sudah ditutup dan disegel. Jawaban yang sudah diterima aman. Hubungi panitia."),
    ),
    "tidak-terbaca": (
        400,
        _l("Kiriman dari HP tidak dapat dibaca. Jawaban di HP tetap tersimpan. Muat ulang halaman."),
    ),
    "terlalu-besar": (
        413,
        _l("Kiriman dari HP terlalu besar. Jawaban di HP tetap tersimpan. Panggil panitia."),
    ),
    "bukan-json": (415, _l("Kiriman dari HP tidak dapat dibaca. Jawaban di HP tetap tersimpan.")),
    "belum-ada-paket": (409, _l("Soal belum disiapkan panitia. Tunggu sebentar, lalu coba lagi.")),
}


def advice(refusal: Refusal) -> tuple[int, str]:
    """Return the HTTP status of a refusal and the words for the trainee."""
    if refusal.code == "pelan":
        return 429, _(
            "Terlalu sering mencoba. Tunggu %(n)d detik, lihat PIN di layar, lalu ketik lagi.",
            n=refusal.wait_s,
        )
    status, words = REFUSALS[refusal.code]
    return status, str(words)


def assessment_title(kind: str | None) -> str:
    """Return the name of an assessment on screen."""
    return {"pre": _("Tes awal (pre-test)"), "post": _("Tes akhir (post-test)")}.get(kind or "", "")
