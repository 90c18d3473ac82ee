"""The server is killed, its disk is slow or full: what it acknowledged is there, and nothing else is said."""

from __future__ import annotations

import json
import os
import resource
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.venue import Venue
from tests.delivery.tracing import acknowledgements, calls, traced, unsynced_replies
from tests.delivery.writers import PEOPLE, Writer, wait_for, worker_of, writing

KILLS, MANY_KILLS = 3, 50
SLOW_SYNC = "inject=fdatasync:delay_enter=20000"
"""A disk that takes 20 ms for each sync."""


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    place = Venue(tmp_path_factory.mktemp("venue"))
    yield place
    place.leave()


@pytest.fixture
def writers(venue: Venue) -> Iterator[list[Writer]]:
    """Three phones whose owners have started."""
    venue.start()
    room = venue.open()
    yield [Writer(venue, room, name) for name in PEOPLE]
    room.close()


def kill_under_load(venue: Venue, writers: list[Writer], times: int) -> None:
    for _ in range(times):
        with writing(writers):
            wait_for(writers, 10)
            venue.kill()
        venue.start()
        for writer in writers:
            writer.check_nothing_is_lost()
            writer.stopped_by = None


def test_every_acknowledged_answer_survives_kill_9(venue: Venue, writers: list[Writer]) -> None:
    kill_under_load(venue, writers, KILLS)


@pytest.mark.thorough
def test_every_acknowledged_answer_survives_fifty_kills(venue: Venue, writers: list[Writer]) -> None:
    kill_under_load(venue, writers, MANY_KILLS)


@pytest.mark.traced
@pytest.mark.parametrize("options", [(), ("-e", SLOW_SYNC)], ids=["this-disk", "20-ms-per-sync"])
def test_the_kernel_syncs_between_the_request_and_the_reply(
    venue: Venue, writers: list[Writer], tmp_path: Path, options: tuple[str, ...]
) -> None:
    assert venue.process is not None
    log = tmp_path / "trace"
    with traced(worker_of(venue.process.pid), log, *options), writing(writers, most=12):
        pass
    found = calls(log.read_text())
    assert len(acknowledgements(found)) == 12 * len(writers)
    assert unsynced_replies(found) == []
    for writer in writers:
        writer.check_nothing_is_lost()


@pytest.mark.traced
def test_a_full_disk_is_told_and_loses_nothing(venue: Venue, writers: list[Writer]) -> None:
    assert venue.process is not None
    [worker] = worker_of(venue.process.pid)
    before = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    with writing(writers):
        wait_for(writers, 10)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (os.sysconf("SC_PAGE_SIZE"), before[1]))
    for writer in writers:
        assert isinstance(writer.stopped_by, urllib.error.HTTPError)
        assert writer.stopped_by.code == 503
        said = json.load(writer.stopped_by)
        assert said["saran"].startswith("Yang sudah diterima tetap aman.")
        writer.check_nothing_is_lost()
    resource.prlimit(worker, resource.RLIMIT_FSIZE, before)
    with writing(writers, most=max(writer.acknowledged for writer in writers) + 5):
        pass
    for writer in writers:
        writer.check_nothing_is_lost()
