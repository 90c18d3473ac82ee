"""Changes that wait at the same time share one commit, and none of them suffers from another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text

from kapuas_quiz.database import prepare_engine
from kapuas_quiz.delivery.commits import Commits


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database with one table of words, opened as the application opens it."""
    engine = create_engine(f"sqlite:///{tmp_path / 'kata.sqlite3'}")
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE words (word TEXT PRIMARY KEY)"))
    yield engine
    engine.dispose()


def words_of(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT word FROM words")))


def write(word: str) -> Callable[[Connection], str]:
    def change(connection: Connection) -> str:
        connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})
        if word == "gagal":
            raise ValueError(word)
        return word

    return change


def together(commits: Commits, *words: str) -> list[object]:
    """Let changes wait while another one holds the turn; return what each was told."""
    gate, told = threading.Event(), dict.fromkeys(words)

    def run(word: str) -> None:
        try:
            told[word] = commits.run(write(word))
        except Exception as error:  # noqa: BLE001 - what was raised is what is asked for
            told[word] = type(error)

    leader = threading.Thread(target=lambda: commits.run(lambda _connection: gate.wait(30)))
    leader.start()
    others = [threading.Thread(target=run, args=(word,)) for word in words]
    for other in others:
        other.start()
    while len(commits._waiting) < len(words):
        time.sleep(0.005)
    gate.set()
    for thread in (leader, *others):
        thread.join()
    return list(told.values())


def test_those_who_wait_share_one_commit(engine: Engine) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    assert together(Commits(engine), "satu", "dua", "tiga") == ["satu", "dua", "tiga"]
    assert len(commits) == 2
    assert words_of(engine) == {"satu", "dua", "tiga"}


def test_one_that_fails_takes_nothing_along(engine: Engine) -> None:
    assert together(Commits(engine), "satu", "gagal", "dua") == ["satu", ValueError, "dua"]
    assert words_of(engine) == {"satu", "dua"}


def test_one_that_fails_alone_stores_nothing(engine: Engine) -> None:
    commits = Commits(engine)
    with pytest.raises(ValueError, match="gagal"):
        commits.run(write("gagal"))
    assert commits.run(write("satu")) == "satu"
    assert words_of(engine) == {"satu"}


def test_when_the_commit_fails_nobody_is_told_that_it_is_stored(engine: Engine) -> None:
    commits, full = Commits(engine), OSError("disk full")

    def refuse(_connection: Connection) -> None:
        raise full

    event.listen(engine, "commit", refuse)
    with pytest.raises(OSError, match="disk full"):
        commits.run(write("nol"))
    event.remove(engine, "commit", refuse)
    assert commits.run(write("satu")) == "satu"
    assert words_of(engine) == {"satu"}
