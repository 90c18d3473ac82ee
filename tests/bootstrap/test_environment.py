"""The virtual environment: made once, renewed with its lock, and plain words when it cannot be made."""

import sys
from pathlib import Path

import pytest

from kapuas_quiz import bootstrap


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").write_text("flask==3.1.3\n")
    (tmp_path / "requirements-dev.txt").write_text("pytest==9.2.0\n")
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the installers' commands instead of running them."""
    made: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "call", made.append)
    monkeypatch.setattr(bootstrap, "find_uv", lambda: None)
    monkeypatch.setattr(bootstrap, "stamp", lambda root, lock: root / f"stamp-{lock.stem}")
    return made


def test_a_fresh_tree_gets_an_environment_with_hashed_packages(root, calls):
    bootstrap.prepare(root, testing=False)
    environment, packages = calls
    assert environment[:3] == [sys.executable, "-m", "venv"]
    assert "--require-hashes" in packages
    assert packages[-2:] == ["-r", str(root / "requirements.txt")]


def test_the_tests_bring_their_own_packages(root, calls):
    bootstrap.prepare(root, testing=True)
    assert str(root / "requirements-dev.txt") in calls[-1]


def test_uv_is_used_where_it_is_present(root, calls, monkeypatch):
    monkeypatch.setattr(bootstrap, "find_uv", lambda: "/opt/uv")
    bootstrap.prepare(root, testing=False)
    assert [command[0] for command in calls] == ["/opt/uv", "/opt/uv"]
    assert "--require-hashes" in calls[1]


def test_nothing_is_installed_again_until_the_lock_changes(root, calls, monkeypatch):
    bootstrap.prepare(root, testing=False)
    monkeypatch.setattr(bootstrap, "usable", lambda root: True)
    calls.clear()
    bootstrap.prepare(root, testing=False)
    assert calls == []
    (root / "requirements.txt").write_text("flask==3.1.4\n")
    bootstrap.prepare(root, testing=False)
    assert len(calls) == 1
    assert "install" in calls[0]


def test_a_lock_checked_out_on_windows_counts_as_the_same(tmp_path):
    unix, windows = tmp_path / "a.txt", tmp_path / "b.txt"
    unix.write_bytes(b"flask\nwtforms\n")
    windows.write_bytes(b"flask\r\nwtforms\r\n")
    assert bootstrap.fingerprint(unix) == bootstrap.fingerprint(windows)


def test_debian_without_venv_is_told_what_to_install(root, calls, monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(bootstrap.CannotPrepareError, match="apt install python3-venv"):
        bootstrap.prepare(root, testing=False)


def test_a_failed_installation_names_the_likely_causes_and_leaves_no_stamp(root, monkeypatch):
    monkeypatch.setattr(bootstrap, "find_uv", lambda: None)
    monkeypatch.setattr(bootstrap, "make_environment", lambda root, uv: None)
    monkeypatch.setattr(
        bootstrap, "environment_python", lambda root: Path(sys.prefix) / "bin" / "no-such-python"
    )
    with pytest.raises(bootstrap.CannotPrepareError, match="no-such-python"):
        bootstrap.prepare(root, testing=False)
    monkeypatch.setattr(bootstrap, "environment_python", lambda root: Path("/bin/false"))
    with pytest.raises(bootstrap.CannotPrepareError, match="sambungan internet"):
        bootstrap.prepare(root, testing=False)
    assert not (root / ".venv").exists()


def test_an_environment_of_another_python_version_is_not_used(root):
    python = bootstrap.environment_python(root)
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho 3.9\n")
    python.chmod(0o755)
    assert bootstrap.usable(root) is False
    python.write_text(f"#!/bin/sh\necho {sys.version_info[0]}.{sys.version_info[1]}\n")
    assert bootstrap.usable(root) is True
