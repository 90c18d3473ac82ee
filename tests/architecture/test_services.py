"""What is not a page of a room is a service: a service never sees a request, a page never sees a table."""

import grimp
import pytest

WEB = [
    "flask",
    "flask_babel",
    "flask_login",
    "flask_migrate",
    "flask_wtf",
    "wtforms",
    "kapuas_quiz.extensions",
]
TABLES = ["sqlalchemy", "flask_sqlalchemy", "kapuas_quiz.database"]
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
PAGES = ("_views", "_pages", "_api", "_web_forms", "_commands", "_words")
"""How the names of modules end that talk to a browser or a terminal."""

WIRING = {
    "kapuas_quiz.accounts.sessions",
    "kapuas_quiz.delivery.client",
    "kapuas_quiz.delivery.counter",
    "kapuas_quiz.operations.prepare",
    "kapuas_quiz.operations.promote",
    "kapuas_quiz.operations.serve",
}
"""Neither pages nor services: what joins a room to the application, and its words for people."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("kapuas_quiz", include_external_packages=True, cache_dir=None)


def is_page(module: str) -> bool:
    last = module.rsplit(".", 1)[1]
    return any(f"_{last}".endswith(ending) for ending in PAGES)


def modules_of_rooms(graph: grimp.ImportGraph) -> set[str]:
    return {module for room in ROOMS for module in graph.find_descendants(f"kapuas_quiz.{room}")}


def test_a_service_never_sees_the_request_directly_or_not(graph: grimp.ImportGraph) -> None:
    services = {module for module in modules_of_rooms(graph) - WIRING if not is_page(module)}
    chains = [
        " -> ".join(chain)
        for service in sorted(services)
        for web in WEB
        if web in graph.modules and (chain := graph.find_shortest_chain(service, web))
    ]
    assert chains == []


def test_a_page_never_sees_the_tables(graph: grimp.ImportGraph) -> None:
    tables = {*TABLES, *(f"kapuas_quiz.{room}.models" for room in ROOMS)}
    seen = [
        f"{page} -> {module}"
        for page in sorted(modules_of_rooms(graph))
        if is_page(page)
        for module in sorted(graph.find_modules_directly_imported_by(page) & tables)
    ]
    assert seen == []


def test_every_exception_is_still_needed(graph: grimp.ImportGraph) -> None:
    idle = [name for name in sorted(WIRING) if not any(graph.find_shortest_chain(name, web) for web in WEB)]
    assert idle == []
