"""`python3 app.py` as a person runs it: a real process, a real port, Ctrl+C."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapuas_quiz import bootstrap

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("app.py", "kapuas_quiz", "templates", "question_banks", "requirements.txt", "requirements-dev.txt")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the project whose virtual environment borrows the packages of this one."""
    root = tmp_path / "salinan"
    root.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / name)
    venv.create(root / ".venv", symlinks=os.name != "nt")
    variables = {"base": str(root / ".venv"), "platbase": str(root / ".venv")}
    borrowed = Path(sysconfig.get_path("purelib", "venv", variables)) / "borrowed.pth"
    borrowed.write_text(sysconfig.get_path("purelib") + "\n")
    lock = root / "requirements.txt"
    bootstrap.stamp(root, lock).write_text(bootstrap.fingerprint(lock))
    return root


@pytest.fixture
def port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KAPUAS_")}
    return subprocess.Popen(
        [sys.executable, str(root / "app.py"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**kept, "PYTHONUTF8": "1"},
        start_new_session=True,
    )


@pytest.fixture
def server(tree: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = start(tree, "--port", str(port), "--no-browser")
    with process:
        yield process
        if process.poll() is None:
            process.terminate()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    read = ""
    for line in process.stdout:
        read += line
        if words in line:
            return read
    raise AssertionError(f"{words!r} never came; the process said:\n{read}")


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as response:
        return response.read().decode()


def test_one_command_prepares_serves_and_stops_in_words(tree: Path, port: int, server) -> None:
    page = read_until(server, "Tekan Ctrl+C")
    link = re.search(rf"http://localhost:{port}/undangan/\S+", page)
    assert link, page
    assert f":{port}" in page
    assert "Basis data: Utuh." in page
    assert link.group().removeprefix(f"http://localhost:{port}") in fetch(f"http://127.0.0.1:{port}/mulai")
    assert fetch(link.group())
    assert (tree / "data" / "kapuas.sqlite3").exists()
    secret = tree / "data" / "rahasia.json"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    second = start(tree, "--port", str(port), "--no-browser")
    said = second.communicate()[0]
    assert second.returncode == 1
    assert f"Port {port} sedang dipakai" in said
    server.send_signal(signal.SIGINT)
    assert "Server berhenti" in read_until(server, "Server berhenti")
    assert server.wait() == 0
