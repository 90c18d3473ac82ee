"""Members of staff with a password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff, StaffRole
from kapuas_quiz.accounts.service import HASHER
from kapuas_quiz.core.roles import Role
from tests.conftest import Clock

PASSWORD = "perahu senja teduh"


@pytest.fixture
def member(session: Session, clock: Clock) -> Callable[..., Staff]:
    """Make a member of staff who knows a password."""

    def make(
        *roles: Role,
        email: str = "gita@contoh.id",
        name: str = "Gita Permata",
        password: str | None = PASSWORD,
    ) -> Staff:
        staff = Staff(name=name, email=email, created_at=clock())
        staff.password_hash = HASHER.hash(password) if password else None
        staff.roles = [StaffRole(role=role.value) for role in roles or (Role.OPERATOR,)]
        session.add(staff)
        session.commit()
        return staff

    return make
