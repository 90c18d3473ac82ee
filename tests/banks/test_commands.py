"""`flask --app app bank check|load`."""

import pytest
from sqlalchemy import func, select

from kapuas_quiz.banks import commands
from kapuas_quiz.banks.models import Item
from tests.banks.writing import item, write_bank


def test_check_prints_all_faults_and_fails(app, tmp_path):
    path = write_bank(tmp_path, item(1, key="z"), item(2, level="?"))
    done = app.test_cli_runner().invoke(args=["bank", "check", str(tmp_path)])
    assert done.exit_code == 1
    assert done.output.count(f"{path}:") == 2


def test_check_without_a_path_reads_the_banks_of_the_installation(app):
    done = app.test_cli_runner().invoke(args=["bank", "check"])
    assert done.exit_code == 0
    assert "Semua berkas bank soal dapat dimuat.\n0 galat" in done.output


def test_load_says_what_it_did_for_each_file(app, tmp_path):
    write_bank(tmp_path)
    runner = app.test_cli_runner()
    assert (
        "08-logistik.yaml: 1 soal, 1 baru, 0 berubah"
        in runner.invoke(args=["bank", "load", str(tmp_path)]).output
    )
    write_bank(tmp_path, item(1, key="z"))
    again = runner.invoke(args=["bank", "load", str(tmp_path)])
    assert again.exit_code == 1
    assert "0 baru, 0 berubah, 0 ditarik, 1 galat" in again.output


@pytest.mark.parametrize("command", ["check", "load"])
def test_a_folder_without_bank_files_is_a_mistake_and_takes_no_item_out_of_use(
    app, session, tmp_path, command
):
    runner = app.test_cli_runner()
    runner.invoke(args=["bank", "load"])
    done = runner.invoke(args=["bank", command, str(tmp_path)])
    assert done.exit_code == 1
    assert f"tidak ada berkas *.yaml di {tmp_path}" in done.output
    in_use = select(func.count()).select_from(Item).where(Item.removed_at.is_(None))
    assert session.scalar(in_use) > 0


def test_a_pattern_that_matched_no_file_is_a_fault(app, tmp_path):
    done = app.test_cli_runner().invoke(args=["bank", "check", str(tmp_path / "*.yaml")])
    assert done.exit_code == 1
    assert "tidak dapat dibaca" in done.output


def test_only_the_first_faults_are_printed_and_the_rest_counted(app, tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "SHOWN", 2)
    path = write_bank(tmp_path, *(item(number, key="z") for number in range(1, 6)))
    for command in ("check", "load"):
        done = app.test_cli_runner().invoke(args=["bank", command, str(tmp_path)])
        assert done.output.count(f"{path}:") == 2
        assert "... dan 3 galat lagi." in done.output
