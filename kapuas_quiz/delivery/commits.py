"""Changes that wait at the same time share one transaction, and so one sync of the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from kapuas_quiz.database import write_intent

T = TypeVar("T")


class Ticket(Generic[T]):
    """One change and what came of it; read after the commit only."""

    def __init__(self, change: Callable[[Connection], T]) -> None:
        self.change = change
        self.done = False
        self.error: BaseException | None = None
        self.value: T | None = None

    def result(self) -> T:
        """Return what the change returned, or raise what stopped it."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]


class Commits:
    """Run changes on one engine, each whole or not at all, and return only after they are on disk.

    SQLite has one writer at a time: the first who waits runs everybody's change, each behind a savepoint,
    and commits once. Other databases do that themselves.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._alone = engine.dialect.name != "sqlite"
        self._each_by_itself = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._waiting: deque[Ticket[Any]] = deque()
        self._turn = Lock()

    def run(self, change: Callable[[Connection], T]) -> T:
        """Run a change, commit it, and return what it returned; raise what it raised."""
        write_intent.set(True)
        if self._alone:
            with self._engine.begin() as connection:
                return change(connection)
        ticket = Ticket(change)
        self._waiting.append(ticket)
        with self._turn:
            if not ticket.done:
                self._lead()
        return ticket.result()

    def run_at_once(self, change: Callable[[Connection], T | None]) -> T | None:
        """Run a change on a connection that commits each statement by itself, where that is shorter.

        None: the database shares commits instead, or the change said that it cannot be done this way.
        """
        if not self._alone:
            return None
        with self._each_by_itself.connect() as connection:
            return change(connection)

    def run_in_session(self, change: Callable[[Session], T]) -> T:
        """Run what speaks to a session; its own commit only ends its part of the transaction."""

        def with_session(connection: Connection) -> T:
            with Session(connection) as session:
                return change(session)

        return self.run(with_session)

    def _lead(self) -> None:
        group = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            with self._engine.begin() as connection:
                for ticket in group:
                    _try(connection, ticket, shared=len(group) > 1)
                if len(group) == 1 and group[0].error is not None:
                    raise group[0].error
        except BaseException as error:  # nothing of the group was stored, and each is told so
            for ticket in group:
                ticket.error = ticket.error or error
        finally:
            for ticket in group:
                ticket.done = True


def _try(connection: Connection, ticket: Ticket[Any], *, shared: bool) -> None:
    """Run one change; what it did until it failed is taken back without touching the others."""
    point = connection.begin_nested() if shared else None
    try:
        ticket.value = ticket.change(connection)
    except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
        ticket.error = error
        if point:
            point.rollback()
    else:
        if point:
            point.commit()


_commits: WeakKeyDictionary[Engine, Commits] = WeakKeyDictionary()
_making = Lock()


def commits_of(engine: Engine) -> Commits:
    """Return what runs the changes of an engine, the same for all threads."""
    found = _commits.get(engine)
    if found is None:
        with _making:
            found = _commits.setdefault(engine, Commits(engine))
    return found
