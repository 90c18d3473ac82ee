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
    ],
)
def test_points_part_thousands_and_a_comma_parts_decimals(typed: str, meant: str) -> None:
    assert indonesian_number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["", "dua", "1.2.3", "1,234.5", "12.3456.789", "1e3", "0x1f", "٣", "--2", "5,"]
)
def test_what_is_no_number_stays_none(typed: str) -> None:
    assert indonesian_number(typed) is None
