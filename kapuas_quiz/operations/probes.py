"""Answers to the questions by which phones find out whether a Wi-Fi leads anywhere.

A phone that hears nothing leaves a Wi-Fi without internet for mobile data. Phones ask by plain HTTP on
port 80, at names of their makers that the access point must lead to this machine; the path decides here.
"""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import BaseServer, ThreadingTCPServer
from typing import Any

from kapuas_quiz.operations.checks import N_, PHONE_AGE, Check, State
from kapuas_quiz.operations.contact import last_probe, notice_probe
from kapuas_quiz.operations.network import ANYWHERE

PORT = 80
PATIENCE = 5.0


@dataclass(frozen=True)
class Reply:
    """What the maker's own server says."""

    status: int
    body: bytes = b""
    kind: str = "text/html"


NOTHING = Reply(204)
APPLE = Reply(200, b"<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n")
FIREFOX = b'<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>'

REPLIES: Mapping[str, Reply] = {
    "/generate_204": NOTHING,
    "/gen_204": NOTHING,
    "/hotspot-detect.html": APPLE,
    "/library/test/success.html": APPLE,
    "/connecttest.txt": Reply(200, b"Microsoft Connect Test", "text/plain"),
    "/ncsi.txt": Reply(200, b"Microsoft NCSI", "text/plain"),
    "/success.txt": Reply(200, b"success\n", "text/plain"),
    "/canonical.html": Reply(200, FIREFOX),
}
"""By path: Android and ChromeOS, Apple, Windows, Firefox."""

OF_PHONES = frozenset(path for path, reply in REPLIES.items() if reply in (NOTHING, APPLE))


class Listener(ThreadingTCPServer):
    """A server of its own for port 80, which answers these questions and nothing else."""

    allow_reuse_address = os.name != "nt"
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, place: tuple[str, int], data: Path) -> None:
        """Listen there; notice in `data` that phones ask.

        Raises OSError when the port is taken or not allowed.
        """
        self.data = data
        super().__init__(place, _Handler)

    def start(self) -> None:
        """Answer from a thread that ends with the process."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about phones that went away."""


class _Handler(BaseHTTPRequestHandler):
    timeout = PATIENCE
    server: BaseServer

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        reply = REPLIES.get(path, Reply(404))
        self.send_response_only(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(reply.body)
        itself = self.client_address[0] == self.connection.getsockname()[0]
        if path in OF_PHONES and not itself:
            notice_probe(self.server.data, now=datetime.now(UTC))  # type: ignore[attr-defined]

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Keep no log."""


def check_probes(data: Path, *, now: datetime, host: str, own_port: int, port: int = PORT) -> Check:
    """See whether phones are answered, and whether the access point leads them here.

    host, own_port: where the application listens; when that is port 80 itself, it answers.
    """
    near = "127.0.0.1" if host in ANYWHERE else host
    name = N_("Pertanyaan HP tentang internet")
    seen = last_probe(data)
    if own_port != port and not answered(near, port):
        words = N_("Tidak terjawab: port 80 dipakai program lain, atau belum diizinkan. Tes tetap berjalan.")
        return Check(name, State.WARN, words)
    if seen is None or now - seen > PHONE_AGE:
        words = N_("Siap dijawab, tetapi hari ini belum ada HP yang bertanya. Periksa DNS di titik akses.")
        return Check(name, State.WARN, words)
    return Check(name, State.OK, N_("Terakhir dijawab %(jam)s."), {"jam": seen})


def answered(host: str, port: int) -> bool:
    """Ask as a phone would, and tell whether the right answer came."""
    try:
        with closing(http.client.HTTPConnection(host, port, timeout=1)) as asking:
            asking.request("GET", "/generate_204")
            return asking.getresponse().status == NOTHING.status
    except (OSError, http.client.HTTPException):
        return False
