"""The layouts that come with the program, and what a faulty one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.layouts import FOLDER, load_layouts
from kapuas_quiz.core.facts import NOT_YET
from kapuas_quiz.core.result_forms.layout import Layout
from kapuas_quiz.core.result_forms.soundness import layout_fault
from tests.core.result_forms.samples import LAYOUTS, generators

DOCUMENTS = Path(__file__).parents[3] / "docs"


def test_every_layout_leans_on_facts_that_may_be_used() -> None:
    facts = load_facts()
    for layout in LAYOUTS.values():
        named = [*layout.facts, *(fact for rule in layout.rules for fact in rule.facts)]
        assert [name for name in named if facts[name].use == NOT_YET] == []


def test_no_layout_speaks_with_the_words_of_the_general_election() -> None:
    for path in FOLDER.glob("*.yaml"):
        assert "DPK" not in path.read_text(encoding="utf-8")


def test_every_layout_in_every_size_gives_sheets_at_once() -> None:
    for generator in generators():
        for seed in range(40):
            assert min(generator.sheet(seed).values()) >= 0


def faulty(folder: Path, old: str, new: str) -> Path:
    text = (FOLDER / "c-hasil-suara.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "c-hasil-suara.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: c-hasil-suara", "name: lain", r"^c-hasil-suara\.yaml:1: name harus 'c-hasil-suara'"),
        ("total: terima", "jumlah: terima", r"^c-hasil-suara\.yaml:21: "),
        ("title: Surat suara", "title: &a Surat suara", r"^c-hasil-suara\.yaml:8: jangkar"),
        ("total: terima", "total: hilang", r"^c-hasil-suara\.yaml: aturan 'surat-suara'"),
    ],
)
def test_a_faulty_layout_is_named_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        load_layouts(faulty(tmp_path, old, new))


def test_the_example_in_the_documents_is_a_sound_layout() -> None:
    text = (DOCUMENTS / "pejabat-hukum" / "formulir-hasil.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    document = yaml_events.parse(example)
    assert document.faults == []
    assert layout_fault(Layout.model_validate(document.value)) is None
