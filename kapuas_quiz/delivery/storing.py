"""How the rows of an attempt are written: in a transaction, or by one statement that is one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Executable,
    Insert,
    Select,
    Table,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from kapuas_quiz.core.journal import Answer, Fold
from kapuas_quiz.delivery.attempts import ATTEMPT, EVENT, RESPONSE, VERSION

STATE = ("unsent", "last_contact_at", "ended_at", "end_reason")
"""The columns of an attempt that its phone's requests change."""


def _upsert(statement: postgresql.Insert | sqlite.Insert) -> Insert:
    fresh = {name: statement.excluded[name] for name in ("answer", "flagged", "at_ms", "unsure")}
    return statement.on_conflict_do_update(index_elements=["attempt_id", "position"], set_=fresh)


# Built once: building a statement costs as much as running it.
_APPEND = insert(EVENT)
_KEEP = {"postgresql": _upsert(postgresql.insert(RESPONSE)), "sqlite": _upsert(sqlite.insert(RESPONSE))}
_STATE = update(ATTEMPT).where(ATTEMPT.c.id == bindparam("attempt"))


@dataclass(frozen=True)
class Change:
    """What a batch brings: new entries, responses that differ now, and columns of the attempt (of STATE)."""

    entries: Sequence[Mapping[str, Any]] = ()
    responses: Sequence[Mapping[str, Any]] = ()
    state: Mapping[str, Any] = field(default_factory=dict)


def store(connection: Connection, attempt_id: uuid.UUID, change: Change) -> None:
    """Write a change in the transaction of a connection; no commit."""
    if change.entries:
        connection.execute(_APPEND, list(change.entries))
    if change.responses:
        connection.execute(_KEEP[connection.dialect.name], list(change.responses))
    if change.state:
        connection.execute(_STATE, {"attempt": attempt_id, **change.state})


def store_responses(connection: Connection, attempt_id: uuid.UUID, before: Fold, after: Fold) -> None:
    """Bring the responses up to date."""
    store(connection, attempt_id, Change(responses=changed_responses(attempt_id, before, after)))


def changed_responses(attempt_id: uuid.UUID, before: Fold, after: Fold) -> list[dict[str, Any]]:
    """Return the rows that differ; what counted only by a code, and does no more, becomes unanswered."""
    gone = {n: Answer() for n in before.answers if n not in after.answers}
    changed = gone | {n: a for n, a in after.answers.items() if before.answers.get(n) != a}
    return [_response(attempt_id, position, answer) for position, answer in changed.items()]


def _response(attempt_id: uuid.UUID, position: int, answer: Answer) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "position": position,
        "answer": answer.answer,
        "flagged": int(answer.flagged),
        "at_ms": answer.at_ms,
        "unsure": answer.unsure,
    }


def stored_at_once(connection: Connection, attempt_id: uuid.UUID, change: Change, version: str) -> bool:
    """Write a change by one statement if the attempt's row still has this version; PostgreSQL alone.

    connection: one that commits each statement by itself.
    False, and nothing written: the row was touched, an entry with that number is there, or one statement
    does not hold so much.
    """
    if not (change.entries or change.responses or change.state):
        return True
    if len(change.entries) > 1 or len(change.responses) > 1:
        return False
    values = {f"entry_{name}": value for row in change.entries for name, value in row.items()}
    values |= {f"response_{name}": value for row in change.responses for name, value in row.items()}
    values |= {f"state_{name}": value for name, value in change.state.items()}
    statement = _at_once(bool(change.entries), bool(change.responses), tuple(sorted(change.state)))
    try:
        return connection.scalar(statement, {"attempt": attempt_id, "version": version, **values}) == 1
    except IntegrityError:
        return False


@cache
def _at_once(entry: bool, response: bool, state: tuple[str, ...]) -> Executable:
    """Build the statement that holds the attempt, if it is as it was seen, and writes what there is."""
    held = (
        select(ATTEMPT.c.id)
        .where(ATTEMPT.c.id == bindparam("attempt"), bindparam("version") == VERSION)
        .with_for_update()
        .cte("held")
    )
    parts = []
    if entry:
        parts.append(_from(insert(EVENT), EVENT, "entry", held.c.id).cte("entry"))
    if response:
        keep = postgresql.insert(RESPONSE)
        parts.append(_upsert(_from(keep, RESPONSE, "response", held.c.id)).cte("response"))
    if state:
        values = {name: _given(ATTEMPT, "state", name) for name in state}
        parts.append(update(ATTEMPT).where(ATTEMPT.c.id == held.c.id).values(values).cte("state"))
    statement: Select[Any] = select(func.count()).select_from(held)
    for part in parts:
        statement = statement.add_cte(part)
    return statement


def _from(statement: Any, table: Table, prefix: str, attempt_id: Any) -> Any:
    names = [column.name for column in table.columns]
    given = [attempt_id if name == "attempt_id" else _given(table, prefix, name) for name in names]
    return statement.from_select(names, select(*given))


def _given(table: Table, prefix: str, name: str) -> BindParameter[Any]:
    return bindparam(f"{prefix}_{name}", type_=table.c[name].type)
