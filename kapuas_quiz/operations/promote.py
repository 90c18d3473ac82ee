"""`python3 app.py ambil-alih`: make a copy the data of this laptop, and serve."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask_migrate import upgrade
from sqlalchemy.exc import SQLAlchemyError

from kapuas_quiz.extensions import db
from kapuas_quiz.operations import serve
from kapuas_quiz.operations.address_words import address_words
from kapuas_quiz.operations.backup import ZONE, BackupError
from kapuas_quiz.operations.installing import install_copy
from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.operations.promotion_doubts import doubts
from kapuas_quiz.operations.schema import is_current
from kapuas_quiz.operations.spare import removable_places
from kapuas_quiz.operations.spare_copy import CopyError, FoundCopy, find_copy
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_guard import printed_addresses
from kapuas_quiz.operations.spare_guest import INCOMING
from kapuas_quiz.operations.spare_sinks import is_full
from kapuas_quiz.operations.spare_watch import PROGRAM
from kapuas_quiz.operations.tenure import begin_tenure, database_file
from kapuas_quiz.settings import ROOT, Settings, SettingsError, load_settings

NO_COPY = {
    "kosong": "Tidak ada salinan kapuas_quiz di {folder}. Tidak ada yang diubah.",
    "rusak": "Kedua salinan di {folder} tidak utuh. Tidak ada yang diubah di laptop ini.\n"
    "Coba nyalakan laptop utama; datanya masih ada di sana.",
    "rahasia": "Salinan di {folder} tidak lengkap: rahasia.json tidak ada atau berbeda. Tanpa berkas itu "
    "kartu tidak dikenali.\nAmbil berkas itu dari cadangan lain, taruh di folder salinan, lalu ulangi.",
    "versi": "Salinan di {folder} dibuat oleh kapuas_quiz yang LEBIH BARU daripada di laptop ini. Tidak ada "
    "yang diubah.\nPakai laptop lain yang versinya sama dengan laptop utama, atau pasang versi itu.",
}
DOUBTS = {
    "hidup": "Laptop utama MASIH melayani di {where}. Hanya satu yang boleh melayani: matikan dahulu "
    "laptop itu, atau cabut jaringannya.",
    "diambil": "Salinan ini sudah pernah diambil alih oleh laptop lain ({where}).",
    "lebih-baru": "Data di laptop ini lebih baru daripada salinan.",
    "lain": "Di laptop ini sudah ada data instalasi lain (petugas atau peserta). Data itu akan dipindahkan "
    "ke folder sebelum-ambil-alih, tidak dihapus.",
    "lama": "Salinan ini terakhir diperbarui {where}, LEBIH DARI 10 MENIT yang lalu menurut jam laptop ini. "
    "Pastikan ini salinan tes yang sedang berjalan.\nBila laptop utama baru saja mati, jam laptop INI yang "
    "salah: betulkan dahulu, karena waktu tes mengikuti jam ini.",
    "jam": "Jam laptop ini TERTINGGAL: salinan bertanggal {where}. Betulkan tanggal dan jam laptop ini "
    "dahulu, karena waktu tes mengikuti jam ini.",
}
WORD = "AMBIL ALIH"
EXAMPLE = "E:\\" if sys.platform == "win32" else "/media/.../FLASHDISK"
AND_THEN = (
    'Bila server sudah siap, katakan kepada peserta: "Lanjutkan saja." HP mengirim lagi sendiri; HP yang '
    "bertanya: pindai lagi kartu Anda.\nSesudah itu pasang cadangan baru: Mulai > Laptop cadangan."
)
NOT_BEGUN = (
    "Pengambilalihan belum dimulai; tidak ada yang diubah. Hentikan program itu (Ctrl+C di jendelanya), lalu "
    "ulangi perintah yang sama."
)


def main(arguments: list[str], *, create_app: serve.AppFactory) -> int:
    """Take over from a copy and serve; return the exit status."""
    options = _parse(arguments)
    try:
        settings = load_settings(making=False)
        database = _database(settings)
        folder = CopyFolder(Path(options.folder) if options.folder else settings.data / INCOMING)
        copy = find_copy(folder)
        port = options.port or _port(copy)
        serve.refuse_taken_port(settings.host, port)
        if not _agreed(doubts(settings, database, copy, now=datetime.now(UTC)), options.ya):
            print("Tidak ada yang diubah.", file=sys.stderr)
            return 1
        _take_over(settings, database, copy, create_app)
    except CopyError as problem:
        print(NO_COPY[problem.code].format(folder=folder.place), file=sys.stderr)
        if problem.code == "kosong":
            print(_where_copies_are(), file=sys.stderr)
        return 1
    except serve.CannotServeError as problem:
        print(f"{problem}\n{NOT_BEGUN}", file=sys.stderr)
        return 1
    except (SettingsError, OSError, SQLAlchemyError, BackupError) as problem:
        print(_failed(problem), file=sys.stderr)
        return 1
    _say_address(copy)
    browser = ["--no-browser"] if options.no_browser else []
    return serve.main(["--port", str(port), *browser], demo=False, create_app=create_app)


def _where_copies_are() -> str:
    """Point to a stick that holds a copy, or say how to name one."""
    found = [place for place in removable_places() if CopyFolder(Path(place)).seals()]
    if not found:
        return f"Colokkan flash disk laptop utama, lalu sebutkan foldernya: {PROGRAM} ambil-alih {EXAMPLE}"
    return "Salinan ada di tempat lain. Jalankan: " + " atau ".join(
        f"{PROGRAM} ambil-alih {place}" for place in found
    )


def _failed(problem: Exception) -> str:
    if isinstance(problem, OSError) and is_full(problem):
        return (
            "Disk laptop ini penuh. Kosongkan beberapa ratus MB, lalu ulangi perintah yang sama. "
            "Salinan tidak berubah."
        )
    return f"Pengambilalihan belum berhasil: {problem}\nSalinan tidak berubah; ulangi perintah yang sama."


def _say_address(copy: FoundCopy) -> None:
    printed = printed_addresses(copy.database, day=copy.seen.date(), immutable=True)
    print(address_words(printed, local_addresses(), sys.platform), flush=True)
    print(AND_THEN, flush=True)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="app.py ambil-alih", description="Mengambil alih tes dari salinan, lalu menjalankannya."
    )
    parser.add_argument("folder", nargs="?", help="folder salinan; tanpa ini: yang diterima lewat jaringan")
    parser.add_argument("--ya", action="store_true", help="jangan bertanya")
    parser.add_argument("--port", type=int, help="nomor port; tanpa ini: seperti pada laptop utama")
    parser.add_argument("--no-browser", action="store_true", help="jangan buka peramban")
    return parser.parse_args(arguments)


def _database(settings: Settings) -> Path:
    database = database_file(settings.database_url)
    if database is None:
        raise SettingsError("Pengambilalihan hanya untuk SQLite; KAPUAS_DATABASE menunjuk basis data lain.")
    return database


def _agreed(found: list[tuple[str, str]], agreed: bool) -> bool:
    """Ask only where something speaks against it; without a keyboard the answer is no."""
    for code, where in found:
        print(DOUBTS[code].format(where=where), flush=True)
    if not found or agreed:
        return True
    if not sys.stdin.isatty():
        print("Bila tetap hendak mengambil alih, tambahkan --ya.", file=sys.stderr)
        return False
    try:
        return input(f"Ketik {WORD} untuk melanjutkan, atau Enter untuk batal: ").strip().upper() == WORD
    except (KeyboardInterrupt, EOFError):
        print()
        return False


def _take_over(settings: Settings, database: Path, copy: FoundCopy, create_app: serve.AppFactory) -> None:
    now = datetime.now(UTC)
    age = max(0, round((now - copy.seen).total_seconds()))
    print(
        f"Salinan terakhir diperbarui {copy.seen.astimezone(ZONE):%d-%m-%Y %H.%M.%S} WIB, "
        f"{age} detik yang lalu.\n"
        f"JAM LAPTOP INI: {now.astimezone(ZONE):%d-%m-%Y %H.%M.%S} WIB. Cocokkan dengan jam Anda: waktu tes "
        "mengikuti jam ini.",
        flush=True,
    )
    aside = install_copy(settings, database, copy, now=now)
    if aside:
        print(f"Data yang ada sebelumnya disimpan di {aside}.", flush=True)
    epoch = max(copy.seal.epoch, copy.promoted) + 1
    app = create_app(load_settings())
    with app.app_context():
        migrations = ROOT / "kapuas_quiz" / "migrations"
        if not is_current(db.engine, migrations=migrations, data=settings.data, now=now):
            upgrade()
        detail: dict[str, str | int] = {
            "dari": str(copy.folder.place),
            "salinan": copy.seal.at,
            "jawaban": copy.seal.mark,
        }
        begin_tenure(db.session(), epoch=epoch, detail=detail, now=now)
        db.session.remove()
        db.engine.dispose()
    _claim(copy, epoch, now)


def _claim(copy: FoundCopy, epoch: int, now: datetime) -> None:
    content = {"epoch": epoch, "at": now.isoformat(timespec="seconds")}
    try:
        copy.folder.note_promotion(content)
    except OSError:
        print(
            "Perhatian: tanda pengambilalihan tidak dapat ditulis ke salinan. Jangan nyalakan lagi laptop "
            "utama pada jaringan ini.",
            flush=True,
        )


def _port(copy: FoundCopy) -> int:
    """Return the port that stands on the badges, else the one that the laptop before used."""
    if "KAPUAS_PORT" in os.environ:
        return int(os.environ["KAPUAS_PORT"])
    printed = printed_addresses(copy.database, day=copy.seen.date(), immutable=True)
    ports = [urlsplit(one).port or 80 for one in printed if one.startswith("http://")]
    return copy.seal.port if not ports or copy.seal.port in ports else ports[0]
