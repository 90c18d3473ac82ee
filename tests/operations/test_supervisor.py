"""The server is started again when it dies, and given up on when it keeps dying."""

import signal
import socket
import sys

import pytest

from kapuas_quiz.operations import supervisor
from kapuas_quiz.operations.supervisor import CRASHES, Supervisor, answers, port_is_free


@pytest.fixture(autouse=True)
def own_signals():
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


def test_a_server_that_dies_is_tried_again_and_then_given_up(tmp_path):
    log = tmp_path / "log"
    command = [sys.executable, "-c", f"open({str(log)!r}, 'a').write('x'); raise SystemExit(3)"]
    status = Supervisor(command, pause=0).run(ready=lambda: False, announce=lambda: None)
    assert status == 1
    assert log.read_text() == "x" * CRASHES


def test_no_worker_of_a_dead_server_keeps_the_port(monkeypatch):
    monkeypatch.setattr(supervisor, "SWEEP", 0.5)
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    worker = (
        f"import socket, time; s = socket.create_server(('127.0.0.1', {port}))\n"
        "print(flush=True); time.sleep(60)"
    )
    server = (
        "import subprocess, sys\n"
        f"p = subprocess.Popen([sys.executable, '-c', {worker!r}], stdout=subprocess.PIPE)\n"
        "p.stdout.readline()\n"
        "raise SystemExit(3)"
    )
    Supervisor([sys.executable, "-c", server], pause=0).run(ready=lambda: False, announce=lambda: None)
    assert port_is_free("127.0.0.1", port)


def test_readiness_is_announced_once_and_a_signal_ends_it():
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    running = Supervisor(command, pause=0)
    said = []

    def announce() -> None:
        said.append("siap")
        signal.raise_signal(signal.SIGINT)

    assert running.run(ready=lambda: True, announce=announce) == 0
    assert said == ["siap"]
    assert running.child.poll() is not None


def test_a_port_in_use_is_seen():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert port_is_free("127.0.0.1", port) is False
        assert answers("127.0.0.1", port) is True
    assert port_is_free("127.0.0.1", port) is True
    assert answers("127.0.0.1", port) is False
