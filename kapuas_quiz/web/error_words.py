"""What an error page says: what happened, what was kept, what to do."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

Words = tuple[LazyString, LazyString]

UNREADABLE: Words = (
    _l("Permintaan tidak dapat dibaca"),
    _l("Tidak ada data yang berubah. Kembali ke halaman sebelumnya, lalu coba lagi."),
)
BROKEN: Words = (
    _l("Terjadi kesalahan di sistem"),
    _l(
        "Data yang sudah dikonfirmasi tetap tersimpan. Coba sekali lagi. "
        "Jika terulang, beri tahu operator jam kejadiannya."
    ),
)
STORAGE: Words = (
    _l("Penyimpanan sedang sibuk atau penuh"),
    _l(
        "Yang sudah diterima tetap aman. Tunggu sebentar, lalu kirim ulang. "
        "Operator: periksa ruang penyimpanan di halaman Mulai."
    ),
)
BY_CODE: dict[int, Words] = {
    400: UNREADABLE,
    401: (
        _l("Waktu masuk sudah habis"),
        _l("Yang baru saja dikirim belum disimpan. Masuk lagi, lalu ulangi dari halaman sebelumnya."),
    ),
    403: (
        _l("Halaman ini bukan untuk peran Anda"),
        _l("Tidak ada data yang berubah. Minta operator memberi peran yang sesuai."),
    ),
    404: (
        _l("Halaman tidak ditemukan"),
        _l("Tidak ada halaman di alamat ini. Periksa tulisannya, atau pindai lagi kartu peserta."),
    ),
    405: (
        _l("Halaman ini tidak dapat dibuka dengan cara itu"),
        _l("Tidak ada data yang berubah. Kembali ke halaman sebelumnya."),
    ),
    409: (
        _l("Keadaan sudah berubah"),
        _l(
            "Orang lain atau tab lain lebih dahulu mengubahnya. "
            "Muat ulang halaman untuk melihat keadaan terbaru."
        ),
    ),
    410: (
        _l("Halaman ini sudah tidak berlaku"),
        _l("Tidak ada data yang berubah. Minta tautan atau kartu yang baru kepada panitia."),
    ),
    413: (
        _l("Kiriman terlalu besar"),
        _l("Berkas paling besar 5 MB. Tidak ada data yang berubah. Pilih berkas yang lebih kecil."),
    ),
    429: (
        _l("Terlalu sering mencoba"),
        _l("Tunggu satu menit, lalu coba lagi. Tidak ada data yang hilang."),
    ),
    503: STORAGE,
}
LAPTOP: Words = (
    _l("Halaman petugas hanya dibuka di laptop penyelenggara"),
    _l(
        "Kata sandi tidak boleh lewat jaringan tempat kegiatan yang tidak terenkripsi. "
        "Di laptop penyelenggara, buka alamat yang diawali http://localhost. "
        "Untuk HP, pasangkan dari halaman papan sesi."
    ),
)
SESSION_OVER: Words = (
    BY_CODE[401][0],
    _l("Isian Anda masih ada di halaman ini, belum disimpan."),
)
STALE: Words = (
    _l("Halaman ini terlalu lama terbuka"),
    _l("Yang baru saja dikirim belum disimpan. Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi."),
)
STALE_BUT_KEPT: Words = (
    STALE[0],
    _l("Isian Anda masih ada di halaman ini, belum disimpan. Tekan tombol di bawah untuk mengirimnya."),
)


def words_for(code: int) -> Words:
    """Return title and advice for an HTTP status."""
    return BY_CODE.get(code, UNREADABLE if code < 500 else BROKEN)
