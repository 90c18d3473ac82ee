"""The real server on an address that is not localhost, which can be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.operations.supervisor import answers, granian_command
from kapuas_quiz.settings import ROOT


def reserved_port() -> socket.socket:
    """Return a socket that keeps a port for a server that takes it later, and between its two lives."""
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind(("", 0))
    return place


class Server:
    """One installation's server; `base` is its address as phones see it.

    https: certificate and key; None for plain HTTP.
    """

    def __init__(self, data: Path, application: str = "app", https: tuple[Path, Path] | None = None) -> None:
        self.data, self.application, self.https = data, application, https
        self.place = reserved_port()
        self.port = int(self.place.getsockname()[1])
        self.base = f"http{'s' if https else ''}://{local_addresses()[0].ip}:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, if it is not running, and wait until it takes connections."""
        if self.process is not None:
            return
        environment = {**os.environ, "KAPUAS_DATA": str(self.data), "KAPUAS_PORT": str(self.port)}
        if self.https:
            certificate, key = map(str, self.https)
            environment |= {"KAPUAS_CERT": certificate, "KAPUAS_KEY": key, "KAPUAS_ADDRESS": self.base}
        command = granian_command(
            ROOT / "app.py", self.application, host="0.0.0.0", port=self.port, https=self.https
        )
        self.process = subprocess.Popen(command, env=environment, cwd=self.data, start_new_session=True)
        while not answers("127.0.0.1", self.port):
            assert self.process.poll() is None, "the server ended before it was ready"
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut would.

        Its worker, a grandchild, may take a moment to die, and until then it accepts connections.
        """
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while answers("127.0.0.1", self.port):
            time.sleep(0.01)
        self.process = None

    def leave(self) -> None:
        """Stop the server if it runs."""
        if self.process is not None:
            self.kill()
        self.place.close()
