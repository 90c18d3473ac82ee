"""The plug is pulled in mid-test: a spare goes on with the copy, and no answer is lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.world import World, build
from kapuas_quiz.operations.spare_copy import find_copy
from kapuas_quiz.operations.spare_folder import CopyFolder
from tests.browser.server import reserved_port
from tests.operations.fleet import ANSWERS, JournalPhone
from tests.operations.installation import Installation

LIMIT = 180


@dataclass
class Hall:
    """A laptop that serves with a stick in it, a spare that waits, and phones."""

    main: Installation
    spare: Installation
    stick: Path
    world: World

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.main.port}"


@pytest.fixture
def n_phones(request: pytest.FixtureRequest) -> int:
    return int(getattr(request, "param", 5))


@pytest.fixture
def hall(tmp_path: Path, n_phones: int) -> Iterator[Hall]:
    place = reserved_port()
    port = int(place.getsockname()[1])
    place.close()
    stick = tmp_path / "stik"
    stick.mkdir()
    main = Installation(tmp_path / "utama", port, KAPUAS_SPARE=str(stick))
    spare = Installation(tmp_path / "cadangan", port)
    world = build(main.data, n_phones, main.environment)
    yield Hall(main, spare, stick, world)
    main.kill()
    spare.kill()


def until_all(phones: list[JournalPhone], true) -> None:
    deadline = time.monotonic() + LIMIT
    while not all(true(phone) for phone in phones):
        assert time.monotonic() < deadline, [vars(phone) for phone in phones if not true(phone)][:1]
        time.sleep(0.02)


def stored(database: Path, device: str) -> list[tuple[int, str, int | None, object]]:
    """Return the journal of one phone as it stands in a database that nobody serves."""
    question = "SELECT seq, kind, position, answer FROM response_event WHERE device = ? ORDER BY seq"
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute(question, (device,)).fetchall()
    finally:
        connection.close()
    return [(seq, kind, n, None if answer is None else json.loads(answer)) for seq, kind, n, answer in rows]


def chosen(phone: JournalPhone) -> list[tuple[int, str, int | None, object]]:
    return [(entry["s"], entry["k"], entry["n"], entry["a"]) for entry in phone.journal]


@pytest.mark.parametrize("n_phones", [5, pytest.param(60, marks=pytest.mark.thorough)], indirect=True)
def test_a_spare_goes_on_after_the_plug_was_pulled_and_no_answer_is_lost(
    hall: Hall, n_phones: int, tmp_path: Path
) -> None:
    hall.main.begin_serving()
    pause = n_phones / 25
    phones = [
        JournalPhone(hall.base, token, hall.world.pin, number, pause)
        for number, token in enumerate(hall.world.tokens)
    ]
    for phone in phones:
        phone.start()
    until_all(phones, lambda phone: phone.safe >= 3)
    assert "Laptop cadangan: Belum dipasang" not in hall.main.said
    hall.main.kill()
    pulled = time.monotonic()
    shutil.move(hall.main.data, tmp_path / "hilang")
    until_all(phones, lambda phone: phone.away)
    promised = {phone.device: phone.safe for phone in phones}
    behind = sum(phone.ack - phone.safe for phone in phones)
    copy = find_copy(CopyFolder(hall.stick))
    held = tmp_path / "isi.sqlite3"
    shutil.copy(copy.database, held)
    assert all(len(stored(held, device)) >= safe for device, safe in promised.items())

    hall.spare.begin_serving("ambil-alih", str(hall.stick))
    assert "Lanjutkan saja" in hall.spare.said and "JAM LAPTOP INI" in hall.spare.said
    until_all(phones, lambda phone: phone.first_ack_after_outage is not None)
    first = min(phone.first_ack_after_outage or 0 for phone in phones) - pulled
    last = max(phone.first_ack_after_outage or 0 for phone in phones) - pulled
    until_all(phones, lambda phone: phone.done)
    hall.spare.kill()
    print(
        f"\n{n_phones} phones: first answer acknowledged {first:.1f} s after the plug, the last phone's "
        f"{last:.1f} s; {behind} entries were not on the spare, {sum(p.went_back for p in phones)} phones "
        "sent again"
    )
    for phone in phones:
        assert stored(hall.spare.data / "kapuas.sqlite3", phone.device) == chosen(phone)
        assert len(phone.journal) == ANSWERS + 1
        assert phone.epoch == 2

    shutil.move(tmp_path / "hilang", hall.main.data)
    before = (hall.main.data / "kapuas.sqlite3").read_bytes()
    assert "DIGANTIKAN" in hall.main.refused("serve")
    assert (hall.main.data / "kapuas.sqlite3").read_bytes() == before
