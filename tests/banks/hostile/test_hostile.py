"""Hostile bank files are refused with file and line, and cost neither the machine nor the program."""

import json
import subprocess
import sys

import pytest

from kapuas_quiz.settings import ROOT
from tests.banks.hostile.corpus import CASES


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, tuple[bool, list[int], str]]:
    command = [sys.executable, "-m", "tests.banks.hostile.reading", str(tmp_path_factory.mktemp("banks"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    after = rows[-1][0] if rows else "nothing"
    assert done.returncode == 0, f"ended after {after!r}: {done.stderr[-2000:]}"
    return {name: tuple(rest) for name, *rest in rows}


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, _, line in CASES])
def test_a_hostile_file_is_refused_at_its_line_or_read_as_what_it_is(told, name, line):
    accepted, lines, first = told[name]
    assert accepted == (line is None), first
    assert lines[:1] == ([] if line is None else [line]), first
