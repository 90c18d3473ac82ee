"""Why a file is not read, in words, with the row and the column as a spreadsheet counts them."""

from __future__ import annotations

SHOWN = 60
"""Characters of a cell that are repeated."""

REFUSALS = {
    "tidak-terbaca": "berkas tidak dapat dibuka",
    "terlalu-besar": "berkas lebih besar daripada {most} MB",
    "terlalu-banyak-baris": "lebih dari {most} baris",
    "terlalu-banyak-kolom": "lebih dari {most} kolom",
    "bukan-utf8": "hurufnya bukan UTF-8; simpan ulang dari Excel sebagai 'CSV UTF-8'",
    "bukan-csv": "bukan berkas CSV; dari Excel pilih Simpan Sebagai, 'CSV UTF-8'",
    "kutip-tak-selesai": "tanda kutip tidak ditutup, atau ada huruf sesudah tanda kutip penutup",
    "kosong": "berkas ini kosong",
    "tanpa-jawaban": "tidak ada satu jawaban pun",
    "judul-kosong": "judul kolom kosong",
    "judul-kembar": "judul kolom ini sudah dipakai kolom lain",
    "kolom-tidak-ada": "tidak ada kolom bernama {value!r}",
    "kolom-rangkap": "kolom {value!r} disebut untuk dua keperluan",
    "kolom-mana": "ada beberapa kolom; sebut kolom nilai dengan --column",
    "baris-berbeda": (
        "tes awal {first} baris, tes akhir {second}; sebut kolom nomor orang dengan --id-column"
    ),
    "tanpa-soal": "tidak ada kolom soal",
    "kolom-kosong": "tidak seorang pun menjawab; hapus kolom ini atau sebut dengan --ignore-column",
    "baris-timpang": "ada {found} kolom, seharusnya {wanted}",
    "id-kosong": "id kosong",
    "id-kembar": "id {value!r} sudah ada di baris {first}",
    "paket-kosong": "paket kosong",
    "bukan-angka": "{value!r} bukan angka",
    "angka-kosong": "angka kosong",
    "di-luar-poin": "{value!r} tidak di antara 0 dan {most:g}; poin tertinggi ditetapkan dengan --max-score",
    "pilihan-tak-dikenal": "{value!r} bukan salah satu pilihan di berkas kunci",
    "kunci-bukan-json": "bukan JSON yang dapat dibaca ({value})",
    "kunci-bentuk": (
        'harus berbentuk {{"nama soal": "B"}} atau {{"nama soal": {{"key": "B", "options": ["A", "B"]}}}}'
    ),
    "kunci-rangkap": "ditulis dua kali",
    "kunci-di-luar-pilihan": "kunci {value!r} bukan salah satu pilihannya",
    "kunci-tanpa-kolom": "ada di berkas kunci, tetapi tidak ada kolomnya",
    "kolom-tanpa-kunci": "tidak ada di berkas kunci; lengkapi kuncinya atau sebut dengan --ignore-column",
    "poin-tanpa-kolom": "--max-score menyebut soal yang tidak ada kolomnya",
}


class RefusedFileError(Exception):
    """A file is not as it must be; `code` says why, row and column where."""

    def __init__(
        self, code: str, *, row: int | None = None, column: str | None = None, **figures: object
    ) -> None:
        figures = {name: f[:SHOWN] if isinstance(f, str) else f for name, f in figures.items()}
        places = [f"baris {row}"] if row else []
        places += [f"kolom {column[:SHOWN]!r}"] if column is not None else []
        words = REFUSALS[code].format(**figures)
        super().__init__(f"{', '.join(places)}: {words}" if places else words)
        self.code, self.row, self.column = code, row, column
