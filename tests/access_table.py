"""Which roles reach which endpoint; `None` is somebody who has not signed in. One line an endpoint."""

from kapuas_quiz.core.roles import Role

EVERYONE = frozenset({None, *Role})
STAFF = frozenset(Role)
OPERATOR = frozenset({Role.OPERATOR})

ACCESS: dict[str, frozenset[Role | None]] = {
    # web
    "static": EVERYONE,
    "web.choose_language": EVERYONE,
    # accounts
    # trainings
    # banks
    # forms
    # delivery
    # reporting
    # certificates
    # oversight
    # operations
    "operations.start": EVERYONE,
    "operations.choose": OPERATOR,
    "operations.back_up": OPERATOR,
}
