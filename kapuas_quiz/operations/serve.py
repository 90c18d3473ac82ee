"""What `python3 app.py` does once the virtual environment is there."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.exc import DatabaseError, OperationalError

from kapuas_quiz.delivery.news import news_folder
from kapuas_quiz.operations import console, probes
from kapuas_quiz.operations.backup import BackupError
from kapuas_quiz.operations.network import ANYWHERE, local_addresses
from kapuas_quiz.operations.prepare import prepare
from kapuas_quiz.operations.schema import NewerDatabaseError
from kapuas_quiz.operations.spare_guard import ReplacedError, attach_chosen, keeper_beside, refuse_replaced
from kapuas_quiz.operations.supervisor import (
    NoSuchAddressError,
    Supervisor,
    answers,
    granian_command,
    port_is_free,
)
from kapuas_quiz.settings import ROOT, Settings, SettingsError, load_settings

QUIET = 3.0
AppFactory = Callable[[Settings], Flask]


class CannotServeError(Exception):
    """The server cannot start; the message says why and what to do."""


def main(arguments: list[str], *, demo: bool, create_app: AppFactory) -> int:
    """Prepare the installation, serve it until Ctrl+C, and return the exit status."""
    options = _parse(arguments, demo)
    try:
        settings = _settings(options, demo)
        refuse_replaced(settings)
        attach_chosen(settings)
        _answer_probes(settings)
        report = _prepare(settings, create_app)
    except (CannotServeError, ReplacedError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nDihentikan sebelum siap. Data tidak berubah atau sudah tersimpan utuh.", file=sys.stderr)
        return 1
    near = "127.0.0.1" if settings.host in ANYWHERE else settings.host
    command = granian_command(
        ROOT / "app.py",
        "demo" if demo else "app",
        host=settings.host,
        port=settings.port,
        https=settings.https,
        news=news_folder(settings.data),
    )

    def announce() -> None:
        _say(report)
        if not options.no_browser and _has_screen():
            threading.Thread(target=webbrowser.open, args=(f"{report.laptop}/mulai",), daemon=True).start()

    supervisor = Supervisor(command)
    keeper = keeper_beside(settings, supervisor)
    status = supervisor.run(ready=lambda: answers(near, settings.port), announce=announce)
    if keeper:
        keeper.stop()
    print(_farewell(settings, status), flush=True)
    return status


def _parse(arguments: list[str], demo: bool) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=f"app.py {'demo' if demo else 'serve'}", description="Menjalankan kapuas_quiz di komputer ini."
    )
    parser.add_argument("--port", help="nomor port (KAPUAS_PORT)")
    parser.add_argument("--host", help="alamat tempat server mendengarkan (KAPUAS_HOST)")
    parser.add_argument("--no-browser", action="store_true", help="jangan buka peramban")
    return parser.parse_args(arguments)


def _settings(options: argparse.Namespace, demo: bool) -> Settings:
    """Let options win over the environment, for this process and for the server it starts."""
    for name, value in (("KAPUAS_PORT", options.port), ("KAPUAS_HOST", options.host)):
        if value:
            os.environ[name] = value
    try:
        settings = load_settings(demo=demo)
    except SettingsError as faults:
        raise CannotServeError(f"Setelan belum benar:\n{faults}") from faults
    except OSError as problem:
        raise CannotServeError(f"Folder data tidak dapat dipakai: {problem}") from problem
    refuse_taken_port(settings.host, settings.port)
    return settings


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CannotServeError when the server could not listen there."""
    try:
        free = port_is_free(host, port)
    except NoSuchAddressError as problem:
        present = ", ".join(one.ip for one in local_addresses()) or "tidak ada; periksa Wi-Fi atau kabel"
        raise CannotServeError(
            f"Komputer ini tidak memiliki alamat {host} (--host atau KAPUAS_HOST).\n"
            f"Alamatnya sekarang: {present}. Hapus setelan itu agar server mendengarkan di semua alamat."
        ) from problem
    except PermissionError as problem:
        raise CannotServeError(
            f"Port {port} memerlukan izin dari sistem (di Linux semua port di bawah 1024). Sekali saja, "
            f"sampai laptop dinyalakan ulang: sudo sysctl net.ipv4.ip_unprivileged_port_start={port}"
        ) from problem
    if not free:
        raise CannotServeError(
            f"Port {port} sedang dipakai. Mungkin kapuas_quiz sudah berjalan: "
            f"buka http://localhost:{port}/mulai.\n"
            f"Jika bukan, tutup program yang memakainya, atau pilih port lain: "
            f"python3 app.py --port {port + 1}\n"
            "(port ikut tercetak pada kartu, jadi pakailah port yang sama sepanjang kegiatan)."
        )


def _answer_probes(settings: Settings) -> None:
    """Answer on port 80 what phones ask of a Wi-Fi; where that is not possible, say so and go on."""
    if not settings.probes or settings.port == probes.PORT:
        return
    try:
        probes.Listener((settings.host, probes.PORT), settings.data).start()
    except OSError as problem:
        print(
            f"Port 80 tidak dapat dipakai ({problem.strerror}), jadi pertanyaan HP tentang internet tidak "
            "terjawab. Tes tetap berjalan; lihat docs/operator/titik-akses.md.",
            file=sys.stderr,
        )


def _prepare(settings: Settings, create_app: AppFactory) -> console.Report:
    patience = threading.Timer(QUIET, _ask_patience)
    patience.daemon = True
    patience.start()
    try:
        app = create_app(settings)
        with app.app_context():
            return prepare(app, settings, now=datetime.now(UTC))
    except Exception as problem:
        raise CannotServeError(_words(problem, settings)) from problem
    finally:
        patience.cancel()


def _ask_patience() -> None:
    print(
        "Basis data masih disiapkan. Bila program lain sedang memakainya, ditunggu paling lama "
        "sekitar setengah menit; tutup program itu.",
        flush=True,
    )


def _words(problem: Exception, settings: Settings) -> str:
    match problem:
        case NewerDatabaseError():
            return (
                "Basis data ini dibuat oleh versi kapuas_quiz yang lebih baru. Jalankan versi itu.\n"
                "Basis data tidak diubah."
            )
        case BackupError():
            return (
                "Basis data perlu diperbarui, tetapi cadangannya gagal dibuat.\n"
                "Kosongkan ruang penyimpanan, lalu ulangi. Basis data tidak diubah."
            )
        case DatabaseError() if type(problem) is DatabaseError:
            return _damage(problem, settings)
        case OperationalError():
            return (
                f"Basis data tidak dapat dibuka: {problem.orig}\n"
                "Tutup program lain yang memakainya, periksa KAPUAS_DATABASE, lalu ulangi."
            )
    log = settings.data / "galat.txt"
    log.write_text("".join(traceback.format_exception(problem)), encoding="utf-8")
    return (
        f"kapuas_quiz belum dapat dimulai: kesalahan yang belum dikenal ({type(problem).__name__}).\n"
        f"Data tetap ada. Rinciannya tercatat di {log}; kirimkan berkas itu kepada pengembang."
    )


def _damage(problem: DatabaseError, settings: Settings) -> str:
    if settings.demo:
        remedy = f"Isinya hanya data contoh: hapus folder {settings.data}, lalu ulangi."
    else:
        remedy = (
            f"Jangan hapus apa pun. Pulihkan cadangan terbaru dari {settings.data / 'cadangan'}:\n"
            "caranya ada di docs/operator/pemasangan.md, bagian Cadangan dan pemulihan."
        )
    return f"Basis data rusak: {problem.orig}. Tidak ada yang dihapus.\n{remedy}"


def _say(report: console.Report) -> None:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    print(console.write(report, colour=sys.stdout.isatty(), drawing=encoding == "utf8"), flush=True)


def _has_screen() -> bool:
    if os.environ.get("KAPUAS_BROWSER") == "0":
        return False
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in screens)


def _farewell(settings: Settings, status: int) -> str:
    if status:
        return (
            "Server berkali-kali berhenti sendiri; penyebabnya ada pada baris di atas. Data tetap tersimpan."
        )
    place = settings.data if settings.database_url.startswith("sqlite") else "basis data"
    return f"\nServer berhenti. Semua yang sudah diterima tersimpan di {place}."
