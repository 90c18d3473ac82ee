"""The JSON Schema beside the banks is the loader's own, and editors that use it find the loader's faults."""

import json

import jsonschema_rs
import pytest

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.core.bank_schema import schema_text
from kapuas_quiz.core.items import ITEM_TYPES
from kapuas_quiz.settings import ROOT
from tests.core.bank_samples import raw_bank, raw_item

FOLDER = ROOT / "question_banks"
COMMITTED = FOLDER / "bank.schema.json"
BANKS = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def schema():
    return jsonschema_rs.validator_for(json.loads(COMMITTED.read_text(encoding="utf-8")))


def faults(schema, value) -> list[str]:
    return ["/".join(map(str, error.instance_path)) for error in schema.iter_errors(value)]


def test_the_committed_schema_is_current():
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "jalankan: flask --app app bank schema"


def test_the_command_writes_the_schema(app, tmp_path):
    app.test_cli_runner().invoke(args=["bank", "schema", str(tmp_path / "x.json")])
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_each_bank_names_the_schema_and_satisfies_it(schema, path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=bank.schema.json\n")
    assert faults(schema, yaml_events.parse(text).value) == []


def test_the_schema_knows_every_type():
    kinds = json.loads(schema_text())["properties"]["items"]["items"]["properties"]["type"]["enum"]
    assert kinds == list(ITEM_TYPES)


@pytest.mark.parametrize(
    ("bent", "place"),
    [
        ({"optoins": []}, "items/0"),
        ({"key": 3}, "items/0/key"),
        ({"type": "pilihan"}, "items/0/type"),
        ({"type": "number"}, "items/0"),
        ({"level": "hafal"}, "items/0/level"),
        ({"id": "Logistik 1"}, "items/0/id"),
        ({"options": [{"id": "a"}]}, "items/0/options/0"),
        ({"waive": [{"rule": "x", "reason": "ya"}]}, "items/0/waive/0/reason"),
        ({"picture": {"file": "x.png"}}, "items/0/picture"),
    ],
)
def test_a_fault_of_an_author_is_found_at_its_place(schema, bent, place):
    assert place in faults(schema, raw_bank(raw_item(**bent)))


def test_every_key_that_an_author_writes_is_explained():
    whole = json.loads(schema_text())
    unexplained = {
        name
        for part in (whole, *whole["$defs"].values())
        for name, value in part.get("properties", {}).items()
        if "description" not in value
    }
    assert unexplained == set()
