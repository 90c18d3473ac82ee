"""Why a file cannot be read, in words; each room adds what depends on its contents."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

UNREADABLE = {
    "terkunci": _l("Berkas ini terkunci kata sandi. Simpan ulang tanpa kata sandi."),
    "rusak": _l("Berkas ini tidak terbaca. Buka di Excel, pilih Simpan sebagai .xlsx, lalu unggah hasilnya."),
    "excel-lama": _l(
        "Ini berkas Excel lama (.xls) atau terkunci kata sandi. Buka di Excel, lalu Simpan sebagai .xlsx."
    ),
    "ods": _l("Ini berkas LibreOffice (.ods). Buka, lalu Simpan sebagai .xlsx atau .csv."),
    "pdf": _l("Ini berkas PDF, bukan tabel. Minta berkas Excel aslinya."),
    "gambar": _l("Ini gambar, bukan tabel, walaupun namanya mungkin .xlsx. Minta berkas Excel aslinya."),
    "dokumen": _l("Ini dokumen Word. Salin tabelnya ke Excel, lalu Simpan sebagai .xlsx."),
    "arsip": _l("Ini arsip (zip). Buka dahulu, lalu unggah berkas Excel di dalamnya."),
    "halaman-web": _l(
        "Ini halaman web yang disimpan dengan nama lain. Buka di Excel, lalu Simpan sebagai .xlsx."
    ),
    "bukan-tabel": _l("Isi berkas ini bukan tabel yang dapat dibaca. Simpan sebagai .xlsx atau .csv."),
}
