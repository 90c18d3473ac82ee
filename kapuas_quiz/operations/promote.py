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
from kapuas_quiz.operations.backup import ZONE
from kapuas_quiz.operations.installing import install_copy
from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.operations.promotion_doubts import doubts
from kapuas_quiz.operations.schema import is_current
from kapuas_quiz.operations.spare_copy import CopyError, FoundCopy, find_copy
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_guard import printed_addresses
from kapuas_quiz.operations.spare_guest import INCOMING
from kapuas_quiz.operations.tenure import begin_tenure, database_file
from kapuas_quiz.settings import ROOT, Settings, SettingsError, load_settings

NO_COPY = {
    "kosong": "Tidak ada salinan kapuas_quiz di {folder}.\nColokkan flash disk laptop utama, lalu sebutkan "
    "foldernya: python3 app.py ambil-alih E:\\",
    "rusak": "Kedua salinan di {folder} tidak utuh. Tidak ada yang diubah di laptop ini.\n"
    "Coba nyalakan laptop utama; datanya masih ada di sana.",
    "rahasia": "Salinan di {folder} tidak lengkap: rahasia.json tidak ada atau berbeda. Tanpa berkas itu "
    "kartu tidak dikenali.\nAmbil berkas itu dari cadangan lain, taruh di folder salinan, lalu ulangi.",
}
DOUBTS = {
    "hidup": "Laptop utama MASIH melayani di {where}. Hanya satu yang boleh melayani: matikan dahulu "
    "laptop itu, atau cabut jaringannya.",
    "diambil": "Salinan ini sudah pernah diambil alih oleh laptop lain ({where}).",
    "lebih-baru": "Data di laptop ini lebih baru daripada salinan.",
    "lain": "Di laptop ini sudah ada data instalasi lain (petugas atau peserta).",
}
WORD = "AMBIL ALIH"


def main(arguments: list[str], *, create_app: serve.AppFactory) -> int:
    """Take over from a copy and serve; return the exit status."""
    options = _parse(arguments)
    try:
        settings = load_settings(making=False)
        database = _database(settings)
        folder = CopyFolder(Path(options.folder) if options.folder else settings.data / INCOMING)
        copy = find_copy(folder)
        if not _agreed(doubts(settings, database, copy), options.ya):
            print("Tidak ada yang diubah.", file=sys.stderr)
            return 1
        _take_over(settings, database, copy, create_app)
    except CopyError as problem:
        print(NO_COPY[problem.code].format(folder=folder.place), file=sys.stderr)
        return 1
    except (SettingsError, OSError, SQLAlchemyError) as problem:
        print(f"Pengambilalihan belum berhasil: {problem}\nSalinan tidak berubah; ulangi.", file=sys.stderr)
        return 1
    port = str(options.port or _port(database, copy))
    print(address_words(printed_addresses(database), local_addresses(), sys.platform), flush=True)
    return serve.main(
        ["--port", port, *(["--no-browser"] if options.no_browser else [])], demo=False, create_app=create_app
    )


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="app.py ambil-alih", description="Mengambil alih tes dari salinan, lalu menjalankannya."
    )
    parser.add_argument("folder", nargs="?", help="folder salinan; tanpa ini: yang diterima lewat jaringan")
    parser.add_argument("--ya", action="store_true", help="jangan bertanya")
    parser.add_argument("--port", help="nomor port; tanpa ini: seperti pada laptop utama")
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
    return input(f"Ketik {WORD} untuk melanjutkan: ").strip().upper() == WORD


def _take_over(settings: Settings, database: Path, copy: FoundCopy, create_app: serve.AppFactory) -> None:
    now = datetime.now(UTC)
    at = datetime.fromisoformat(copy.seal.at)
    age = max(0, round((now - at).total_seconds()))
    print(
        f"Salinan terakhir: {at.astimezone(ZONE):%d-%m-%Y %H.%M.%S} WIB, {age} detik yang lalu.", flush=True
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


def _port(database: Path, copy: FoundCopy) -> int:
    """Return the port that stands on the badges, else the one that the laptop before used."""
    if "KAPUAS_PORT" in os.environ:
        return int(os.environ["KAPUAS_PORT"])
    ports = [urlsplit(one).port or 80 for one in printed_addresses(database) if one.startswith("http://")]
    return copy.seal.port if not ports or copy.seal.port in ports else ports[0]
