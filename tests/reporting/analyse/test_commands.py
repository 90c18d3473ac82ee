"""`flask --app app analyse ...` on files."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

from kapuas_quiz.core.psychometrics.distractors import LEFT_OUT
from kapuas_quiz.settings import ROOT
from tests.core.psychometrics.law_school import COUNTS_6, persons

ONE_DATABASE = True


def run(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(args=["analyse", *(str(arg) for arg in args)])


def figures(app: Flask, *args: object) -> dict[str, object]:
    done = run(app, *args, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def law_school(tmp_path: Path) -> Path:
    path = tmp_path / "lsat6.csv"
    rows = [f"p{i},{','.join(str(int(point)) for point in row)}" for i, row in enumerate(persons(COUNTS_6))]
    path.write_text("NIK,s1,s2,s3,s4,s5\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def choices(tmp_path: Path) -> tuple[Path, Path]:
    """Sixty persons, ten items, the first with a mistyped key, the last one left out by every fourth."""
    generator = np.random.default_rng(7)
    knows = generator.random((60, 10)) < generator.beta(4, 2, (60, 1))
    chosen = np.where(knows, 0, generator.integers(1, 4, knows.shape))
    chosen[::4, -1] = LEFT_OUT
    lines = [
        ";".join([str(i), *("ABCD"[option] if option >= 0 else "" for option in row)])
        for i, row in enumerate(chosen)
    ]
    names = [f"Soal {number}" for number in range(1, 11)]
    path, key = tmp_path / "pilihan.csv", tmp_path / "kunci.json"
    path.write_text("\n".join([";".join(["NIK", *names]), *lines, "99" + ";" * 10]), encoding="utf-8")
    keys = {name: {"key": "A", "options": list("ABCD")} for name in names}
    keys["Soal 1"]["key"] = "B"
    key.write_text(json.dumps(keys), encoding="utf-8")
    return path, key


def test_the_law_school_test_in_full_precision(app: Flask, law_school: Path) -> None:
    found = figures(app, "items", law_school, "--id-column", "NIK")
    (form,) = found["forms"]  # type: ignore[misc]
    assert form["alpha"] == pytest.approx(0.2949972, abs=1e-7)
    assert form["rasch"]["discrimination"] == pytest.approx(0.7551, abs=1e-4)
    assert (found["n_persons"], form["form"], form["form_reason"]) == (1000, None, "tanpa-paket")


def test_the_report_is_read_by_people(app: Flask, choices: tuple[Path, Path]) -> None:
    path, key = choices
    said = run(app, "items", path, "--id-column", "NIK", "--key", key).output
    assert "60 orang; 1 tanpa satu jawaban pun tidak dihitung." in said
    assert "Orangnya sedikit: semua angka kasar." in said
    assert "Kunci mungkin salah: penjawab kuat memilih A" in said
    assert "15 dari 60 orang tidak sampai ke soal ini." in said
    assert "Model Rasch: - (kurang dari 200 orang)." in said
    assert "None" not in said
    assert "nan" not in said


def test_flags_name_options_by_their_text(app: Flask, choices: tuple[Path, Path]) -> None:
    path, key = choices
    found = figures(app, "items", path, "--id-column", "NIK", "--key", key)
    first, *_, last = found["items"]  # type: ignore[misc]
    assert first["flags"][0]["code"] == "kunci-mungkin-salah"
    assert first["flags"][0]["option"] == "A"
    assert [option["option"] for option in first["options"] if option["key"]] == ["B"]
    assert (last["not_reached"], last["unanswered"]["n"], last["guess_points"]) == (15, 15, 0.25)


def test_forms_are_reported_apart(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "dua.csv"
    path.write_text(
        "p,a,b,c\n" + "A,1,0,\nA,1,1,\nA,0,0,\n" * 8 + "B,,1,1\nB,,0,1\nB,,0,0\n" * 8, encoding="utf-8"
    )
    found = figures(app, "items", path, "--form-column", "p")
    assert [form["form"] for form in found["forms"]] == ["A", "B"]  # type: ignore[attr-defined]
    assert [item["n"] for item in found["items"]] == [24, 48, 24]  # type: ignore[attr-defined]
    assert "Paket A: 24 orang, 2 soal" in run(app, "items", path, "--form-column", "p").output


DEGENERATE = {
    "one person": "a,b,c\n1,0,1\n",
    "one item": "a\n1\n0\n",
    "all right": "a,b\n" + "1,1\n" * 30,
    "all wrong": "a,b\n" + "0,0\n" * 30,
    "no variance of totals": "a,b\n" + "0,1\n1,0\n" * 20,
    "parts of points": "a,b,c\n" + "0.5,1,0\n0.25,0,0\n1,1,0.5\n" * 10,
}


@pytest.mark.parametrize("text", DEGENERATE.values(), ids=DEGENERATE.keys())
def test_what_is_undefined_is_null_with_a_reason_and_a_dash(app: Flask, tmp_path: Path, text: str) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text(text, encoding="utf-8")
    reasons(figures(app, "items", path))
    reasons(figures(app, "decision", path, "--cut", "0.7"))
    for args in (["items", path], ["decision", path, "--cut", "0.7"]):
        done = run(app, *args)
        assert done.exit_code == 0, done.output
        assert "None" not in done.output
        assert "nan" not in done.output


def reasons(value: object) -> None:
    """Hold every null to its reason, in words that exist."""
    from kapuas_quiz.reporting.analyse.answers import REASONS

    if isinstance(value, list):
        for part in value:
            reasons(part)
    if isinstance(value, dict):
        for name, part in value.items():
            if part is None and name != "fallback":
                reason = value.get(f"{name}_reason")
                assert reason in REASONS, (name, reason)
            reasons(part)


def test_totals_alone_say_what_they_can(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "nilai.csv"
    totals = persons(COUNTS_6).sum(axis=1)
    path.write_text("nilai\n" + "\n".join(str(int(total)) for total in totals) + "\n\n", encoding="utf-8")
    args = ["totals", path, "--column", "nilai", "--max-score", "5", "--cut", "0.7"]
    found = figures(app, *args, "--right-or-wrong")
    assert (found["n_passing"], found["points_needed"]) == (int((totals >= 4).sum()), 4)
    assert found["kr21"] == pytest.approx(5 / 4 * (1 - 3.819 * 1.181 / (5 * float(totals.var()))))
    plain = figures(app, *args)
    reasons(plain)
    assert (plain["kr21"], plain["kr21_reason"]) == (None, "bukan-hitungan-benar")
    assert "tambahkan --right-or-wrong" in run(app, *args).output
    assert "Huynh: dari 100 orang" in run(app, *args, "--right-or-wrong").output


@pytest.mark.parametrize("rows", ["3\n", "3\n3\n", "0\n5\n"])
def test_few_totals_are_no_reason_to_stop(app: Flask, tmp_path: Path, rows: str) -> None:
    path = tmp_path / "nilai.csv"
    path.write_text("nilai\n" + rows, encoding="utf-8")
    args = ["totals", path, "--column", "nilai", "--max-score", "5", "--cut", "0.7", "--right-or-wrong"]
    reasons(figures(app, *args))
    done = run(app, *args)
    assert (done.exit_code, "None" in done.output) == (0, False)


def test_the_same_people_twice_have_gained_nothing(app: Flask, law_school: Path) -> None:
    found = figures(app, "gain", law_school, law_school, "--id-column", "NIK")
    assert (found["n_matched"], found["mean_difference"]) == (1000, 0)
    assert found["pre_error"] == pytest.approx(0.8690666 / 5, abs=1e-7)
    assert (
        "1000 orang ikut kedua tes" in run(app, "gain", law_school, law_school, "--id-column", "NIK").output
    )


def test_a_bare_column_of_totals_has_a_cut_in_its_own_unit(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "nilai.csv"
    path.write_text("nilai\n60\n75\n90\n", encoding="utf-8")
    found = figures(app, "totals", path, "--cut", "75")
    reasons(found)
    assert (found["n_passing"], found["points_needed"], found["max_points"]) == (2, 75, None)
    assert "Batas lulus 75 poin. Lulus: 2 dari 3 orang" in run(app, "totals", path, "--cut", "75").output


def test_without_a_column_of_ids_persons_are_matched_row_by_row_and_that_is_said(
    app: Flask, tmp_path: Path
) -> None:
    pre, post = tmp_path / "awal.csv", tmp_path / "akhir.csv"
    pre.write_text("s1,s2\n1,0\n,\n0,0\n", encoding="utf-8")
    post.write_text("s1,s2\n1,1\n1,0\n0,1\n", encoding="utf-8")
    found = figures(app, "gain", pre, post)
    assert (found["matched_by"], found["n_matched"], found["n_post_only"]) == ("baris", 2, 1)
    assert found["mean_difference"] == pytest.approx(0.5)
    assert run(app, "gain", pre, post).output.startswith("Dicocokkan baris demi baris")
    post.write_text("s1,s2\n1,1\n", encoding="utf-8")
    refused = run(app, "gain", pre, post)
    assert refused.exit_code == 1
    assert "tes awal 3 baris, tes akhir 1" in refused.output


def test_a_decision_is_judged_by_alpha(app: Flask, law_school: Path) -> None:
    found = figures(app, "decision", law_school, "--id-column", "NIK", "--cut", "0.7")
    assert found["alpha"] == pytest.approx(0.2949972, abs=1e-7)
    assert isinstance(found["livingston_lewis"], dict)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["items"], "baris 2, kolom 'NIK': 'p0' bukan"),
        (["items", "--id-column", "NIP"], "tidak ada kolom bernama 'NIP'"),
        (["items", "--id-column", "NIK", "--max-score", "s1=banyak"], "harus angka di atas 0"),
        (["items", "--id-column", "NIK", "--max-score", "inf"], "harus angka di atas 0"),
        (["items", "--id-column", "NIK", "--max-score", "0.5"], "tidak di antara 0 dan 0.5"),
        (["decision", "--id-column", "NIK", "--cut", "70"], "--cut"),
        (["totals", "--column", "s9", "--max-score", "1", "--cut", "0.7"], "tidak ada kolom bernama 's9'"),
        (["totals", "--column", "s1", "--max-score", "1", "--cut", "3"], "harus bagian"),
        (["totals", "--cut", "3"], "sebut kolom nilai dengan --column"),
    ],
)
def test_mistakes_end_with_words(app: Flask, law_school: Path, args: list[str], said: str) -> None:
    name, *options = args
    done = run(app, name, law_school, *options)
    assert done.exit_code != 0
    assert said in done.output


def test_a_refused_file_is_named(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "rusak.csv"
    path.write_bytes(b"PK\x03\x04\xff")
    done = run(app, "items", path)
    assert f"{path}: bukan berkas CSV" in done.output


def alone(tmp_path: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run Python beside an installation that was never prepared."""
    env = {"KAPUAS_DATA": str(tmp_path / "data"), "PATH": ""}
    return subprocess.run([sys.executable, *args], cwd=ROOT, env=env, capture_output=True, text=True)


def test_nothing_needs_to_be_prepared_and_nothing_is_written(tmp_path: Path, law_school: Path) -> None:
    done = alone(
        tmp_path, "-m", "flask", "--app", "app", "analyse", "items", str(law_school), "--id-column", "NIK"
    )
    assert done.returncode == 0, done.stderr
    assert "alpha 0,29" in done.stdout
    assert not (tmp_path / "data").exists()


def test_the_server_idles_without_numpy(tmp_path: Path) -> None:
    program = (
        "import sys; from kapuas_quiz.factory import create_app; create_app(); "
        "assert 'kapuas_quiz.reporting.analyse.commands' in sys.modules; assert 'numpy' not in sys.modules"
    )
    done = alone(tmp_path, "-c", program)
    assert done.returncode == 0, done.stderr
