"""Item statistics: by hand, person by person on LSAT 6 and 7, and what must hold for any answers."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.analysis import Analysis, analyse_items
from kapuas_quiz.core.psychometrics.contrasts import Obstacle
from kapuas_quiz.core.psychometrics.items import ItemStatistics, count_left_out, guess_points
from tests.core.psychometrics.law_school import COUNTS_6, COUNTS_7, persons

Floats = NDArray[np.float64]
NO = np.nan
FOUR = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=float)


def analyse(points: Floats, most: float = 1.0) -> Analysis:
    return analyse_items(points, np.full(points.shape[1], most))


def in_brief(item: ItemStatistics) -> list[float | None]:
    return [item.n, item.facility, item.sd, item.item_rest, item.upper_lower, item.efficiency]


def test_a_staircase_by_hand() -> None:
    """Item 1: points 1 1 1 0, rest 2 1 0 0.

    Covariance (sums): 3 - 3 x 3 / 4 = 3/4, of 3/4 and 11/4 squared: r = .75 / sqrt(.75 x 2.75) = .5222.
    In rising order points 0 1 1 1 and rest 0 0 1 2 have the same 3/4: efficiency 1.
    27 % of four are 1.08 persons: the upper end is person 1 and .08 of person 2, mean 1; the lower one is
    person 4 and .08 of person 3, mean .08 / 1.08.
    """
    first = analyse(FOUR).items[0]
    assert in_brief(first) == pytest.approx([4, 0.75, 0.5, 0.75 / (0.75 * 2.75) ** 0.5, 1 - 0.08 / 1.08, 1.0])


def test_weights_by_hand() -> None:
    """Covariances with the total 3 2 1 0 (sums): items 1 and 3 have 1.5, item 2 has 2."""
    items = analyse(FOUR).forms[0].items
    roots = np.sqrt([1.5, 2, 1.5])
    assert [item.effective_weight for item in items] == pytest.approx(list(roots / roots.sum()))
    assert [item.intended_weight for item in items] == pytest.approx([1 / 3] * 3)


def test_efficiency_is_the_covariance_over_the_greatest_of_all_orders() -> None:
    """Every one of the 120 ways to deal the same points out anew, for points of several values and of two."""
    points = np.array([[0, 1, 0.5], [1, 0, 1], [0.5, 1, 0], [1, 1, 1], [0, 0, 0.5]])
    for j, found in enumerate(analyse(points).items):
        item, rest = points[:, j], points.sum(axis=1) - points[:, j]
        best = max(np.cov(order, rest)[0, 1] for order in itertools.permutations(item))
        assert found.efficiency == pytest.approx(np.cov(item, rest)[0, 1] / best)


def test_equal_totals_at_the_edge_of_an_end_share_it() -> None:
    """Totals 2 1 1 1 1 1 1 1 1 0 of ten: the upper 2.7 are the first and 1.7 / 8 of each of the eight."""
    points = np.array([[1, 1], *[[1, 0]] * 5, *[[0, 1]] * 3, [0, 0]], dtype=float)
    share = Fraction(17, 80)
    upper, lower = 1 + 5 * share, 5 * share
    assert analyse(points).items[0].upper_lower == pytest.approx(float((upper - lower) / Fraction(27, 10)))


@pytest.mark.parametrize("counts", [COUNTS_6, COUNTS_7])
def test_the_law_school_tests_person_by_person(counts: str) -> None:
    """Facilities are the marginal counts; correlations are numpy's on item and rest; ends are sorted persons.

    Ties are shared by averaging over the ends of many random orders of equal totals.
    """
    points = persons(counts)
    totals = points.sum(axis=1)
    generator = np.random.default_rng(1970)
    ends = np.zeros(5)
    rounds = 400
    for _ in range(rounds):
        order = np.lexsort((generator.random(1000), totals))
        ends += points[order[730:]].mean(axis=0) - points[order[:270]].mean(axis=0)
    for j, found in enumerate(analyse(points).items):
        rest = totals - points[:, j]
        assert found.facility == pytest.approx(points[:, j].mean())
        assert found.sd == pytest.approx(points[:, j].std(ddof=1))
        assert found.item_rest == pytest.approx(np.corrcoef(points[:, j], rest)[0, 1])
        greatest = np.cov(np.sort(points[:, j]), np.sort(rest))[0, 1]
        assert found.efficiency == pytest.approx(np.cov(points[:, j], rest)[0, 1] / greatest)
        assert found.upper_lower == pytest.approx(ends[j] / rounds, abs=0.004)


def test_facilities_of_section_6_are_the_printed_ones() -> None:
    """Bock and Lieberman (1970): 924, 709, 553, 763 and 870 of 1,000 are right."""
    facilities = [item.facility for item in analyse(persons(COUNTS_6)).items]
    assert facilities == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870])


def test_correlations_of_section_6_are_the_published_ones() -> None:
    """ltm's descript(LSAT), column "Excluded": Rizopoulos (2006), Journal of Statistical Software 17(5)."""
    found = [item.item_rest for item in analyse(persons(COUNTS_6)).items]
    assert found == pytest.approx([0.1128, 0.1532, 0.1728, 0.1444, 0.1216], abs=5e-5)


def test_forms_are_joined_within_forms() -> None:
    """Item 2 stands in both forms, and is as good in each: the stronger group of the second adds nothing."""
    left = np.column_stack([FOUR, np.full((4, 3), NO)])
    right = np.column_stack([np.full((4, 2), NO), FOUR[:, 1], FOUR[:, 0], FOUR[:, 2], [1, 1, 1, 1]])
    points = np.vstack([left, right])
    points[:4, 2], points[:4, 1] = FOUR[:, 1], FOUR[:, 2]
    analysis = analyse(points)
    alone = analyse(FOUR).items[1]
    joined = analysis.items[2]
    assert (joined.n, joined.facility) == (8, 0.5)
    assert joined.item_rest == pytest.approx(alone.item_rest)
    assert [len(form.form.items) for form in analysis.forms] == [3, 4]


def test_joined_correlation_is_that_of_deviations_within_forms() -> None:
    """Three forms of one test, told apart by an item of their own that all have right."""
    generator = np.random.default_rng(3)
    tables = [np.round(generator.random((12, 4)) + shift) for shift in (-0.2, 0.0, 0.3)]
    points = np.vstack(
        [
            np.column_stack([table, *[np.full(12, 1.0 if own == form else NO) for own in range(3)]])
            for form, table in enumerate(tables)
        ]
    )
    together = squares = rests = 0.0
    for table in tables:
        item, rest = table[:, 0], table[:, 1:].sum(axis=1)
        together += float(((item - item.mean()) * (rest - rest.mean())).sum())
        squares += float(((item - item.mean()) ** 2).sum())
        rests += float(((rest - rest.mean()) ** 2).sum())
    found = analyse(points, 2.0).items[0]
    assert found.item_rest == pytest.approx(together / (squares * rests) ** 0.5)


def test_what_was_left_out_and_what_was_not_reached() -> None:
    """- : no answer. Person 1: x - x -, one omitted and one not reached; person 2: - - - -, none reached."""
    answered = np.array([[1, 0, 1, 0], [0, 0, 0, 0], [0, 1, 1, 1]], dtype=bool)
    omitted, not_reached = count_left_out(answered)
    assert omitted.tolist() == [1, 1, 0, 0]
    assert not_reached.tolist() == [1, 1, 1, 2]


def test_left_out_answers_are_counted_in_their_form() -> None:
    points = np.array([[1, 0, NO], [NO, 1, 0.0]])
    answered = np.array([[True, False, False], [False, True, False]])
    found = analyse_items(points, np.ones(3), answered).items
    assert [(item.n, item.omitted, item.not_reached) for item in found] == [(1, 0, 0), (2, 0, 1), (1, 0, 1)]


def test_a_curve_climbs_from_the_weakest_to_the_strongest_group() -> None:
    """Fifty persons with totals 0 to 49: groups of ten have means 4.5, 14.5, ..."""
    points = np.column_stack([np.arange(50.0), np.zeros(50)])
    form = analyse(points, 50.0).forms[0]
    assert form.items[0].curve == pytest.approx([0.09, 0.29, 0.49, 0.69, 0.89])
    assert analyse(points[:19], 50.0).forms[0].items[0].curve is None


def test_guessing_earns_the_mean_of_the_options() -> None:
    assert guess_points([1.0, 0.0, 0.0, 0.0]) == 0.25
    assert guess_points([]) is None


def test_an_item_against_the_total_has_no_weight() -> None:
    """Item 3 falls as totals rise, so Moodle leaves it out of the effective weights."""
    points = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=float)
    weights = [item.effective_weight for item in analyse(points).forms[0].items]
    assert weights == [pytest.approx(0.5), pytest.approx(0.5), None]


@pytest.mark.parametrize(
    ("points", "obstacle"),
    [
        (np.full((3, 2), NO), Obstacle.NOT_PRESENTED),
        (np.ones((1, 2)), Obstacle.FEW_PERSONS),
        (np.ones((6, 2)), Obstacle.NO_SPREAD),
        (np.zeros((6, 2)), Obstacle.NO_SPREAD),
        (np.array([[0.0], [1.0]]), Obstacle.NO_REST),
        (np.array([[0.0, 1.0], [1.0, 1.0]]), Obstacle.NO_REST),
    ],
)
def test_undefined_figures_say_why(points: Floats, obstacle: Obstacle) -> None:
    item = analyse(points).items[0]
    assert (item.item_rest, item.upper_lower, item.efficiency) == (None, None, None)
    assert item.obstacle is obstacle


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="greatest points for each"):
        analyse_items(FOUR, np.ones(2))
    with pytest.raises(ValueError, match="above 0"):
        analyse_items(FOUR, np.array([1.0, 0.0, 1.0]))
    with pytest.raises(ValueError, match="answered"):
        analyse_items(FOUR, np.ones(3), np.ones((1, 1), dtype=bool))


POINTS = st.sampled_from([0.0, 1.0, 0.5, 1 / 3, NO])
TABLES = st.tuples(st.integers(1, 9), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(POINTS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def figures(analysis: Analysis) -> list[list[float | None]]:
    return [in_brief(item) for item in analysis.items]


def same(one: list[list[float | None]], other: list[list[float | None]]) -> bool:
    flat = [itertools.chain.from_iterable(rows) for rows in (one, other)]
    return all(a == b if a is None or b is None else abs(a - b) < 1e-7 for a, b in zip(*flat, strict=True))


@settings(max_examples=100, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_no_order_of_persons_or_items_changes_anything(rows: list[list[float]], chance: object) -> None:
    points = np.array(rows)
    n, k = points.shape
    by_person, by_item = chance.sample(range(n), n), chance.sample(range(k), k)  # type: ignore[attr-defined]
    before = figures(analyse(points))
    assert same(before, figures(analyse(points[by_person])))
    assert same([before[j] for j in by_item], figures(analyse(points[:, by_item])))


def of_form(points: Floats) -> list[float | None]:
    (form,) = analyse(points).forms
    totals = form.totals
    return [form.alpha.value, form.kr21, form.sem, totals.mean, totals.median, totals.sd, totals.skewness]


@settings(max_examples=60, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_no_order_changes_a_form(rows: list[list[float]], chance: object) -> None:
    """Two halves apart: these are made by the order of items, and only that of persons is nothing to them."""
    points = np.nan_to_num(np.array(rows))
    n, k = points.shape
    by_person, by_item = chance.sample(range(n), n), chance.sample(range(k), k)  # type: ignore[attr-defined]
    assert same([of_form(points)], [of_form(points[by_person][:, by_item])])
    halves, again = (analyse(one).forms[0].halves for one in (points, points[by_person]))
    assert same([[halves.correlation]], [[again.correlation]])


@settings(max_examples=100, deadline=None)
@given(TABLES, st.sampled_from([0.0, 1.0, 0.1]))
def test_an_item_that_is_alike_for_all_changes_no_other_item(rows: list[list[float]], value: float) -> None:
    """It says nothing itself, and alpha falls as (k + 1)/k over k/(k - 1) says."""
    points = np.nan_to_num(np.array(rows))
    before = analyse(points)
    after = analyse(np.column_stack([points, np.full(len(points), value)]))
    assert same(figures(before), figures(after)[:-1])
    added = after.items[-1]
    assert (added.item_rest, added.efficiency, added.upper_lower) == (None, None, None)
    (old,), (new,) = before.forms, after.forms
    k = points.shape[1]
    if old.alpha.value is not None:
        assert new.alpha.value == pytest.approx(old.alpha.value * (k + 1) / k * (k - 1) / k, abs=1e-6)
    assert (old.totals.sd is None) == (new.totals.sd is None)


@settings(max_examples=100, deadline=None)
@given(TABLES)
def test_any_answers_give_figures_within_their_ranges(rows: list[list[float]]) -> None:
    analysis = analyse(np.array(rows))
    for item in analysis.items:
        assert (item.facility is None) == (item.n == 0)
        assert item.facility is None or -1e-9 <= item.facility <= 1 + 1e-9
        assert item.item_rest is None or -1 <= item.item_rest <= 1
        assert item.efficiency is None or item.efficiency <= 1
        assert item.upper_lower is None or -1 - 1e-9 <= item.upper_lower <= 1 + 1e-9
    for form in analysis.forms:
        weights = [item.effective_weight for item in form.items if item.effective_weight is not None]
        assert not weights or sum(weights) == pytest.approx(1)
        assert form.alpha.value is None or form.alpha.value <= 1
        assert form.kr21 is None or form.alpha.value is None or form.kr21 <= form.alpha.value + 1e-9
        assert form.sem is None or form.totals.sd is None or form.sem <= form.totals.sd
