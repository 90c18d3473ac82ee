"""The state of an item follows the last decision about its very wording."""

import pytest

from kapuas_quiz.core.review import Decided, Decision, effective_state

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
