"""What is said when a sheet of paper was not stored."""

from __future__ import annotations

from flask_babel import gettext as _

from kapuas_quiz.delivery.paper_refusals import PaperRefusal
from kapuas_quiz.delivery.refusals import Refusal
from kapuas_quiz.web.filters import pukul


def paper_advice(refusal: PaperRefusal | Refusal) -> str:
    """Return what happened, what is kept, and what to do."""
    if not isinstance(refusal, PaperRefusal) or refusal.code == "disegel":
        return _(
            "Sesi ini sudah disegel, jadi tidak ada yang berubah. Simpan lembar kertasnya bersama notula."
        )
    words = {
        "sudah-diketik": _("Lembar peserta ini sudah diketik. Untuk mengubahnya, pakai Perbaiki."),
        "belum-diketik": _("Lembar peserta ini belum diketik."),
        "diserahkan-di-hp": _(
            "Peserta ini sudah menyerahkan %(n)s jawaban di HP, dan itu yang dihitung. "
            "Jika lembar ini yang benar, buka lagi pengerjaannya di papan sesi, lalu ketik lagi.",
            n=refusal.n,
        ),
        "ada-di-hp": _(
            "Peserta ini sudah mulai di HP: %(n)s jawaban diterima. Jawaban itu tetap tersimpan. "
            "Centang persetujuan di bawah, lalu simpan lagi.",
            n=refusal.n,
        ),
        "paket-lain": _(
            "Di HP peserta ini menjawab %(n)s soal dari paket lain, dan itu tetap dihitung. Dua paket tidak "
            "dapat disatukan. Periksa nama pada lembar; jika benar, simpan lembarnya bersama notula.",
            n=refusal.n,
        ),
        "jam": (
            _("Ruang ini sudah ditutup %(jam)s, sebelum jam mulai pada lembar.", jam=pukul(refusal.at))
            if refusal.at
            else _("Jam pada lembar belum cocok: selesai harus sesudah mulai, dan tidak boleh nanti.")
        ),
    }
    return words[refusal.code]
