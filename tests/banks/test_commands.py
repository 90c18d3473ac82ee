"""`flask --app app bank check|load`."""

from tests.banks.writing import item, write_bank


def test_check_prints_all_faults_and_fails(app, tmp_path):
    path = write_bank(tmp_path, item(1, key="z"), item(2, level="?"))
    done = app.test_cli_runner().invoke(args=["bank", "check", str(tmp_path)])
    assert done.exit_code == 1
    assert done.output.count(f"{path}:") == 2


def test_check_without_a_path_reads_the_banks_of_the_installation(app):
    done = app.test_cli_runner().invoke(args=["bank", "check"])
    assert (done.exit_code, done.output) == (0, "Semua berkas bank soal dapat dimuat.\n")


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
