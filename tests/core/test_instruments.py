"""The register of instruments: names with amendments, and what was in force."""

from datetime import date

import pytest

from kapuas_quiz.core.instruments import Instrument, instrument_faults, named, unknown_amendments


def instrument(name: str, *amended_by: str, year: int = 2015, since=None, until=None) -> Instrument:
    return Instrument(name, "UU", "1", year, "", since, until, amended_by, "")


def register(*entries: Instrument) -> dict[str, Instrument]:
    return {entry.id: entry for entry in entries}


@pytest.mark.parametrize(
    ("amended_by", "name"),
    [
        ((), "UU 1"),
        (("UU 8",), "UU 1 sebagaimana diubah dengan UU 8"),
        (("UU 8", "UU 10"), "UU 1 sebagaimana diubah dengan UU 8 dan UU 10"),
        (("UU 8", "UU 10", "UU 6"), "UU 1 sebagaimana diubah dengan UU 8, UU 10, dan UU 6"),
    ],
)
def test_an_instrument_is_named_with_what_amended_it(amended_by, name):
    assert named("UU 1", register(instrument("UU 1", *amended_by))) == name


def test_a_name_outside_the_register_stays_as_it_is():
    assert named("UU 9", {}) == "UU 9"


@pytest.mark.parametrize(
    ("entry", "in_force"),
    [
        (instrument("X"), True),
        (instrument("X", since=date(2024, 11, 27), until=date(2024, 11, 27)), True),
        (instrument("X", since=date(2024, 11, 28)), False),
        (instrument("X", until=date(2024, 11, 26)), False),
        (instrument("X", year=2025), False),
    ],
)
def test_what_was_not_in_force_on_election_day_is_refused(entry, in_force):
    assert entry.in_force(date(2024, 11, 27)) is in_force
    assert bool(list(instrument_faults("X", register(entry)))) is not in_force


def test_an_instrument_that_the_register_lacks_is_refused_with_its_repair():
    (message,) = instrument_faults("UU 1 sebagaimana diubah dengan UU 8", register(instrument("UU 1")))
    assert "tulis id yang ada di sana" in message


def test_no_instrument_is_no_fault():
    assert list(instrument_faults("", {})) == []


def test_an_amendment_that_the_register_lacks_is_found():
    assert unknown_amendments(register(instrument("UU 1", "UU 8"))) == [("UU 1", "UU 8")]
