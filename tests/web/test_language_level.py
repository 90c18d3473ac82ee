"""What phones receive is no newer than Chrome 80: a JavaScript engine parses it, later names are refused."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kapuas_quiz.settings import ROOT
from tests import old_chrome

STATIC = ROOT / "kapuas_quiz" / "static"
SCRIPTS = sorted([*STATIC.glob("phone/**/*.js"), *STATIC.glob("sw*.js"), *STATIC.glob("board*.js")])
LINTER = Path(__file__).with_name("language_level.js")


def newer_than_chrome_80(*files: Path) -> list[str]:
    done = subprocess.run(
        [old_chrome.node(), "--expose-internals", LINTER, *files], capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_the_scripts_of_phones_are_no_newer_than_chrome_80() -> None:
    assert len(SCRIPTS) > 10
    assert newer_than_chrome_80(*SCRIPTS) == []


@pytest.mark.parametrize(
    "line",
    [
        "a ??= 1;",
        "class A { b = 1; }",
        "'a'.replaceAll('b', 'c');",
        "[1].at(-1);",
        "structuredClone({});",
        "1_000;",
    ],
)
def test_the_linter_finds_what_is_newer(line: str, tmp_path: Path) -> None:
    script = tmp_path / "new.js"
    script.write_text(line, encoding="utf-8")
    assert len(newer_than_chrome_80(script)) == 1


def test_the_linter_lets_pass_what_chrome_80_knows(tmp_path: Path) -> None:
    script = tmp_path / "old.js"
    script.write_text(
        "const a = {b: 1}; a?.b ?? 2; [1].flat(); (async () => { await 1n; })();", encoding="utf-8"
    )
    assert newer_than_chrome_80(script) == []
