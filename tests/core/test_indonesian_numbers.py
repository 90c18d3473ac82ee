"""Numbers as typed on phones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kapuas_quiz.core.indonesian_numbers import indonesian_number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("600", "600"),
        ("007", "7"),
        ("1.234", "1234"),
        ("1.234.567,25", "1234567.25"),
        (" 1 234 ", "1234"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("2.50", "2.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("0.500", "0.5"),
        ("-0.250", "-0.25"),
        ("Rp 600", "600"),
        ("Rp. 1.250.000,-", "1250000"),
        ("600,-", "600"),
        ("600,–", "600"),
        ("75%", "75"),
        ("12,5 %", "12.5"),
        ("+5", "5"),
    ],
)
def test_points_part_thousands_and_a_comma_parts_decimals(typed: str, meant: str) -> None:
    assert indonesian_number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "dua",
        "1.2.3",
        "1,234.5",
        "12.3456.789",
        "1e3",
        "0x1f",
        "٣",
        "--2",
        "5,",
        "+-5",
        "0.500.000",
        "600 pemilih",
        "%",
        "Rp",
    ],
)
def test_what_is_no_number_stays_none(typed: str) -> None:
    assert indonesian_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "unit", "meant"),
    [
        ("600 pemilih", "pemilih", "600"),
        ("1.200 Pemilih", "pemilih", "1200"),
        ("75 persen", "persen", "75"),
        ("75%", "%", "75"),
        ("20 juta", "juta rupiah", "20"),
        ("Rp 20 juta rupiah", "juta rupiah", "20"),
        ("5 desa", "desa/kelurahan", "5"),
        ("600", "pemilih", "600"),
    ],
)
def test_the_unit_may_be_typed_too(typed: str, unit: str, meant: str) -> None:
    assert indonesian_number(typed, unit) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "unit"), [("600 kursi", "pemilih"), ("20 rupiah", "juta rupiah"), ("pemilih", "pemilih")]
)
def test_another_unit_is_no_number_of_this_one(typed: str, unit: str) -> None:
    assert indonesian_number(typed, unit) is None
