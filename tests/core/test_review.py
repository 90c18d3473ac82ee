"""The state of an item follows the last decision about its very wording."""

import pytest

from kapuas_quiz.core.review import Decided, Decision, effective_state, is_held

READY = "siap-ditelaah"


def about(*decisions: Decision, digest: str = "kini", level: str = "paham") -> list[Decided]:
    return [Decided(decision, digest, level) for decision in decisions]


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        ((), READY),
        ((Decision.APPROVE,), "disetujui"),
        ((Decision.SEND_BACK,), "draf"),
        ((Decision.WITHDRAW,), "ditarik"),
        ((Decision.WITHDRAW, Decision.REOPEN), READY),
        ((Decision.SEND_BACK, Decision.APPROVE), "disetujui"),
        ((Decision.APPROVE, Decision.REOPEN), READY),
    ],
)
def test_the_last_decision_counts(decisions, state):
    assert effective_state(READY, "kini", "paham", about(*decisions)) == state


@pytest.mark.parametrize(("digest", "level"), [("dulu", "paham"), ("kini", "ingat")])
def test_an_approval_of_another_wording_or_level_does_not_count(digest, level):
    assert (
        effective_state(READY, "kini", "paham", about(Decision.APPROVE, digest=digest, level=level)) == READY
    )


def test_a_wording_that_comes_back_keeps_its_decision():
    decided = [*about(Decision.APPROVE), *about(Decision.WITHDRAW, digest="lain")]
    assert effective_state(READY, "kini", "paham", decided) == "disetujui"


@pytest.mark.parametrize("written", ["draf", "ditarik"])
def test_what_the_author_holds_back_stays_back_although_it_was_approved(written):
    assert effective_state(written, "kini", "paham", about(Decision.APPROVE)) == written


APPROVE, AMEND = Decision.APPROVE, Decision.AMEND


@pytest.mark.parametrize(
    ("digest", "level"), [("kini", "paham"), ("kini", "ingat"), ("baru", "paham"), ("dulu", "paham")]
)
def test_no_wording_or_level_escapes_a_change_of_the_law(digest, level):
    decided = [*about(APPROVE), *about(APPROVE, digest="dulu"), *about(AMEND, digest="lain")]
    assert effective_state(READY, digest, level, decided) == "draf"
    assert is_held(decided)


def test_an_approval_lifts_it_for_that_wording_and_others_are_undecided_again():
    decided = [*about(APPROVE, digest="dulu"), *about(AMEND), *about(APPROVE)]
    assert not is_held(decided)
    assert effective_state(READY, "kini", "paham", decided) == "disetujui"
    assert effective_state(READY, "dulu", "paham", decided) == READY


@pytest.mark.parametrize(
    ("decision", "state"),
    [(Decision.REOPEN, "draf"), (Decision.SEND_BACK, "draf"), (Decision.WITHDRAW, "ditarik")],
)
def test_nothing_but_an_approval_lifts_it(decision, state):
    decided = about(APPROVE, AMEND, decision)
    assert effective_state(READY, "kini", "paham", decided) == state
    assert is_held(decided)


def test_a_second_change_holds_it_back_again():
    assert is_held(about(AMEND, APPROVE, AMEND))
