"""The phone's script as it is served."""

from __future__ import annotations

import re

from kapuas_quiz.delivery import client
from tests.pages import PageClient


def test_the_shell_names_a_script_that_browsers_may_keep_for_good(phone: PageClient) -> None:
    shell = phone.get("/k/x")
    address = next(tag["src"] for tag in shell.select("script[src]"))
    response = phone.open(str(address))
    assert response.status_code == 200
    assert response.mimetype == "text/javascript"
    assert "immutable" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


def test_tightening_leaves_every_string_and_regular_expression_as_it_was_written() -> None:
    written = "\n".join((client.FOLDER / f"{part}.js").read_text("utf-8") for part in client.PARTS)
    code = "\n".join(line for line in written.splitlines() if not line.strip().startswith("//"))
    patterns = r'"(?:\\.|[^"\\\n])*"|/(?:\\.|[^/\\\n ])+/(?=[.,])'
    found = re.findall(patterns, code)
    assert len(found) > 100
    assert [piece for piece in found if piece not in client.source()] == []


def test_every_part_of_the_script_is_served() -> None:
    assert {path.stem for path in client.FOLDER.glob("*.js")} == set(client.PARTS)


def test_the_scripts_find_every_sentence_and_every_element_that_they_name(phone: PageClient) -> None:
    shell = phone.open("/k/x").get_data(as_text=True)
    source = client.source()
    ids = set(re.findall(r'K\.el\("([\w-]+)"\)', source))
    screens = {f"layar-{name}" for name in re.findall(r'K\.show\("([\w-]+)"', source)}
    assert [name for name in ids | screens if f'id="{name}"' not in shell] == []
    sentences = set(re.findall(r'K\.say\("([\w-]+)"', source))
    assert [name for name in sentences if f'"{name}":' not in shell] == []
