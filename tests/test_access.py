"""Every endpoint, every role, both directions, on the laptop and from a phone."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter
from werkzeug.test import TestResponse

from kapuas_quiz.core.roles import Role
from tests.access_table import ACCESS

PLACEHOLDER = {
    "default": "x",
    "string": "x",
    "path": "app.css",
    "int": "1",
    "uuid": "00000000-0000-7000-8000-000000000000",
}


def refused(response: TestResponse) -> bool:
    return response.status_code in (401, 403) or "/masuk?berikut=" in (response.location or "")


def addresses(app: Flask, endpoint: str) -> list[tuple[str, str]]:
    """Return (method, url) of every way to call an endpoint."""
    found = []
    for rule in app.url_map.iter_rules(endpoint):
        values = {
            name: min(converter.items)
            if isinstance(converter, AnyConverter)
            else PLACEHOLDER[
                converter.__class__.__name__.removesuffix("Converter").lower().replace("unicode", "string")
            ]
            for name, converter in rule._converters.items()
        }
        url = app.url_map.bind("localhost").build(endpoint, values)
        found += [(method, url) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
    return found


def test_the_table_names_every_endpoint_and_no_other(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ACCESS)


def test_every_view_declares_the_roles_of_the_table(app: Flask) -> None:
    declared = {e: getattr(view, "allowed_roles", None) for e, view in app.view_functions.items()}
    assert declared == ACCESS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", [None, *Role])
def test_the_gate_lets_in_whom_the_table_names(app: Flask, client, sign_in, role: Role | None) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = sign_in(role) if role else client
    for endpoint, roles in ACCESS.items():
        for method, url in addresses(app, endpoint):
            response = browser.open(url, method=method)
            if role not in roles:
                assert refused(response), (endpoint, method, response.status_code)
            elif None not in roles:
                assert not refused(response), (endpoint, method, response.status_code)
            if endpoint == "accounts.sign_out":
                browser = sign_in(role) if role else client


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(Role))
def test_staff_pages_never_answer_a_phone_over_plain_http(app: Flask, sign_in, role: Role) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = sign_in(role, address="192.168.1.77")
    for endpoint, roles in ACCESS.items():
        if None in roles:
            continue
        for method, url in addresses(app, endpoint):
            assert browser.open(url, method=method).status_code == 403, (endpoint, method)


def test_an_undeclared_view_is_refused(app: Flask, client) -> None:
    app.add_url_rule("/tanpa-peran", "tanpa_peran", lambda: "rahasia")
    assert client.open("/tanpa-peran").status_code == 403
