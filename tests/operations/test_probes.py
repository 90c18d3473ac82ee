"""What phones ask of a Wi-Fi is answered as their makers' servers would."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kapuas_quiz.factory import create_app
from kapuas_quiz.operations import probes
from kapuas_quiz.operations.checks import State
from kapuas_quiz.operations.contact import last_probe, notice_probe
from kapuas_quiz.operations.probes import REPLIES, Listener, check_probes
from tests.conftest import Clock, settings_for
from tests.pages import PageClient

ONE_DATABASE = True
LENGTHS = {
    "/generate_204": (204, 0),
    "/gen_204": (204, 0),
    "/hotspot-detect.html": (200, 69),
    "/library/test/success.html": (200, 69),
    "/connecttest.txt": (200, 22),
    "/ncsi.txt": (200, 14),
    "/success.txt?ipv4": (200, 8),
    "/canonical.html": (200, 90),
}
ANDROID = "http://connectivitycheck.gstatic.com"


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    """The small server, on a port of its own."""
    with Listener(("127.0.0.1", 0), tmp_path) as server:
        server.start()
        yield server
        server.shutdown()


def ask(server: Listener, path: str, method: str = "GET") -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection(*server.server_address[:2], timeout=5)) as asking:
        asking.request(method, path, headers={"Host": "captive.apple.com"})
        reply = asking.getresponse()
        return reply.status, reply.read()


@pytest.mark.parametrize(("path", "expected"), LENGTHS.items())
def test_each_maker_hears_what_its_own_server_would_say(listener, path, expected) -> None:
    status, body = ask(listener, path)
    assert (status, len(body)) == expected


def test_every_answer_is_among_those_that_were_measured() -> None:
    assert set(REPLIES) == {path.partition("?")[0] for path in LENGTHS}


def test_the_small_server_knows_nothing_else(listener) -> None:
    assert ask(listener, "/") == (404, b"")
    assert ask(listener, "/t/keadaan") == (404, b"")
    assert ask(listener, "/hotspot-detect.html", "HEAD") == (200, b"")


def test_a_phone_that_hangs_up_half_way_does_no_harm(listener, capfd) -> None:
    with closing(http.client.HTTPConnection(*listener.server_address[:2])) as phone:
        phone.connect()
        phone.sock.sendall(b"GET /gen")
    assert ask(listener, "/generate_204") == (204, b"")
    assert capfd.readouterr().err == ""


def test_the_laptop_that_asks_itself_is_no_phone(listener, tmp_path) -> None:
    ask(listener, "/generate_204")
    assert last_probe(tmp_path) is None


def test_a_phone_in_the_network_is_noticed(tmp_path) -> None:
    with Listener(("0.0.0.0", 0), tmp_path) as server:
        server.start()
        port = server.server_address[1]
        with socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0)) as phone:
            phone.sendall(b"GET /gen_204 HTTP/1.0\r\n\r\n")
            assert b" 204 " in phone.recv(200)
            assert phone.recv(200) == b""
        server.shutdown()
    assert last_probe(tmp_path) is not None


def with_probes(database_url: str, data: Path, clock: Clock, **more: object):
    settings = replace(settings_for(database_url, data), probes=True, **more)
    return create_app(settings, clock=clock, testing=True)


def test_the_application_answers_too_whatever_the_name(database_url, tmp_path, clock) -> None:
    phone = PageClient(with_probes(database_url, tmp_path, clock), address="192.168.1.77")
    for path, (status, length) in LENGTHS.items():
        answer = phone.open(path, base_url=ANDROID)
        assert (answer.status_code, len(answer.data)) == (status, length)
        assert "Set-Cookie" not in answer.headers
    assert last_probe(tmp_path) == clock()


def test_windows_and_firefox_are_answered_and_not_taken_for_phones(database_url, tmp_path, clock) -> None:
    laptop = PageClient(with_probes(database_url, tmp_path, clock), address="192.168.1.78")
    for path in ("/connecttest.txt", "/ncsi.txt", "/success.txt", "/canonical.html"):
        assert laptop.open(path).status_code == 200
    assert last_probe(tmp_path) is None


def test_nothing_is_answered_unless_it_was_switched_on(phone) -> None:
    assert {phone.open(path, base_url=ANDROID).status_code for path in LENGTHS} == {404}


def test_the_start_page_says_whether_phones_are_answered(database_url, tmp_path, clock, monkeypatch) -> None:
    monkeypatch.setattr(probes, "answered", lambda host, port: False)
    page = PageClient(with_probes(database_url, tmp_path, clock)).get("/mulai")
    assert "Pertanyaan HP tentang internet: periksa" in page.text
    assert "Tidak terjawab: port 80" in page.text


def test_an_access_point_that_leads_nobody_here_is_told_from_one_that_does(listener, tmp_path, clock) -> None:
    def state(moment):
        found = check_probes(
            tmp_path, now=moment, host="0.0.0.0", own_port=8000, port=listener.server_address[1]
        )
        return found.state, found.sentence.partition(",")[0].partition(" 0")[0]

    assert state(clock()) == (State.WARN, "Siap dijawab")
    notice_probe(tmp_path, now=clock())
    assert state(clock.forward(hours=1)) == (State.OK, "Terakhir dijawab 4 November 2024")
    assert state(clock.forward(hours=12))[0] is State.WARN


def test_a_port_that_does_not_answer_is_a_warning_and_no_more(listener, tmp_path, clock) -> None:
    port = listener.server_address[1]
    listener.shutdown()
    listener.server_close()
    assert check_probes(tmp_path, now=clock(), host="127.0.0.1", own_port=8000, port=port).state is State.WARN
    notice_probe(tmp_path, now=clock() - timedelta(hours=1))
    assert check_probes(tmp_path, now=clock(), host="127.0.0.1", own_port=port, port=port).state is State.OK
