"""What is said about an item that should be looked at, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

FLAGS = {
    "orang-kurang": _l("Baru %(n)s orang; soal dinilai mulai %(fewest)s orang."),
    "kunci-mungkin-salah": _l(
        "Kunci mungkin salah: penjawab kuat memilih %(option)s (%(upper)s dari 100 di kelompok atas, kunci "
        "%(upper_key)s). Periksa kunci dan kutipan pasalnya."
    ),
    "korelasi-tidak-positif": _l(
        "Yang menjawab benar tidak lebih baik di soal lain (r = %(r)s). Periksa kunci dan pokok soalnya."
    ),
    "terlalu-mudah": _l(
        "%(facility)s dari 100 poin diraih: terlalu mudah untuk membedakan. Ganti pengecohnya."
    ),
    "terlalu-sukar": _l(
        "Hanya %(facility)s dari 100 poin diraih. Periksa kunci, lalu apakah materinya memang diajarkan."
    ),
    "pengecoh-tak-dipilih": _l("Pilihan %(option)s hampir tidak dipilih (%(n)s orang). Ganti pengecoh ini."),
    "banyak-dilewati": _l(
        "%(n)s dari %(of)s orang melewatinya. Periksa apakah pokok soal dan cara menjawabnya jelas."
    ),
    "banyak-tak-terjangkau": _l(
        "%(n)s dari %(of)s orang tidak sampai ke soal ini. Tambah waktu atau kurangi soal."
    ),
}
"""By code of `core.psychometrics.flags`."""

SHARES = ("upper", "upper_key", "facility")


def say_flag(code: str, figures: Mapping[str, object]) -> str:
    """Put a flag into words; shares as so many of a hundred, `option` as its text or letter."""
    shown = {name: _shown(name, value) for name, value in figures.items()}
    return str(FLAGS[code]) % shown


def _shown(name: str, value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    if name in SHARES:
        return f"{100 * value:.0f}"
    return str(format_decimal(value, "0.00"))
