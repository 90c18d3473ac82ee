"""The cut score by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kapuas_quiz.core.scoring import Points
from kapuas_quiz.core.standard import (
    Candidate,
    PassRule,
    Reason,
    error_of_measurement,
    needed_points,
    points_to_show,
    propose,
)


def result(right: float, n: int = 25, **competencies: tuple[float, int]) -> dict[str, Points]:
    """Points of an attempt: so many right of n, and (right, n) in some competencies."""
    return {
        "": Points("", right, float(n), n, n),
        **{key: Points(key, p, float(m), m, m) for key, (p, m) in competencies.items()},
    }


def test_eighteen_of_twenty_five_reaches_seventy_per_cent_and_says_its_figures() -> None:
    proposal = propose(PassRule(), Candidate("anggota", post=result(18)))
    assert proposal.outcome == "lulus"
    assert proposal.reasons == (
        Reason("total-tercapai", {"points": 18, "max": 25, "needed": 18, "proportion": 0.7}),
    )


def test_seventeen_of_twenty_five_does_not() -> None:
    proposal = propose(PassRule(), Candidate("paw", post=result(17)))
    assert proposal.outcome == "belum"
    assert proposal.reasons[0].code == "total-kurang"
    assert proposal.reasons[0].figures["needed"] == 18


def test_a_total_exactly_at_the_cut_passes_whatever_the_rounding() -> None:
    assert propose(PassRule(cut=0.7), Candidate("anggota", post=result(21, 30))).outcome == "lulus"
    assert propose(PassRule(cut=0.35), Candidate("anggota", post=result(7, 20))).outcome == "lulus"


def test_partial_points_are_held_to_the_exact_cut() -> None:
    proposal = propose(PassRule(), Candidate("anggota", post=result(17.6)))
    assert proposal.outcome == "lulus"
    assert proposal.reasons[0].figures["needed"] == 17.5
    assert needed_points(17, 25, 0.7) == 18


@pytest.mark.parametrize(
    ("points", "shown"),
    [(17 + 7 / 15, 17.46), (17.5 - 1e-6, 17.49), (17.5 - 1e-12, 17.5), (17.5, 17.5), (0.29, 0.29), (25, 25)],
)
def test_points_below_a_threshold_are_shown_below_it(points: float, shown: float) -> None:
    assert points_to_show(points) == shown


def test_a_competency_below_its_floor_is_named_with_its_figures() -> None:
    rule = PassRule(floors={"dasar": 0.6, "dukungan": 0.6})
    proposal = propose(rule, Candidate("anggota", post=result(20, dasar=(2, 5), dukungan=(3, 5))))
    assert proposal.outcome == "belum"
    assert [reason.code for reason in proposal.reasons] == ["total-tercapai", "batas-kurang"]
    assert proposal.reasons[1].figures == {
        "points": 2,
        "max": 5,
        "needed": 3,
        "proportion": 0.6,
        "competency": "dasar",
    }


def test_the_better_of_both_tests_counts_where_the_rule_says_so() -> None:
    candidate = Candidate("anggota", pre=result(20), post=result(15))
    assert propose(PassRule(), candidate).outcome == "belum"
    better = propose(PassRule(counts="best"), candidate)
    assert better.outcome == "lulus"
    assert better.reasons[0] == Reason("dari-tes-awal", {"points": 15, "max": 25})


def test_without_a_post_test_nothing_is_proposed_not_even_by_the_better_of_both() -> None:
    for counts in ("post", "best"):
        proposal = propose(PassRule(counts=counts), Candidate("anggota", pre=result(25)))
        assert proposal.outcome == "tanpa-usul"
        assert proposal.reasons == (Reason("tanpa-tes-akhir"),)


@pytest.mark.parametrize("kind", ["mewakili", "sekretariat"])
def test_nothing_is_proposed_for_who_cannot_be_certified(kind: str) -> None:
    proposal = propose(PassRule(), Candidate(kind, post=result(25)))
    assert proposal.outcome == "tanpa-usul"
    assert proposal.reasons == (Reason("tidak-disertifikasi", {"kind": kind}),)


def test_the_error_of_measurement_follows_lord() -> None:
    assert error_of_measurement(result(18)[""]) == pytest.approx(math.sqrt(18 * 7 / 24))
    assert error_of_measurement(result(25)[""]) == 0
    assert error_of_measurement(Points("", 1, 1, 1, 1)) is None
    assert error_of_measurement(Points("", 0, 0, 0, 0)) is None
    doubled = Points("", 36, 50, 25, 25)
    assert error_of_measurement(doubled) == pytest.approx(2 * math.sqrt(18 * 7 / 24))


@pytest.mark.parametrize(("right", "near"), [(14, False), (16, True), (19, True), (20, False)])
def test_near_the_cut_is_within_one_error_of_measurement(right: int, near: bool) -> None:
    assert propose(PassRule(), Candidate("anggota", post=result(right))).near_cut is near


@pytest.mark.parametrize("faulty", [{"cut": 0}, {"cut": 1.01}, {"floors": {"dasar": 0}}, {"cutt": 0.7}])
def test_a_rule_that_makes_no_sense_is_refused(faulty: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PassRule.model_validate(faulty)


@given(st.integers(0, 25), st.integers(0, 25), st.sampled_from([0.5, 0.7, 0.72, 1.0]))
def test_more_points_never_turn_a_pass_into_a_fail(fewer: int, more: int, cut: float) -> None:
    low, high = sorted((fewer, more))
    outcomes = [propose(PassRule(cut=cut), Candidate("anggota", post=result(x))).outcome for x in (low, high)]
    assert outcomes != ["lulus", "belum"]
    assert (outcomes[1] == "lulus") == (high >= math.ceil(cut * 25 - 1e-9))
