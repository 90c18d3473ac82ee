"""Commands where nothing was prepared yet: reading leaves nothing behind, the rest says what to do first."""

import os
import subprocess
import sys

import pytest

from kapuas_quiz.settings import ROOT, load_settings


def flask(data, *arguments, app="app"):
    """Run `flask --app app` as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", app, *arguments],
        cwd=ROOT,
        env={**os.environ, "KAPUAS_DATA": str(data)},
        capture_output=True,
        text=True,
    )


def test_checking_a_bank_needs_no_secret_and_no_database_and_leaves_nothing(tmp_path):
    data = tmp_path / "data"
    done = flask(data, "bank", "check", "question_banks/08-logistik.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "dapat dimuat" in done.stdout
    assert not data.exists()


@pytest.mark.parametrize("words", [("bank", "load"), ("backup",), ("staff", "invite")])
@pytest.mark.parametrize("app", ["app", "app:demo"])
def test_what_needs_the_database_says_in_words_that_it_is_not_prepared(tmp_path, words, app):
    data = tmp_path / "data"
    done = flask(data, *words, app=app)
    assert done.returncode == 1
    assert "belum disiapkan" in done.stderr and "python3 app.py" in done.stderr
    assert "Traceback" not in done.stderr
    assert not data.exists()


def test_a_folder_with_a_secret_and_no_database_gets_none_from_a_command(tmp_path):
    load_settings({"KAPUAS_DATA": str(tmp_path)})
    done = flask(tmp_path, "backup")
    assert "belum disiapkan" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["rahasia.json"]


def test_settings_that_only_read_find_the_stored_secret(tmp_path):
    made = load_settings({"KAPUAS_DATA": str(tmp_path)})
    read = load_settings({"KAPUAS_DATA": str(tmp_path)}, making=False)
    assert read.prepared
    assert read.secrets == made.secrets
