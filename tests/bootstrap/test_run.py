"""`python3 app.py test`: which tests run, and what is said of those that cannot."""

import subprocess
from pathlib import Path

import pytest

from tests import browsers, run, tracers

CHROMIUM = Path("/usr/bin/chromium")


def have(monkeypatch, **tools):
    """Let these tools be found, or not."""
    for mark, tool in tools.items():
        monkeypatch.setitem(run.TOOLS, mark, (lambda tool=tool: tool, *run.TOOLS[mark][1:]))


def without_place(command):
    """Leave out where the tests' files live, which is new each time."""
    if "--basetemp" not in command:
        return command
    at = command.index("--basetemp")
    assert not Path(command[at + 1]).exists()
    return command[:at] + command[at + 2 :]


@pytest.fixture
def asked(monkeypatch):
    """Record what pytest would be asked, and let it succeed."""
    commands = []

    def pretend(command, **options):
        commands.append(without_place(command[3:]))
        listed = "tests/journeys/test_day.py::test_one_day\n\n1 test collected\n"
        return subprocess.CompletedProcess(command, 0, stdout=listed)

    monkeypatch.setattr(run.subprocess, "run", pretend)
    monkeypatch.setattr(run, "prepare_postgresql", lambda: None)
    have(monkeypatch, browser=CHROMIUM, old_browser=CHROMIUM, traced=Path("/usr/bin/strace"))
    monkeypatch.delenv("CI", raising=False)
    return commands


def test_everything_but_the_thorough_tests_runs_on_both_cores(asked):
    assert run.main([]) == 0
    assert asked == [["-n", "2", "-m", "not thorough"]]


def test_thorough_runs_everything(asked):
    run.main(["--thorough"])
    assert asked == [["-n", "2", "-m", ""]]


def test_other_arguments_reach_pytest(asked):
    run.main(["tests/core", "-x"])
    assert asked[0][-2:] == ["tests/core", "-x"]


def test_without_a_browser_its_tests_are_named_and_the_last_line_says_so(asked, monkeypatch, capsys):
    have(monkeypatch, browser=None)
    assert run.main([]) == 0
    assert asked[0][-1] == "not thorough and not browser"
    *_, name, last = capsys.readouterr().out.splitlines()
    assert name == "tests/journeys/test_day.py::test_one_day"
    assert last.startswith("1 pengujian peramban di atas DILEWATI")


@pytest.mark.parametrize("mark", ["browser", "traced"])
def test_on_ci_a_missing_tool_fails(asked, monkeypatch, capsys, mark):
    have(monkeypatch, **{mark: None})
    monkeypatch.setenv("CI", "true")
    assert run.main([]) == 1
    assert asked == []
    assert "pengujian gagal" in capsys.readouterr().err


def test_the_files_of_tests_live_in_memory_only_where_there_is_room(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "MEMORY", tmp_path)
    monkeypatch.setattr(run, "ROOM", 0)
    assert run.fast_place() == tmp_path
    monkeypatch.setattr(run, "ROOM", 2**80)
    assert run.fast_place() is None


def test_strace_is_installed_where_the_machine_allows(monkeypatch):
    calls = []
    monkeypatch.setattr(tracers.shutil, "which", lambda name: None)
    monkeypatch.setattr(tracers.sys, "platform", "linux")
    monkeypatch.setattr(browsers, "can_use_apt", lambda: True)
    monkeypatch.setattr(browsers, "call", lambda command: calls.append(command) or True)
    assert tracers.ensure() is None
    assert calls == [["apt-get", "install", "-y", "-qq", "strace"]]


@pytest.mark.parametrize(
    ("root", "first"), [(True, ["apt-get", "install", "-y", "-qq", "chromium"]), (False, "playwright")]
)
def test_a_missing_browser_is_fetched_the_way_the_machine_allows(monkeypatch, root, first):
    calls = []
    monkeypatch.setattr(browsers, "find", lambda: None)
    monkeypatch.setattr(browsers, "can_use_apt", lambda: root)
    monkeypatch.setattr(browsers, "call", lambda command: calls.append(command) or False)
    assert browsers.ensure() is None
    assert first in (calls[0], calls[0][2])
    assert calls[-1][1:] == ["-m", "playwright", "install", "chromium"]
