"""The guide for law officers shows a file that the program accepts, and commands that exist."""

import re

from kapuas_quiz.banks.service import check
from kapuas_quiz.settings import ROOT

GUIDES = ROOT / "docs" / "pejabat-hukum"
GUIDE = (GUIDES / "bank-soal.md").read_text(encoding="utf-8")
WRITING = (GUIDES / "menulis-soal.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide_can_be_loaded(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    path = tmp_path / "11-badan-adhoc.yaml"
    path.write_text(example, encoding="utf-8")
    assert [str(fault) for fault in check(path)] == []


def test_the_commands_of_the_guide_exist(app):
    group = app.cli.commands["bank"]
    assert set(re.findall(r"flask --app app bank (\w+)", GUIDE + WRITING)) == set(group.commands)
