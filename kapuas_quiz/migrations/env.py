"""How Alembic reaches the database: through the running application's engine."""

from importlib import import_module

from alembic import context
from flask import current_app

from kapuas_quiz.database import Base
from kapuas_quiz.settings import ROOT

for path in sorted((ROOT / "kapuas_quiz").glob("*/models.py")):
    import_module(f"kapuas_quiz.{path.parent.name}.models")


def run() -> None:
    """Apply the migrations in one transaction, where the database can."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
        )
        with context.begin_transaction():
            context.run_migrations()


run()
