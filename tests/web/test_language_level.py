"""What phones receive is no newer than Chrome 80: a JavaScript engine parses it, later names are refused."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kapuas_quiz.delivery.client import FIELD_PARTS, FOLDER, HAND_IN_PARTS, PARTS, source
from kapuas_quiz.settings import ROOT
from tests import old_chrome

STATIC = ROOT / "kapuas_quiz" / "static"
SCRIPTS = sorted([*STATIC.glob("phone/**/*.js"), *STATIC.glob("sw*.js"), *STATIC.glob("board*.js")])
SERVED = (PARTS, FIELD_PARTS, HAND_IN_PARTS)


def told_by(script: str, *files: Path) -> list[Any]:
    """Run one of the scripts beside this file over some files and return what it says."""
    command = [old_chrome.node(), "--expose-internals", Path(__file__).with_name(script), *files]
    found: list[Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def newer_than_chrome_80(*files: Path) -> list[Any]:
    return told_by("language_level.js", *files)


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


@pytest.mark.parametrize("parts", SERVED)
def test_a_script_made_short_takes_the_same_names_from_outside_as_it_was_written_with(
    parts: tuple[str, ...], tmp_path: Path
) -> None:
    served = tmp_path / "served.js"
    served.write_text(source(parts), encoding="utf-8")
    assert newer_than_chrome_80(served) == []
    written = told_by("free_names.js", *(FOLDER / f"{part}.js" for part in parts))
    assert told_by("free_names.js", served) == [sorted({name for names in written for name in names})]


def test_names_from_outside_are_told_from_own_ones(tmp_path: Path) -> None:
    script = tmp_path / "names.js"
    lines = "const a = ({b, c: [d]}, ...e) => { for (const f of e) try { g(f, b); } catch (h) { h.i = d; } };"
    script.write_text(lines, encoding="utf-8")
    assert told_by("free_names.js", script) == [["g"]]
