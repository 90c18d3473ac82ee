"""`bank check` reviews banks as files: errors and warnings with file, line and place, waivers in the file."""

import re

from kapuas_quiz.banks.linting import check_banks
from kapuas_quiz.core.lint import RULES
from kapuas_quiz.settings import ROOT
from tests.banks.writing import item, write_bank

GUIDE = ROOT / "docs" / "pejabat-hukum" / "menulis-soal.md"
NEGATIVE = "Manakah yang bukan tugas KPPS?"
WAIVER = {"rule": "pokok-soal-negatif", "reason": "Pengecualian diuji di sini."}


def lines(faults) -> list[str]:
    return [str(fault) for fault in faults]


def test_each_warning_about_the_banks_of_the_project_is_mended_or_waived_with_a_reason():
    report = check_banks(ROOT / "question_banks")
    assert lines(report.errors) == []
    assert lines(report.warnings) == []


def test_a_warning_names_file_line_place_repair_and_rule(tmp_path):
    path = write_bank(tmp_path, item(1), item(2, stem=NEGATIVE))
    line = 1 + path.read_text().splitlines().index(f"  stem: {NEGATIVE}")
    assert (
        f"{path}:{line}: soal logistik-002, stem: 'bukan' mudah terlewat; tulis **bukan** (tebal). "
        "[pokok-soal-negatif]"
    ) in lines(check_banks(path).warnings)


def test_waived_warnings_are_counted_and_no_longer_listed(tmp_path):
    path = write_bank(tmp_path, item(1, stem=NEGATIVE, waive=[WAIVER]))
    report = check_banks(path)
    assert report.n_waived == 1
    assert not any("pokok-soal-negatif" in line for line in lines(report.warnings))


def test_a_waiver_without_a_reason_is_refused(tmp_path):
    path = write_bank(tmp_path, item(1, waive=[{**WAIVER, "reason": "ya"}]))
    (fault,) = check_banks(path).errors
    assert fault.where == "soal logistik-001, waive[1].reason"


def test_one_file_is_compared_with_its_neighbours_whose_own_faults_stay_theirs(tmp_path):
    write_bank(tmp_path, item(1, stem="Kotak suara siapa yang menjaga malam ini?"), item(2, key="z"))
    write_bank(tmp_path, item(1, "10-data-pemilih"), area="10-data-pemilih")
    twin = item(1, "09-koordinasi")
    path = write_bank(tmp_path, twin, area="09-koordinasi")
    assert [fault.where for fault in check_banks(path).errors] == []
    assert [fault.where for fault in check_banks(tmp_path / "10-data-pemilih.yaml").errors] == [
        "soal data-pemilih-001, stem"
    ]


def test_strict_fails_on_a_warning_that_plain_check_only_lists(app, tmp_path):
    path = write_bank(tmp_path, item(1, stem=NEGATIVE))
    run = app.test_cli_runner().invoke
    plain, strict = (run(args=["bank", "check", *more, str(path)]) for more in ((), ("--strict",)))
    assert (plain.exit_code, strict.exit_code) == (0, 1)
    assert plain.output.startswith("PERINGATAN\n") and "GALAT\n" not in plain.output


def test_the_rules_are_listed_with_reason_and_book(app):
    said = app.test_cli_runner().invoke(args=["bank", "rules"]).output
    for rule in RULES.values():
        assert f"{rule.id} ({rule.severity})\n  {rule.reason}\n" in said
    assert "Haladyna, Downing & Rodriguez 2002, pedoman 17" in said


def test_the_guide_explains_exactly_the_rules_there_are():
    told = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(told) == {rule.id: rule.severity for rule in RULES.values()}
