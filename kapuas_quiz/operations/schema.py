"""Create the database, or bring it to the shape that this version needs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from kapuas_quiz.operations.backup import copy_database


class NewerDatabaseError(Exception):
    """The database was made by a newer version of the programme."""


def is_current(engine: Engine, *, migrations: Path, data: Path, now: datetime) -> bool:
    """Tell whether the database has the newest shape; copy it first when it is to be changed.

    Raises NewerDatabaseError when its shape is unknown here, BackupError when the copy fails.
    """
    scripts = ScriptDirectory(str(migrations))
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    if set(present) == set(scripts.get_heads()):
        return True
    if not known_shapes(migrations).issuperset(present):
        raise NewerDatabaseError(", ".join(present))
    if present:
        copy_database(engine, data=data, now=now)
    return False


def known_shapes(migrations: Path) -> set[str]:
    """Name every shape that a database may have for this version."""
    return {script.revision for script in ScriptDirectory(str(migrations)).walk_revisions()}
