"""A second laptop gets the copy with a code that is shown once; a stranger in the hall gets nothing."""

import json
import socket
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from kapuas_quiz.operations import spare_calling, spare_guest
from kapuas_quiz.operations.spare_calling import PairingError, RefusedError, go_on, pair
from kapuas_quiz.operations.spare_channel import (
    GOING_ON,
    PAIRING,
    Channel,
    ChannelError,
    answer_call,
    call,
    read_call,
)
from kapuas_quiz.operations.spare_copy import find_copy
from kapuas_quiz.operations.spare_files import is_inside
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_guest import Guest
from kapuas_quiz.operations.spare_link import LinkSink
from kapuas_quiz.operations.spare_pairing import DOOR, make_offer, open_offer, read_code, written_code
from kapuas_quiz.operations.spare_state import Attached, Kind, attach, read_attached, release
from kapuas_quiz.operations.spare_watch import Silence, Watch
from tests.operations.spares import SmallLaptop, answers_in

ADDRESS = "http://127.0.0.1:8250"
PATIENCE = 20


@pytest.fixture
def laptop(tmp_path, monkeypatch):
    place = SmallLaptop(tmp_path)

    def knock(address):
        try:
            door = json.loads((place.data / DOOR).read_text())
        except FileNotFoundError as gone:
            raise RefusedError(Silence.RELEASED) from gone
        offer = open_offer(place.data, now=datetime.now(UTC))
        return {**door, "salt": offer.salt if offer else None}

    monkeypatch.setattr(spare_calling, "knock", knock)
    return place


@pytest.fixture
def copier(laptop):
    """A copier that turns by itself, quickly."""
    leaving = threading.Event()

    def turn_for_ever():
        own = laptop.copier()
        while not leaving.wait(0.02):
            own.turn()
        if own.listener:
            own.listener.close()
        for conversation in threading.enumerate():
            if conversation.name.endswith("(_receive)"):
                conversation.join()
        if isinstance(own.sink, LinkSink) and own.sink.channel:
            own.sink.channel.close()
        own.source.close()

    thread = threading.Thread(target=turn_for_ever)
    thread.start()
    yield
    leaving.set()
    thread.join()


@pytest.fixture
def shelf(tmp_path):
    folder = CopyFolder(tmp_path / "kedua")
    folder.claim()
    return folder


def until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def invite(laptop):
    """Show a code and wait until the door is open."""
    offer = make_offer(laptop.data, now=datetime.now(UTC))
    until((laptop.data / DOOR).exists)
    return offer.code


def dial(port):
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def receive(folder, channel):
    """Let the spare laptop write what comes, beside the test."""

    def serve():
        with pytest.raises(ChannelError):
            Guest(folder, channel).serve(lambda seal: None)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_a_paired_laptop_holds_what_was_answered_and_what_belongs_to_it(laptop, copier, shelf):
    laptop.answer(50)
    channel, host = pair(shelf, ADDRESS, written_code(invite(laptop)).lower())
    thread = receive(shelf, channel)
    until(lambda: laptop.mark == 50)
    laptop.answer(7)
    until(lambda: laptop.mark == 57)
    found = find_copy(shelf)
    assert answers_in(found.database) == found.seal.mark == 57
    assert shelf.lacks(found.seal) == []
    assert read_attached(laptop.data).kind is Kind.LAPTOP
    assert host.key == read_attached(laptop.data).key
    channel.connection.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_line_that_broke_is_taken_up_again_and_meanwhile_the_mark_waits(laptop, copier, shelf):
    laptop.answer()
    channel, host = pair(shelf, ADDRESS, invite(laptop))
    thread = receive(shelf, channel)
    until(lambda: laptop.mark == 1)
    channel.connection.shutdown(socket.SHUT_RDWR)
    thread.join()
    laptop.answer()
    until(lambda: laptop.fault == "sambungan")
    assert laptop.mark == 1
    again = go_on(shelf, host)
    thread = receive(shelf, again)
    until(lambda: laptop.mark == 2)
    again.connection.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_wrong_code_a_used_one_and_an_old_one_are_refused(laptop, copier, shelf):
    code = invite(laptop)
    with pytest.raises(PairingError, match="tidak cocok"):
        pair(shelf, ADDRESS, code[::-1])
    channel, _ = pair(shelf, ADDRESS, code)
    with pytest.raises(PairingError, match="kedaluwarsa"):
        pair(shelf, ADDRESS, code)
    channel.close()
    make_offer(laptop.data, now=datetime.now(UTC) - timedelta(minutes=11))
    with pytest.raises(PairingError, match="kedaluwarsa"):
        pair(shelf, ADDRESS, code)


def test_a_stranger_in_the_hall_gets_nothing_and_does_not_keep_the_spare_away(laptop, copier, shelf):
    laptop.answer()
    channel, host = pair(shelf, ADDRESS, invite(laptop))
    thread = receive(shelf, channel)
    until(lambda: laptop.mark == 1)
    port = json.loads((laptop.data / DOOR).read_text())["port"]
    for purpose in (GOING_ON, PAIRING):
        with (
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line,
            pytest.raises(ChannelError),
        ):
            stranger = call(line, purpose, bytes(32))
            stranger.send({"nama": "orang lain", "id": "x"})
            stranger.receive()
    with dial(port) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: kapuas\r\n\r\n")
        with suppress(ConnectionResetError):
            assert line.recv(100) == b""
    laptop.answer()
    until(lambda: laptop.mark == 2)
    channel.connection.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_without_a_spare_and_without_a_code_there_is_no_door(laptop, copier, shelf):
    with pytest.raises(PairingError, match="belum menampilkan kode"):
        pair(shelf, ADDRESS, "0123-4567-89AB")


def test_a_line_that_is_taken_up_again_writes_over_the_older_copy_first(laptop, copier, shelf):
    channel, host = pair(shelf, ADDRESS, invite(laptop))
    thread = receive(shelf, channel)
    for _ in range(2):
        laptop.answer()
        until(lambda: laptop.mark == laptop.seq)
        newest = find_copy(shelf).slot
        channel.connection.shutdown(socket.SHUT_RDWR)
        thread.join()
        laptop.answer()
        channel = go_on(shelf, host)
        channel.longest = 1 << 26
        content, _ = channel.receive()
        while content["t"] != "halaman":
            channel.send({"ok": True})
            content, _ = channel.receive()
        assert content["berkas"] != newest
        channel.close()
        channel = go_on(shelf, host)
        thread = receive(shelf, channel)
        until(lambda: laptop.mark == laptop.seq)
        assert find_copy(shelf).slot != newest
    channel.connection.shutdown(socket.SHUT_RDWR)
    thread.join()


def refusal(shelf, host):
    """Call again; return why the laptop does not go on, None if it does."""
    try:
        go_on(shelf, host).close()
    except RefusedError as refused:
        return refused.silence
    return None


def test_a_spare_that_calls_while_another_one_is_taken_in_is_hung_up_on(laptop):
    attach(laptop.data, Attached(Kind.LAPTOP, "baru", "id-baru", "2026-11-24", key="22" * 32))
    own = laptop.copier()
    own.turn()
    ours, theirs = socket.socketpair()
    late = Attached(Kind.LAPTOP, "lama", "id-lama", "2026-11-24", key="11" * 32)
    own._welcome(Channel(ours, bytes(32), bytes(32)), late, 0, False)
    assert own.sink.channel is None and theirs.recv(1) == b""
    own.listener.close()
    own.source.close()
    theirs.close()


def test_a_spare_that_was_released_or_put_out_by_another_is_not_told_that_the_laptop_is_dead(
    laptop, copier, shelf, tmp_path, capsys
):
    channel, host = pair(shelf, ADDRESS, invite(laptop))
    other = CopyFolder(tmp_path / "ketiga")
    other.claim()
    invite(laptop)
    second, _ = pair(other, ADDRESS, open_offer(laptop.data, now=datetime.now(UTC)).code)
    until(lambda: refusal(shelf, host) is Silence.REPLACED)
    release(laptop.data)
    until(lambda: refusal(shelf, host) is Silence.RELEASED)
    watch = Watch(shelf)
    for silence in (Silence.REPLACED, Silence.REPLACED, Silence.AWAY):
        watch.lost(silence)
    told = capsys.readouterr().out
    assert told.count("HIDUP") == 1 and told.index("HIDUP") < told.index("Bila ia MATI")
    channel.close()
    second.close()


def test_a_line_that_breaks_is_tried_again_before_the_laptop_is_called_dead(
    laptop, copier, shelf, monkeypatch, capsys
):
    channel, host = pair(shelf, ADDRESS, invite(laptop))
    answers = iter([RefusedError(Silence.RELEASED), KeyboardInterrupt()])

    def call_again(folder, host):
        raise next(answers)

    monkeypatch.setattr(spare_guest, "_first_call", lambda *_: (channel, host))
    monkeypatch.setattr(spare_guest, "go_on", call_again)
    monkeypatch.setattr(spare_guest, "AGAIN", 0)
    until(lambda: read_attached(laptop.data))
    release(laptop.data)
    with pytest.raises(KeyboardInterrupt):
        spare_guest._stay(shelf, ADDRESS)
    told = capsys.readouterr().out
    assert "dilepas" in told and "MATI" not in told


def test_a_recorded_call_is_worth_nothing_when_it_is_played_again(laptop, copier, shelf):
    channel, host = pair(shelf, ADDRESS, invite(laptop))
    channel.close()
    until(lambda: refusal(shelf, host) is None)
    port = json.loads((laptop.data / DOOR).read_text())["port"]
    said = []

    class Recorded:
        def __init__(self, line):
            self.line = line

        def sendall(self, content):
            said.append(content)
            self.line.sendall(content)

        def recv(self, most):
            return self.line.recv(most)

    with dial(port) as line:
        again = call(Recorded(line), GOING_ON, bytes.fromhex(host.key))
        again.send({"nama": "kedua", "id": "x", "giliran": 0})
        assert again.receive()[0] == {"ok": True}
    with dial(port) as line:
        for content in said:
            line.sendall(content)
        with suppress(ConnectionResetError):
            assert len(line.recv(100)) == 16
            assert line.recv(100) == b""


@pytest.mark.parametrize(("minutes", "said"), [(0, ""), (1500, "mendahului"), (-1500, "tertinggal dari")])
def test_a_clock_that_differs_is_told_while_there_is_time_to_set_it(
    laptop, copier, shelf, capsys, minutes, said
):
    channel, _ = pair(shelf, ADDRESS, invite(laptop))
    watch = Watch(shelf)
    now = datetime.now(UTC) + timedelta(minutes=minutes)

    def serve():
        with pytest.raises(ChannelError):
            Guest(shelf, channel).serve(lambda seal: watch.heard(seal, now=now))

    thread = threading.Thread(target=serve)
    thread.start()
    until(lambda: watch.ready)
    channel.connection.shutdown(socket.SHUT_RDWR)
    thread.join()
    told = capsys.readouterr().out
    assert "Siap" in told
    assert ("PERHATIAN: jam" in told) is bool(said)
    assert said in told


def test_the_spare_remembers_when_its_copy_last_held_everything(laptop, copier, shelf):
    channel, _ = pair(shelf, ADDRESS, invite(laptop))
    thread = receive(shelf, channel)
    until(lambda: shelf.beaten() is not None)
    assert find_copy(shelf).seen >= datetime.fromisoformat(find_copy(shelf).seal.at).replace(microsecond=0)
    channel.connection.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.fixture
def ends():
    """Both ends of one channel."""
    one, two = socket.socketpair()
    for end in (one, two):
        end.settimeout(PATIENCE)
    key, found = bytes(range(32)), []

    def answer():
        _, theirs = read_call(two)
        found.append(answer_call(two, theirs, key))

    thread = threading.Thread(target=answer)
    thread.start()
    caller = call(one, PAIRING, key)
    thread.join()
    yield caller, found[0]
    one.close()
    two.close()


def test_what_crosses_the_air_shows_nothing_and_cannot_be_changed_or_repeated(ends):
    caller, called = ends
    caller.send({"t": "halaman"}, b"Nila Pertiwi" * 100)
    sealed = called.connection.recv(10_000)
    assert b"Nila" not in sealed and b"halaman" not in sealed
    for forged in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed, sealed):
        caller.connection.sendall(forged)
    with pytest.raises(ChannelError):
        called.receive()
    assert called.receive() == ({"t": "halaman"}, b"Nila Pertiwi" * 100)
    with pytest.raises(ChannelError):
        called.receive()


def test_a_message_is_not_taken_for_one_of_the_other_direction(ends):
    caller, called = ends
    caller.send({"ok": True})
    sealed = called.connection.recv(10_000)
    called.connection.sendall(sealed)
    with pytest.raises(ChannelError):
        caller.receive()


def test_a_length_that_a_stranger_claims_is_not_believed(ends):
    caller, called = ends
    caller.connection.sendall(b"\xff\xff\xff\xff")
    with pytest.raises(ChannelError):
        called.receive()


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("rahasia.json", True),
        ("bank/01.yaml", True),
        ("bank/gambar/a.png", True),
        ("bank", False),
        ("bank/../rahasia.json", False),
        ("../x", False),
        ("/etc/passwd", False),
        ("bank/C:\\x", False),
        ("salinan-1.json", False),
    ],
)
def test_a_name_from_outside_stays_inside_the_folder(name, inside):
    assert is_inside(name) is inside


def test_a_code_is_read_as_people_type_it():
    assert read_code("o1l-i 0ab") == "01110AB"
