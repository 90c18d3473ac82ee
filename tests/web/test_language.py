"""English is the complete second language: nothing is missing, no slot is lost, pages speak it throughout."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import gettext, pgettext

from kapuas_quiz.settings import ROOT
from kapuas_quiz.web.filters import pukul
from tests.pages import PageClient

FOLDER = ROOT / "kapuas_quiz" / "translations" / "en" / "LC_MESSAGES"
EXTRACT = "pybabel extract -F pyproject.toml -k _l -k N_ -k lazy_pgettext:1c,2 --no-location --sort-output"
UPDATE = (
    "pybabel update -d kapuas_quiz/translations -l en"
    " --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date"
)
COMPILE = "pybabel compile -d kapuas_quiz/translations"
REPAIR = f"{EXTRACT} -o messages.pot .\n{UPDATE} -i messages.pot\n(translate)\n{COMPILE}"
SAID = ("aria-label", "data-label", "data-title", "title", "placeholder", "alt")
SLOT = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
INDONESIAN = re.compile(
    r"\b(?:anda|belum|dan|dengan|halaman|jawaban|kartu|masuk|panitia|peserta|sandi|soal|sudah|tidak|untuk|yang)\b",
    re.IGNORECASE,
)

Key = tuple[str | None, str]


def key_of(message: Message) -> Key:
    """Tell a message from every other: its context and its Indonesian text."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def by_key(catalog: Catalog) -> dict[Key, Message]:
    """Return the messages of a catalogue without its header."""
    return {key_of(message): message for message in catalog if message.id}


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return singular and plural, or the one form there is."""
    return (words,) if isinstance(words, str) else tuple(words)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Message]:
    """Every message that the code and the templates ask for now."""
    found = tmp_path_factory.mktemp("words") / "messages.pot"
    program, *words = EXTRACT.split()
    options = [str(ROOT / word) if word == "pyproject.toml" else word for word in words]
    CommandLineInterface().run([program, "-q", *options, "-o", str(found), str(ROOT)])
    return by_key(catalogue(found))


@pytest.fixture(scope="module")
def english() -> dict[Key, Message]:
    """The English catalogue as it is written."""
    return by_key(catalogue(FOLDER / "messages.po"))


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en" if path.suffix == ".po" else None)


def test_every_message_has_english_words(wanted: dict[Key, Message], english: dict[Key, Message]) -> None:
    missing = [
        key
        for key in wanted
        if key not in english or english[key].fuzzy or not all(forms(english[key].string))
    ]
    assert not missing, f"without English: {missing}\nRepair with:\n{REPAIR}"


def test_the_catalogue_keeps_nothing_that_is_no_longer_asked_for(
    wanted: dict[Key, Message], english: dict[Key, Message]
) -> None:
    left_over = [key for key in english if key not in wanted]
    assert not left_over, f"no longer used: {left_over}\nRepair with:\n{REPAIR}"


def test_the_compiled_catalogue_says_what_is_written() -> None:
    fresh = io.BytesIO()
    write_mo(fresh, catalogue(FOLDER / "messages.po"))
    fresh.seek(0)
    written = {key: forms(message.string) for key, message in by_key(read_mo(fresh)).items()}
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = {key: forms(message.string) for key, message in by_key(read_mo(file)).items()}
    differing = dict(written.items() ^ compiled.items())
    assert not differing, f"compiled otherwise: {differing}\nRepair with:\n{COMPILE}"


def test_both_languages_have_the_same_slots(english: dict[Key, Message]) -> None:
    for message in english.values():
        expected = Counter(SLOT.findall(forms(message.id)[0]))
        for words in forms(message.string):
            assert Counter(SLOT.findall(words)) == expected, f"{message.id!r} and {words!r}"


def test_the_developer_reads_the_same_commands() -> None:
    page = (ROOT / "docs" / "developer" / "architecture.md").read_text(encoding="utf-8")
    for command in (EXTRACT, UPDATE, COMPILE):
        assert " ".join(command.split()) in " ".join(page.replace("\\\n", " ").split())


@pytest.mark.parametrize(
    ("address", "status"), [("/masuk", 200), ("/k", 200), ("/k/tidak-ada", 200), ("/tidak-ada", 404)]
)
def test_a_page_in_english_is_english_throughout(client: PageClient, address: str, status: int) -> None:
    page = client.get(f"{address}?bahasa=en", status)
    root = page.find("html")
    assert root is not None
    assert root["lang"] == "en"
    for switch in page.select('[lang="id"]'):
        switch.decompose()
    attributes = [str(tag[name]) for name in SAID for tag in page.select(f"[{name}]")]
    phrases = json.loads(page.select_one("#kata").get_text()).values() if page.select_one("#kata") else ()
    shown = SLOT.sub("", " ".join([page.get_text(" "), *attributes, *phrases]))
    assert not INDONESIAN.findall(shown)


def test_a_time_is_written_as_its_language_writes_it(app: Flask) -> None:
    for language, written in (("id", "08.30 WIB"), ("en", "08:30 WIB")):
        with app.test_request_context(f"/?bahasa={language}"):
            assert pukul(datetime(2024, 11, 27, 1, 30, tzinfo=UTC)) == written


def test_one_word_with_two_meanings_has_two_translations(app: Flask) -> None:
    with app.test_request_context("/?bahasa=en"):
        assert (gettext("Mulai"), pgettext("hitungan", "Mulai")) == ("Start", "Started")
    with app.test_request_context("/"):
        assert pgettext("hitungan", "Mulai") == "Mulai"
