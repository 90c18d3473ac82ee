"""Acts and things of the trail as people call them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

GROUPS = {
    "petugas": _l("Petugas dan akun"),
    "kegiatan": _l("Kegiatan"),
    "peserta": _l("Peserta"),
    "kartu": _l("Kartu peserta"),
    "bank": _l("Bank soal"),
    "kisi-kisi": _l("Kisi-kisi soal"),
    "paket": _l("Paket soal"),
    "tes": _l("Lama tes"),
    "sesi": _l("Sesi tes"),
    "papan": _l("Papan sesi di HP"),
    "nilai": _l("Nilai"),
    "soal": _l("Soal"),
    "penetapan": _l("Penetapan"),
    "sertifikat": _l("Sertifikat"),
    "cadangan": _l("Cadangan"),
    "alamat": _l("Alamat untuk HP"),
}

ACTIONS = {
    "petugas.masuk": lazy_pgettext("jejak", "Masuk"),
    "petugas.keluar": lazy_pgettext("jejak", "Keluar"),
    "petugas.jeda": _l("Akun dikunci lima menit: kata sandi berkali-kali belum cocok"),
    "petugas.sandi": _l("Mengganti kata sandi sendiri"),
    "petugas.undang": _l("Mengundang petugas"),
    "petugas.undang-ulang": _l("Membuat tautan kata sandi baru"),
    "petugas.undangan-diterima": _l("Membuat kata sandi lewat undangan"),
    "petugas.peran": _l("Mengubah peran petugas"),
    "petugas.tutup": _l("Menutup akun"),
    "petugas.buka": _l("Membuka lagi akun"),
    "petugas.akhiri-sesi": _l("Mengeluarkan dari peramban"),
    "kegiatan.tambah": _l("Membuat kegiatan"),
    "kegiatan.ubah": _l("Mengubah kegiatan"),
    "peserta.impor": _l("Memasukkan daftar peserta"),
    "peserta.tambah": _l("Menambah peserta"),
    "peserta.ubah": _l("Mengubah data peserta"),
    "peserta.keluarkan": _l("Mengeluarkan peserta dari kegiatan"),
    "peserta.aktifkan": _l("Memasukkan kembali peserta"),
    "kartu.ganti": _l("Mengganti kartu peserta"),
    "bank.muat": _l("Memuat bank soal"),
    "kisi-kisi.simpan": _l("Menyimpan kisi-kisi soal"),
    "paket.susun": _l("Menyusun paket soal"),
    "tes.menit": _l("Mengubah lama tes"),
    "sesi.buka": _l("Membuka tes"),
    "sesi.pin": _l("Mengganti PIN"),
    "sesi.mulai": _l("Memulai tes"),
    "sesi.tutup": _l("Menutup tes"),
    "sesi.segel": _l("Menyegel tes"),
    "papan.tawarkan": _l("Menampilkan QR papan sesi"),
    "papan.cabut": _l("Memutus HP dari papan sesi"),
    "nilai.catat": _l("Mencatat nilai"),
    "soal.buka": _l("Membaca soal dengan kuncinya di bank soal"),
    "soal.tulis": _l("Menulis soal lewat web"),
    "soal.setujui": _l("Menyetujui isi soal"),
    "soal.kembalikan": _l("Mengembalikan soal kepada penulisnya"),
    "soal.tarik": _l("Menarik soal"),
    "soal.telaah-ulang": _l("Mengembalikan soal ke antrean telaah"),
    "soal.lapor": _l("Melaporkan kekeliruan soal"),
    "soal.jawab-laporan": _l("Menjawab laporan tentang soal"),
    "soal.buka-dini": _l("Membuka soal dan kunci sebelum waktunya"),
    "penetapan.rancang": _l("Menyusun rancangan daftar kelulusan"),
    "penetapan.putuskan": _l("Memutuskan satu baris"),
    "penetapan.kunci": _l("Mengunci daftar kelulusan"),
    "penetapan.setujui": _l("Menetapkan daftar kelulusan"),
    "penetapan.umumkan": _l("Mengumumkan daftar kelulusan"),
    "sertifikat.terbitkan": _l("Menerbitkan sertifikat"),
    "sertifikat.cabut": _l("Mencabut sertifikat"),
    "cadangan.buat": _l("Membuat cadangan"),
    "alamat.pilih": _l("Memilih alamat untuk HP"),
}

THINGS = {
    "kegiatan": _l("Kegiatan"),
    "petugas": _l("Petugas"),
    "peserta": _l("Satu peserta,"),
    "sesi": _l("Ruang"),
    "daftar": _l("Daftar nomor"),
    "keputusan": _l("Satu baris daftar nomor"),
}

PARTICIPATION = {
    "anggota": lazy_pgettext("hitungan", "anggota"),
    "paw": lazy_pgettext("hitungan", "pengganti antarwaktu (PAW)"),
    "mewakili": lazy_pgettext("hitungan", "mewakili"),
    "sekretariat": lazy_pgettext("hitungan", "sekretariat"),
}
