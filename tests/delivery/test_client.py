"""The phone's script as it is served."""

from __future__ import annotations

import json
import re

import pytest

from kapuas_quiz.delivery import client
from kapuas_quiz.delivery.short_script import with_short_names
from tests.pages import PageClient

ONE_DATABASE = True


def test_the_shell_names_a_script_that_browsers_may_keep_for_good(phone: PageClient) -> None:
    shell = phone.get("/k/x")
    address = next(tag["src"] for tag in shell.select("script[src]"))
    response = phone.open(str(address))
    assert response.status_code == 200
    assert response.mimetype == "text/javascript"
    assert "immutable" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


EVERY_PART = (*client.PARTS, *client.FIELD_PARTS, *client.HAND_IN_PARTS)
PATTERN = r'"(?:\\.|[^"\\\n])*"|/(?:\\.|[^/\\\n ])+/(?=[.,])'


def test_shortening_leaves_every_string_and_regular_expression_as_it_was_written() -> None:
    written = "\n".join((client.FOLDER / f"{part}.js").read_text("utf-8") for part in EVERY_PART)
    code = "\n".join(line for line in written.splitlines() if not line.strip().startswith("//"))
    served = client.source(EVERY_PART)
    found = re.findall(PATTERN, code)
    assert len(found) > 100
    assert [piece for piece in found if piece not in served] == []


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("const sum = (first, second) => first + second;", "const c = (a, b) => a + b;"),
        (
            "const {name, age} = person; return {name, old: age};",
            "const {name:a, age:b} = person; return {name:a, old: b};",
        ),
        ("throw { status: 1, body };", "throw { status: 1, body };"),
        ("const body = 1; throw { status: 1, body };", "const a = 1; throw { status: 1, body:a };"),
        (
            "const wide = 1; thing.wide = wide; other({ wide: 2 });",
            "const a = 1; thing.wide = a; other({ wide: 2 });",
        ),
        ('const word = "word"; /word/.test(word);', 'const a = "word"; /word/.test(a);'),
        ("const send = 1; class { send() { return send; } }", "const a = 1; class { send() { return a; } }"),
        ("const show = yes ? no : show;", "const a = yes ? no : a;"),
        ("catch (silent) { f(...silent); }", "catch (a) { f(...a); }"),
        ("const lost = 1; { lost, found }", "const lost = 1; { lost, found }"),
        ("const fetch = 1; window.fetch(fetch);", "const fetch = 1; window.fetch(fetch);"),
    ],
)
def test_only_local_names_become_short(written: str, served: str) -> None:
    assert with_short_names(written) == served


def test_every_part_of_the_scripts_is_served_once() -> None:
    files = {
        path.relative_to(client.FOLDER).with_suffix("").as_posix() for path in client.FOLDER.rglob("*.js")
    }
    assert sorted(files) == sorted(EVERY_PART)


def test_the_stylesheet_of_a_phone_holds_what_the_other_pages_also_show(phone: PageClient) -> None:
    whole = phone.open("/static/app.css").text
    for sections in (client.SECTIONS, client.FIELD_SECTIONS):
        assert all(line in whole for line in client.style(sections).splitlines())


def test_the_shell_names_the_second_script_without_fetching_it(phone: PageClient) -> None:
    shell = phone.get("/k/x")
    address = str(shell.select_one("[data-fields]")["data-fields"])
    assert address not in [tag["src"] for tag in shell.select("script[src]")]
    response = phone.open(address)
    assert "K.types.isian" in response.get_data(as_text=True)
    assert "immutable" in response.headers["Cache-Control"]


def test_the_scripts_find_every_sentence_and_every_element_that_they_name(phone: PageClient) -> None:
    shell = phone.get("/k/x")
    late = phone.open(str(shell.select_one("[data-late]")["data-late"])).text.rpartition("Kapuas.late(")[2]
    page = str(shell) + json.loads(late.removesuffix(");"))
    written = "\n".join((client.FOLDER / f"{part}.js").read_text("utf-8") for part in EVERY_PART)
    ids = set(re.findall(r'K\.el\("([\w-]+)"\)', written))
    screens = {f"layar-{name}" for name in re.findall(r'K\.show\("([\w-]+)"', written)}
    assert [name for name in ids | screens if f'id="{name}"' not in page] == []
    sentences = set(re.findall(r'K\.say\("([\w-]+)"', written))
    assert [name for name in sentences if f'"{name}":' not in page] == []


def test_the_late_screens_speak_the_readers_language(phone: PageClient) -> None:
    shell = phone.open("/k/x?bahasa=en").text
    address = re.search(r'data-late="([^"]+)"', shell)[1]
    assert address.endswith("?bahasa=en")
    assert phone.open(address).text != phone.open(address.removesuffix("?bahasa=en")).text
