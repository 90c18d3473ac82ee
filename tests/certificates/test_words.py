"""A reason never shows points and threshold as the same number where the threshold is not reached."""

from kapuas_quiz.certificates.words import reason_words
from kapuas_quiz.core.scoring import Points
from kapuas_quiz.core.standard import Candidate, PassRule, propose
from kapuas_quiz.web.filters import poin


def test_somebody_just_below_the_threshold_reads_a_smaller_number() -> None:
    post = {"": Points("", 17 + 7 / 15, 25.0, 25, 25)}
    reason = propose(PassRule(), Candidate("anggota", post=post)).reasons[0]
    assert reason_words(reason, {}) == "Benar 17,46 dari 25; ambang 17,5 (70%) belum tercapai."


def test_pages_write_points_as_the_minutes_do(app) -> None:
    with app.test_request_context():
        assert [poin(points) for points in (17 + 7 / 15, 18, None)] == ["17,46", "18", "–"]
