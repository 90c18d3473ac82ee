"""app.py before anything is installed: harmless to import, plain about a wrong Python."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import app
from kapuas_quiz import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13), (3, 14, 1)])
def test_a_supported_python_is_accepted(version):
    assert app.refusal(version) is None


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 15, 0)])
def test_another_python_is_refused_in_words_that_name_it(version):
    words = app.refusal(version)
    assert f"{version[0]}.{version[1]}" in words
    assert "3.11, 3.12, 3.13, atau 3.14" in words
    assert "python.org" in words


def test_another_implementation_is_refused_in_words_that_name_it():
    assert "pypy" in app.refusal((3, 11, 9), "pypy")


def test_old_pythons_can_read_the_file_that_refuses_them():
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Match)
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert not any(argument.annotation for argument in node.args.args)
            assert not node.args.kwonlyargs
            assert not node.args.posonlyargs


def test_importing_app_needs_nothing_and_leaves_nothing_behind(tmp_path):
    script = (
        "import sys, app, kapuas_quiz.bootstrap\n"
        "print([name for name in sys.modules if name.startswith(('flask', 'sqlalchemy', 'granian'))])\n"
        "print('factory' in dir(sys.modules['kapuas_quiz']))"
    )
    environment = {**os.environ, "KAPUAS_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "False"], done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_application_is_built_once_when_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("KAPUAS_DATA", str(tmp_path))
    script = "import app; print(app.app is app.app, app.app.name, app.demo.config['SETTINGS'].demo)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "True kapuas_quiz.factory True\n", done.stderr


def test_an_unknown_attribute_of_app_is_missing():
    with pytest.raises(AttributeError):
        _ = app.nothing


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("serve", [])),
        (["--port", "9000"], ("serve", ["--port", "9000"])),
        (["serve", "--no-browser"], ("serve", ["--no-browser"])),
        (["test", "tests/core", "-x"], ("test", ["tests/core", "-x"])),
        (["demo"], ("demo", [])),
        (["--help"], ("help", [])),
    ],
)
def test_the_first_word_is_the_command_and_serve_goes_without_saying(arguments, expected):
    assert bootstrap.split_command(arguments) == expected


def test_an_unknown_command_is_answered_with_the_known_ones(capsys):
    assert bootstrap.run(["tset"]) == 2
    assert "python3 app.py test" in capsys.readouterr().out


def test_stopping_the_installation_ends_in_words(monkeypatch, capsys):
    def interrupted(root, *, testing):
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "prepare", interrupted)
    assert bootstrap.run([]) == 1
    assert "perintah yang sama untuk melanjutkan" in capsys.readouterr().err
