"""What the committee reads when a code or a picture was not taken in: what happened, what to do next."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kapuas_quiz.delivery.handed_refusals import EarlierPartMissing, TooLate, WrongGroups
from kapuas_quiz.delivery.refusals import Refusal

WORDS = {
    "bukan-milik-sesi": _l(
        "Tidak ada HP di sesi ini yang menulisnya. Periksa apakah sesinya benar, lalu baca lagi dari awal. "
        "Bila tetap tidak cocok, pindai QR di HP-nya."
    ),
    "bukan-milik-orang": _l(
        "Kode ini bukan dari HP orang yang dipilih. Bila ini kode orang lain, cocokkan dengan semua orang; "
        "bila memang kodenya, baca lagi dari awal."
    ),
    "disegel": _l(
        "Sesi ini sudah disegel, jadi tidak ada jawaban yang dapat ditambahkan. Catat kejadiannya; jawaban "
        "di HP tetap tersimpan sebagai bahan bagi penetap."
    ),
    "bentrok": _l(
        "Isinya berbeda dari yang sudah diterima dari HP ini. Yang diterima tetap aman. Simpan HP-nya dan "
        "catat kejadiannya."
    ),
    "perangkat-lain": _l(
        "HP ini belum pernah masuk ke tes ini di laptop ini. Jawaban di HP tetap tersimpan."
    ),
    "rahasia": _l("Pengerjaan ini tidak ada di laptop ini. Mungkin HP-nya dari ruang dengan laptop lain."),
    "jawaban": _l(
        "Isinya tidak cocok dengan soal tes ini. Muat ulang halaman di HP, lalu pindai QR yang baru."
    ),
    "tidak-terbaca": _l("QR ini rusak atau bukan dari tes ini. Pindai sekali lagi dari HP."),
}


def told(refusal: Refusal) -> str:
    """Return what to tell the committee about a refusal."""
    if isinstance(refusal, WrongGroups):
        return _groups(refusal.numbers)
    if isinstance(refusal, TooLate):
        return _(
            "Menurut HP, diserahkan pada menit ke-%(menit)s, sesudah tes berakhir pada menit ke-%(batas)s. "
            "Jawaban yang dipilih sebelum itu tetap dihitung bila QR di HP dipindai.",
            menit=refusal.minute,
            batas=refusal.limit,
        )
    if isinstance(refusal, EarlierPartMissing):
        if refusal.number > 1:
            return _("Bagian sebelumnya belum masuk. Pindai dahulu QR %(n)s di HP itu.", n=refusal.number - 1)
        return _(
            "Catatan nomor %(n)s dan sesudahnya dari HP ini belum ada di laptop ini. Sambungkan HP ke Wi-Fi "
            "ruangan; HP mengirim semuanya sendiri.",
            n=refusal.expected,
        )
    return str(WORDS.get(refusal.code, WORDS["tidak-terbaca"]))


def _groups(numbers: list[int]) -> str:
    if not numbers:
        return _("Ketik kode dari HP, atau pindai QR-nya.")
    listed = ", ".join(str(number) for number in numbers)
    return _("Kelompok %(nomor)s tidak cocok. Minta kelompok itu dibacakan sekali lagi.", nomor=listed)
