"""What the board calls acts, cases and breaks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

STORY = {
    "sesi.buka": _l("Tes dibuka"),
    "sesi.mulai": _l("Tes dimulai serentak"),
    "sesi.jeda": _l("Ruang dijeda"),
    "sesi.lanjut": _l("Ruang dilanjutkan"),
    "sesi.pin": _l("PIN diganti"),
    "sesi.pin-beku": _l("PIN dibekukan"),
    "sesi.pin-lepas": _l("PIN boleh diganti lagi"),
    "sesi.tutup": _l("Tes ditutup"),
    "sesi.segel": _l("Sesi disegel"),
    "sesi.tanpa-tambahan": _l("Terputus, tanpa tambahan waktu"),
    "waktu.tambah": _l("Waktu ditambah"),
    "waktu.semua": _l("Waktu semua ditambah"),
    "pengerjaan.tutup": _l("Tes ditutup untuk satu orang"),
    "pengerjaan.buka": _l("Tes dibuka lagi"),
    "pengerjaan.pindah": _l("Pindah ke HP lain"),
    "kejadian.catat": _l("Catatan"),
}
CASES = {
    "kode": (
        _l("Kode waktu yang diketik di HP tidak ada dalam catatan ruang ini."),
        _l(
            "Jawaban setelah batas waktunya tidak dihitung. Bila tambahan itu memang haknya, tambah waktunya."
        ),
    ),
    "lewat": (
        _l("Ada jawaban yang dipilih setelah waktunya habis."),
        _l("Jawaban itu tersimpan, tetapi tidak dihitung. Bila ia berhak atas waktu lebih, tambah waktunya."),
    ),
    "waktu": (
        _l("Jam HP tidak dapat dipastikan untuk sebagian jawaban."),
        _l("Jawaban itu dihitung. Tanyakan apakah HP sempat mati atau jamnya diubah, lalu catat hasilnya."),
    ),
}
BREAKS = {
    "jumat": _l("salat Jumat"),
    "minggu": _l("ibadah Minggu"),
    "ishoma": _l("ishoma"),
    "magrib": _l("salat magrib"),
}


def board_words() -> dict[str, Any]:
    """Return what templates of this room may look up."""
    return {"STORY": STORY, "CASES": CASES, "BREAKS": BREAKS}
