"""Installations that run as they do on a laptop: the whole tree of processes, started by the command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from kapuas_quiz.operations.supervisor import answers
from kapuas_quiz.settings import ROOT

PROGRAM = (
    "import sys; from kapuas_quiz.factory import create_app; "
    "from kapuas_quiz.operations.{module} import main; "
    "sys.exit(main(sys.argv[1:], create_app=create_app{rest}))"
)
COMMANDS = {
    "serve": PROGRAM.format(module="serve", rest=", demo=False"),
    "ambil-alih": PROGRAM.format(module="promote", rest=""),
    "cadangan": PROGRAM.format(module="spare_guest", rest=""),
}


def tree_of(root: int) -> list[int]:
    """Return a process and all that it started (Linux)."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        with suppress(FileNotFoundError, ProcessLookupError):
            for thread in Path(f"/proc/{pid}/task").iterdir():
                waiting += [int(child) for child in (thread / "children").read_text().split()]
    return found


class Installation:
    """One laptop: a data folder, banks of its own, and at most one running command."""

    def __init__(self, place: Path, port: int, **environment: str) -> None:
        self.data, self.port = place / "data", port
        self.log = place / "layar.txt"
        banks = place / "bank"
        shutil.copytree(ROOT / "question_banks", banks)
        self.environment = {
            "KAPUAS_DATA": str(self.data),
            "KAPUAS_BANKS": str(banks),
            "KAPUAS_PORT": str(port),
            "KAPUAS_HOST": "127.0.0.1",
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self, command: str, *arguments: str) -> None:
        """Start a command and leave it running; what it says goes to `log`."""
        with self.log.open("ab") as screen:
            self.process = subprocess.Popen(
                [sys.executable, "-c", COMMANDS[command], *arguments],
                env={**os.environ, **self.environment},
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=screen,
                stderr=subprocess.STDOUT,
            )

    def begin_serving(self, command: str = "serve", *arguments: str) -> None:
        """Start and wait until phones are answered."""
        self.begin(command, *arguments, "--no-browser")
        while not answers("127.0.0.1", self.port):
            assert self.process is not None and self.process.poll() is None, self.said
            time.sleep(0.02)

    def refused(self, command: str, *arguments: str) -> str:
        """Run a command that ends by itself with status 1; return what it said."""
        self.begin(command, *arguments, "--no-browser")
        assert self.process is not None
        assert self.process.wait(60) == 1, self.said
        self._let_go()
        return self.said

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """Kill every process at once, as a pulled plug does."""
        if self.process is None:
            return
        for pid in tree_of(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self._let_go()
        while answers("127.0.0.1", self.port):
            time.sleep(0.01)

    def _let_go(self) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
        self.process = None
