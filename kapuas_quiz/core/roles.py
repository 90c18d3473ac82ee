"""Who may act, and as whom an act is written down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A duty that a member of staff holds; one person may hold several."""

    OPERATOR = "operator"
    TRAINER = "fasilitator"
    REVIEWER = "penelaah"
    CERTIFIER = "penetap"
    OBSERVER = "pengamat"


@dataclass(frozen=True)
class Actor:
    """Somebody (or the system itself) as the audit trail names them."""

    id: str
    name: str
    roles: frozenset[Role] = frozenset()

    def holds(self, *roles: Role) -> bool:
        """Tell whether at least one of the roles is held."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor("sistem", "Sistem")
