"""Start the real server and read what its processes cost (Linux, /proc)."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapuas_quiz.operations.supervisor import granian_command
from kapuas_quiz.settings import ROOT

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serving(
    environment: dict[str, str], target: str = "app.py", *, news: Path | None = None
) -> Iterator[tuple[int, int]]:
    """Serve with the production command; give (port, process id) and stop at the end."""
    port = free_port()
    command = granian_command(ROOT / target, "app", host="127.0.0.1", port=port, news=news)
    child = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT)
    try:
        _wait(port)
        yield port, child.pid
    finally:
        child.terminate()
        child.wait(20)


def cpu_seconds(*roots: int) -> float:
    """Return user and system time of processes and all their living descendants."""
    return sum(_own(pid) for root in roots for pid in _tree(root))


def resident_megabytes(*roots: int) -> float:
    """Return the memory of processes and all their living descendants; what they share counts once."""
    return sum(_proportional(pid) for root in roots for pid in _tree(root)) / 1000


def _proportional(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _own(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _tree(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for thread in Path(f"/proc/{pid}/task").iterdir():
            waiting += [int(child) for child in (thread / "children").read_text().split()]
    return found


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/k/x")
            connection.getresponse().read()
            connection.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")
