"""What is not a page of a room is a service, and a service never sees a request."""

import grimp

WEB = ["flask", "flask_babel", "flask_login", "flask_migrate", "flask_wtf", "wtforms", "kapuas_quiz.extensions"]
ROOMS = [
    "accounts",
    "audit",
    "banks",
    "certificates",
    "delivery",
    "forms",
    "operations",
    "oversight",
    "reporting",
    "scoring",
    "trainings",
]
PAGES = {"views", "web_forms", "commands"}
WIRING = {"kapuas_quiz.accounts.sessions", "kapuas_quiz.operations.prepare", "kapuas_quiz.operations.serve"}


def services(graph: grimp.ImportGraph) -> list[str]:
    found = []
    for room in ROOMS:
        for module in graph.find_descendants(f"kapuas_quiz.{room}"):
            last = module.rsplit(".", 1)[1]
            if last not in PAGES and not last.endswith("_views") and module not in WIRING:
                found.append(module)
    return sorted(found)


def test_a_service_never_sees_the_request_directly_or_not() -> None:
    graph = grimp.build_graph("kapuas_quiz", include_external_packages=True, cache_dir=None)
    assert WIRING <= graph.modules
    chains = [
        " -> ".join(chain)
        for service in services(graph)
        for web in WEB
        if web in graph.modules and (chain := graph.find_shortest_chain(service, web))
    ]
    assert chains == []
