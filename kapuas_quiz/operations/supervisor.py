"""Keep the web server running until somebody stops it."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType

from kapuas_quiz.delivery.news import ADDRESS

BLOCKING_THREADS = 8
PATIENCE = 30.0
CRASHES = 3
SWEEP = 2.0


class NoSuchAddressError(Exception):
    """This machine has no such address to listen on."""


class Supervisor:
    """One granian process in the background, started again when it ends unasked."""

    def __init__(self, command: list[str], *, pause: float = 1.0) -> None:
        """Remember what to run, and how many seconds to wait before running it again."""
        self.command = command
        self.pause = pause
        self.stopping = False
        self.child: subprocess.Popen[bytes] | None = None

    def run(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Serve until a signal to stop; return 0 then, 1 when the server will not stay up.

        ready: tells whether the server answers.  announce: called once, when it does.
        """
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._stop)
        announced = False
        for _ in range(CRASHES):
            self.child = self._start()
            announced = announced or self._announce(ready, announce)
            self._wait()
            self._sweep()
            if self.stopping:
                return 0
            time.sleep(self.pause)
        return 1

    def _start(self) -> subprocess.Popen[bytes]:
        apart = os.name != "nt"
        return subprocess.Popen(self.command, start_new_session=apart, stdin=subprocess.DEVNULL)

    def _announce(self, ready: Callable[[], bool], announce: Callable[[], None]) -> bool:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self.stopping and self._running():
            if ready():
                announce()
                return True
            time.sleep(0.1)
        return False

    def _wait(self) -> None:
        while self._running():
            time.sleep(0.2)

    def _sweep(self) -> None:
        """End workers that outlived their server, because they would still hold the port."""
        if os.name == "nt" or self.child is None:
            return
        until = time.monotonic() + SWEEP
        with suppress(ProcessLookupError):
            while time.monotonic() < until:
                os.killpg(self.child.pid, signal.SIGKILL)
                time.sleep(0.05)

    def _running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server in good order; `run` then returns 0."""
        self.stopping = True
        # On Windows the console hands Ctrl+C to the server itself, which then ends in good order.
        if os.name != "nt" and self.child is not None and self._running():
            self.child.terminate()


def granian_command(
    target: Path,
    name: str,
    *,
    host: str,
    port: int,
    https: tuple[Path, Path] | None = None,
    news: Path | None = None,
) -> list[str]:
    """Write the command that serves `name` of the Python file `target`.

    https: certificate and key, PEM; None for plain HTTP.
    news: the folder of the rooms' files, which must exist; None leaves them to the application.

    There is no access log, because its lines would hold the tokens of badges.
    """
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    options += ["--workers", "1", "--blocking-threads", str(BLOCKING_THREADS)]
    options += ["--respawn-failed-workers", "--workers-kill-timeout", "10"]
    options += ["--log-level", "error", "--no-access-log"]
    if https:
        certificate, key = map(str, https)
        options += ["--ssl-certificate", certificate, "--ssl-keyfile", key, "--ssl-protocol-min", "tls1.2"]
    if news:
        options += ["--static-path-route", ADDRESS, "--static-path-mount", str(news)]
        options += ["--static-path-expires", "0"]
    return [sys.executable, "-m", "granian", *options, f"{target}:{name}"]


def port_is_free(host: str, port: int) -> bool:
    """Tell whether the server could listen there.

    Raises NoSuchAddressError when no port could be free, because the address is not of this machine;
    PermissionError where the system keeps low ports to itself.
    """
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as trial:
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as problem:
            if isinstance(problem, socket.gaierror) or problem.errno == errno.EADDRNOTAVAIL:
                raise NoSuchAddressError(host) from problem
            if os.name != "nt" and isinstance(problem, PermissionError):
                raise
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Tell whether something accepts connections there."""
    try:
        with closing(socket.create_connection((host, port), timeout=1)):
            return True
    except OSError:
        return False
