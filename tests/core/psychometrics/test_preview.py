"""Previews of a pass rule, against enumeration and the figures the rule was discussed with."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapuas_quiz.core.psychometrics.binomial import reach, total_within_floors, unequal_chances
from kapuas_quiz.core.psychometrics.decisions import judge
from kapuas_quiz.core.psychometrics.fitting import fit_two
from kapuas_quiz.core.psychometrics.preview import Part, foresee_second_form, pass_chance, preview
from kapuas_quiz.core.psychometrics.true_scores import TrueScores

FIVE_OF_SIX = [Part(6)] * 5


def trainees() -> TrueScores:
    fitted = fit_two(0.75, 0.12**2)
    assert isinstance(fitted, TrueScores)
    return fitted


def failing(floor: int, likeness: float = 0.0) -> float:
    """Give the share of people who know 80 % of everything and miss a floor in one of five competencies."""
    return 1 - float(pass_chance(np.array([0.8]), [Part(6, floor)] * 5, 0, likeness)[0])


def test_a_floor_by_hand() -> None:
    """4 of 6 at 80 %: 15 x .8^4 x .2^2 + 6 x .8^5 x .2 + .8^6 = .90112; five times: .59417."""
    assert failing(4) == pytest.approx(1 - 0.90112**5)
    assert failing(4) == pytest.approx(0.406, abs=5e-4)


def test_four_of_six_fails_between_a_third_and_two_fifths() -> None:
    """Items of one difficulty fail two fifths; items with a standard deviation of .15 around 80 % a third."""
    spread = [0.5, 0.7, 0.85, 0.9, 0.9, 0.95]
    assert (np.mean(spread), np.std(spread)) == pytest.approx((0.8, 0.155), abs=1e-3)
    unequal = 1 - total_within_floors([unequal_chances(spread)] * 5, [4] * 5).sum()
    assert unequal == pytest.approx(0.335, abs=5e-4)


@pytest.mark.parametrize(("floor", "equal", "unequal"), [(3, 0.082, 0.046), (5, 0.879, 0.875)])
def test_the_floors_beside_it(floor: int, equal: float, unequal: float) -> None:
    """The figure of 82 % for a floor of 5 of 6 that was once simulated is not reached by either model."""
    chance = unequal_chances([0.5, 0.7, 0.85, 0.9, 0.9, 0.95])
    assert failing(floor) == pytest.approx(equal, abs=5e-4)
    assert 1 - total_within_floors([chance] * 5, [floor] * 5).sum() == pytest.approx(unequal, abs=5e-4)


def test_competencies_known_unevenly_make_a_floor_harsher() -> None:
    assert failing(4) < failing(4, 0.02) < failing(4, 0.1)


def test_the_chance_to_pass_is_enumerated() -> None:
    """Two competencies of two items, one needed in each, three of four in total; 16 patterns."""
    passing = 0.0
    for pattern in product((0, 1), repeat=4):
        if sum(pattern) >= 3 and sum(pattern[:2]) >= 1 and sum(pattern[2:]) >= 1:
            passing += 0.7 ** sum(pattern) * 0.3 ** (4 - sum(pattern))
    found = pass_chance(np.array([0.7]), [Part(2, 1), Part(2, 1)], 0.75)
    assert found[0] == pytest.approx(passing)


def test_without_floors_the_competencies_do_not_matter() -> None:
    """30 items as five times six, at a cut of 70 %: 21 needed."""
    found = preview(trainees(), FIVE_OF_SIX, 0.7)
    plain = judge(trainees(), 0.7, lambda true: reach(30, 21, true))
    assert found.without_floors.accuracy == pytest.approx(plain.accuracy)
    assert found.with_floors == found.without_floors
    assert found.lost_to_floors == 0


def test_floors_cost_people_who_know_enough() -> None:
    """A floor of 4 of 6 lets fewer pass by luck, and fails far more who truly reach the cut."""
    found = preview(trainees(), [Part(6, 4)] * 5, 0.7)
    assert found.with_floors.false_positive < found.without_floors.false_positive
    assert found.lost_to_floors == pytest.approx(0.186, abs=5e-4)
    assert found.with_floors.accuracy < found.without_floors.accuracy


@settings(max_examples=10)
@given(st.permutations([Part(4, 2), Part(6, 3), Part(5, 0), Part(8, 4)]))
def test_the_order_of_competencies_does_not_matter(parts: list[Part]) -> None:
    found = preview(trainees(), parts, 0.7, likeness=0.05)
    assert found.with_floors.passing == pytest.approx(
        preview(trainees(), sorted(parts, key=lambda part: part.n_items), 0.7, 0.05).with_floors.passing
    )


def test_a_second_form_near_the_cut_is_nearly_as_good_as_for_everyone() -> None:
    """Within 7.6 points of the cut 37 % sit it. Simulated, accuracy was .883, and .886 for everyone."""
    found = foresee_second_form(trainees(), 30, 0.7, 0.076, 30)
    assert found.sitting == pytest.approx(0.368, abs=5e-4)
    accuracies = (found.once.accuracy, found.near.accuracy, found.everyone.accuracy)
    assert accuracies == pytest.approx((0.8494, 0.8841, 0.8868), abs=1e-4)


def test_a_second_form_is_enumerated() -> None:
    """Three items, everybody knows 60 %, 2 needed: who has 2 answers three more and then needs 4 of 6."""
    person = TrueScores(6e6, 4e6)
    found = foresee_second_form(person, 3, 2 / 3, 0.1, 3)
    chance = {0: 0.064, 1: 0.288, 2: 0.432, 3: 0.216}
    assert found.sitting == pytest.approx(chance[2], abs=1e-5)
    assert found.near.passing == pytest.approx(chance[3] + chance[2] * (chance[2] + chance[3]), abs=1e-5)


def test_an_error_of_everything_is_the_longer_test() -> None:
    found = foresee_second_form(trainees(), 10, 0.7, 1.0, 15)
    assert found.sitting == pytest.approx(1)
    assert found.near.accuracy == pytest.approx(found.everyone.accuracy)
    assert found.near.agreement.kappa == pytest.approx(found.everyone.agreement.kappa)


@given(st.integers(1, 12), st.integers(1, 12), st.floats(0.01, 1), st.floats(0, 1))
@settings(max_examples=30)
def test_a_second_form_gives_shares_of_people(n: int, second: int, cut: float, error: float) -> None:
    found = foresee_second_form(TrueScores(3, 2), n, cut, error, second)
    for decisions in (found.once, found.near, found.everyone):
        assert -1e-9 <= decisions.passing <= 1 + 1e-9
        assert 0 <= decisions.accuracy <= 1 + 1e-9
    assert 0 <= found.sitting <= 1 + 1e-9


def test_rules_without_items_or_cut_are_refused() -> None:
    for parts, cut in (([], 0.7), ([Part(0)], 0.7), (FIVE_OF_SIX, 0.0), (FIVE_OF_SIX, 1.5)):
        with pytest.raises(ValueError, match="cut"):
            preview(trainees(), parts, cut)
    with pytest.raises(ValueError, match="forms"):
        foresee_second_form(trainees(), 30, 0.7, 0.1, 0)
