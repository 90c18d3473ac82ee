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
    written = "\n".join(
        (client.FOLDER / f"{part}.js").read_text("utf-8") for part in (*client.PARTS, *client.FIELD_PARTS)
    )
    code = "\n".join(line for line in written.splitlines() if not line.strip().startswith("//"))
    patterns = r'"(?:\\.|[^"\\\n])*"|/(?:\\.|[^/\\\n ])+/(?=[.,])'
    found = re.findall(patterns, code)
    served = client.source(client.PARTS) + client.source(client.FIELD_PARTS)
    assert len(found) > 100
    assert [piece for piece in found if piece not in served] == []


def test_every_part_of_the_scripts_is_served_once() -> None:
    assert sorted(path.stem for path in client.FOLDER.glob("*.js")) == sorted(
        client.PARTS + client.FIELD_PARTS
    )


def test_the_shell_names_the_second_script_without_fetching_it(phone: PageClient) -> None:
    shell = phone.get("/k/x")
    address = str(shell.select_one("[data-fields]")["data-fields"])
    assert address not in [tag["src"] for tag in shell.select("script[src]")]
    response = phone.open(address)
    assert "K.types.isian" in response.get_data(as_text=True)
    assert "immutable" in response.headers["Cache-Control"]


def test_the_scripts_find_every_sentence_and_every_element_that_they_name(phone: PageClient) -> None:
    shell = phone.open("/k/x").get_data(as_text=True)
    source = client.source(client.PARTS) + client.source(client.FIELD_PARTS)
    ids = set(re.findall(r'K\.el\("([\w-]+)"\)', source))
    screens = {f"layar-{name}" for name in re.findall(r'K\.show\("([\w-]+)"', source)}
    assert [name for name in ids | screens if f'id="{name}"' not in shell] == []
    sentences = set(re.findall(r'K\.say\("([\w-]+)"', source))
    assert [name for name in sentences if f'"{name}":' not in shell] == []
