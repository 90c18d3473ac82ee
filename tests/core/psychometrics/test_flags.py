"""What about an item is pointed at, and when nothing is said."""

from dataclasses import replace

import numpy as np
import pytest

from kapuas_quiz.core.psychometrics.analysis import analyse_items
from kapuas_quiz.core.psychometrics.distractors import LEFT_OUT, OptionStatistics, tabulate_options
from kapuas_quiz.core.psychometrics.flags import Code, flag_item, surely_positive
from kapuas_quiz.core.psychometrics.items import ItemStatistics

GOOD = ItemStatistics(
    n=40,
    facility=0.6,
    sd=0.5,
    item_rest=0.3,
    upper_lower=0.4,
    efficiency=0.5,
    obstacle=None,
    omitted=0,
    not_reached=0,
)


def option(number: int, share: float, upper: float, r: float | None) -> OptionStatistics:
    return OptionStatistics(number, round(40 * share), share, r, 0.2, upper, None)


FINE = [option(0, 0.6, 0.8, 0.3), option(1, 0.3, 0.1, -0.2), option(2, 0.1, 0.1, -0.2)]


def codes(item: ItemStatistics, options: list[OptionStatistics] = FINE) -> list[Code]:
    return [flag.code for flag in flag_item(item, options, {0})]


def test_a_good_item_is_left_alone() -> None:
    assert codes(GOOD) == []


def test_of_too_few_persons_nothing_else_is_said() -> None:
    assert codes(replace(GOOD, n=19, facility=0.0, item_rest=-0.5)) == [Code.FEW_PERSONS]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (replace(GOOD, item_rest=0.0), Code.NOT_POSITIVE),
        (replace(GOOD, facility=0.96), Code.TOO_EASY),
        (replace(GOOD, facility=0.24), Code.TOO_HARD),
        (replace(GOOD, omitted=5), Code.OMITTED),
        (replace(GOOD, not_reached=5), Code.NOT_REACHED),
    ],
)
def test_each_fault_has_its_code(item: ItemStatistics, code: Code) -> None:
    assert codes(item) == [code]


def test_an_undefined_correlation_is_no_bad_one() -> None:
    assert codes(replace(GOOD, item_rest=None)) == []


def test_a_distractor_that_the_strong_choose_is_named() -> None:
    wrong = [option(0, 0.3, 0.2, -0.2), option(1, 0.6, 0.7, 0.4), option(LEFT_OUT, 0.1, 0.9, 0.5)]
    (flag,) = flag_item(GOOD, wrong, {0})
    assert flag.code is Code.WRONG_KEY
    assert flag.figures == {"option": 1, "upper": 0.7, "upper_key": 0.2, "r": 0.4}


def test_what_chance_may_have_done_is_not_held_against_a_key() -> None:
    """r = .25 of 40 persons: atanh(.25) sqrt(37) = 1.55, below 1.64."""
    assert codes(GOOD, [option(0, 0.3, 0.2, -0.2), option(1, 0.6, 0.7, 0.25)]) == []
    assert (surely_positive(0.25, 40), surely_positive(0.27, 40)) == (False, True)
    assert (surely_positive(1.0, 3), surely_positive(1.0, 4)) == (False, True)


def test_a_distractor_that_nobody_takes_is_named_unless_the_item_is_easy() -> None:
    options = [*FINE, option(3, 0.0, 0.0, None), option(LEFT_OUT, 0.0, 0.0, None)]
    assert codes(GOOD, options) == [Code.UNUSED]
    assert codes(replace(GOOD, facility=0.97), options) == [Code.TOO_EASY]


def test_a_key_that_was_mistyped_is_found_in_answers() -> None:
    """Twenty items, 200 persons who know them by degrees; the key of the first names a distractor."""
    generator = np.random.default_rng(7)
    knows = generator.random((200, 20)) < generator.beta(4, 2, (200, 1))
    chosen = np.where(knows, 0, generator.integers(1, 4, knows.shape))
    worth = [[0.0, 1.0, 0.0, 0.0], *[[1.0, 0.0, 0.0, 0.0]] * 19]
    points = np.column_stack([np.array(values)[chosen[:, j]] for j, values in enumerate(worth)])
    analysis = analyse_items(points, np.ones(20))
    options = tabulate_options(analysis, chosen, worth)
    found = [
        [flag.code for flag in flag_item(item, row, {values.index(1.0)})]
        for item, row, values in zip(analysis.items, options, worth, strict=True)
    ]
    assert Code.WRONG_KEY in found[0]
    assert Code.NOT_POSITIVE in found[0]
    assert not any(Code.WRONG_KEY in codes for codes in found[1:])
