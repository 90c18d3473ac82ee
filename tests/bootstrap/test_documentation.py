"""What can be set or run is written in the operator's guide, and nothing else is."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from kapuas_quiz.operations.serve import _parse

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "operator" / "pemasangan.md").read_text(encoding="utf-8")
BUILT_IN = {"run", "shell", "routes", "db"}


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    sources = [ROOT / "app.py", *(ROOT / "kapuas_quiz").rglob("*.py")]
    read = {
        name
        for path in sources
        for name in re.findall(r'"(KAPUAS_[A-Z]+)"', path.read_text(encoding="utf-8"))
    }
    assert read == set(re.findall(r"KAPUAS_[A-Z]+", GUIDE))


def commands(group: click.Group, prefix: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_flask_command_is_documented_and_every_documented_command_exists(app: Flask) -> None:
    own = {name for name in commands(app.cli) if name.split()[0] not in BUILT_IN}
    written = set(re.findall(r"`flask --app app ([a-z -]+)`", GUIDE))
    assert own == written


@pytest.mark.parametrize("command", ["serve", "demo", "test"])
def test_every_command_of_app_is_documented(command: str) -> None:
    assert f"`python3 app.py {command}`" in GUIDE


def test_every_option_of_serve_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _parse(["--help"], demo=False)
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert options == set(re.findall(r"app.py serve (--[a-z-]+)", GUIDE))
