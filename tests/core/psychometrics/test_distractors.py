"""Options: by hand, and against points, of which the key's option is a special case."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapuas_quiz.core.psychometrics.analysis import Analysis, analyse_items
from kapuas_quiz.core.psychometrics.contrasts import Obstacle
from kapuas_quiz.core.psychometrics.distractors import LEFT_OUT, OptionStatistics, tabulate_options

NO = np.nan
KEYED = [1.0, 0.0, 0.0]


def tabulate(chosen: list[list[int]]) -> tuple[Analysis, list[list[OptionStatistics]]]:
    """Option 0 is the key of every item; -2 stands for an item that was not presented."""
    picks = np.array(chosen)
    points = np.where(picks == -2, NO, picks == 0)
    analysis = analyse_items(points, np.ones(picks.shape[1]), picks >= 0)
    return analysis, tabulate_options(analysis, picks, [KEYED] * picks.shape[1])


def test_four_persons_by_hand() -> None:
    """Item 1: chosen a b a -, rest 2 1 1 0.

    Choosing a: 1 0 1 0 against the rest, sums: 3 - 2 x 4 / 4 = 1 over sqrt(1 x 2).
    Choosing b: 0 1 0 0: 1 - 4 / 4 = 0.  Nobody took c: no correlation.  No answer: -1 over sqrt(3/4 x 2).
    Totals 3 1 2 0: of the upper 1.08 persons all chose a; of the lower one, 1 had none and .08 chose b.
    """
    _, (first, *_) = tabulate([[0, 0, 0], [1, 0, 1], [0, 0, 2], [LEFT_OUT, 1, 1]])
    a, b, c, none = first
    assert [option.n for option in first] == [2, 1, 0, 1]
    assert [option.share for option in first] == [0.5, 0.25, 0, 0.25]
    assert (a.correlation, b.correlation) == pytest.approx((2**-0.5, 0))
    assert none.correlation == pytest.approx(-1 / 1.5**0.5)
    assert (c.correlation, c.obstacle) == (None, Obstacle.NO_SPREAD)
    assert (a.upper, none.lower, b.lower) == pytest.approx((1, 1 / 1.08, 0.08 / 1.08))


CHOICES = st.tuples(st.integers(1, 9), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(-2, 2), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(max_examples=80, deadline=None)
@given(CHOICES)
def test_choosing_the_key_is_having_the_item_right(chosen: list[list[int]]) -> None:
    analysis, options = tabulate(chosen)
    for item, (key, *others) in zip(analysis.items, options, strict=True):
        assert key.n + sum(option.n for option in others) == item.n
        assert key.share == pytest.approx(item.facility)
        assert key.correlation == pytest.approx(item.item_rest, abs=1e-9)
        assert key.obstacle == item.obstacle
        assert others[-1].n == item.omitted + item.not_reached
        if key.upper is not None and key.lower is not None and item.upper_lower is not None:
            assert key.upper - key.lower == pytest.approx(item.upper_lower)
        for option in (key, *others):
            assert option.correlation is None or -1 <= option.correlation <= 1
            for share in (option.share, option.lower, option.upper):
                assert share is None or -1e-9 <= share <= 1 + 1e-9


def test_a_form_without_ends_adds_nothing_to_the_ends_of_another() -> None:
    """A fifth person sat alone in a form of items 1 and 3: the ends are those of the other four.

    Totals of the four: 2 1 0 1. The upper 1.08 persons are the first and .04 of each of the two with 1, who
    chose a and b; the lower are the third, who chose b, and the same two.
    """
    _, (first, *_) = tabulate([[0, 0, -2], [0, 1, -2], [1, 1, -2], [1, 0, -2], [0, -2, 0]])
    a, b, _, _ = first
    assert (a.n, a.share) == (3, 0.6)
    assert (a.upper, a.lower) == pytest.approx((1.04 / 1.08, 0.04 / 1.08))
    assert (b.upper, b.lower) == pytest.approx((0.04 / 1.08, 1.04 / 1.08))


def test_what_does_not_fit_the_points_is_refused() -> None:
    analysis = analyse_items(np.array([[1.0], [0.0]]), np.ones(1))
    with pytest.raises(ValueError, match="index of an option"):
        tabulate_options(analysis, np.array([[0], [3]]), [KEYED])
    with pytest.raises(ValueError, match="points must be those"):
        tabulate_options(analysis, np.array([[1], [2]]), [KEYED])
    with pytest.raises(ValueError, match="items that were analysed"):
        tabulate_options(analysis, np.array([[0], [1]]), [KEYED, KEYED])
