"""How invented trainees answer."""

from __future__ import annotations

import random

from kapuas_quiz.core.items import Answer, Content, accepts, key_answer, present
from kapuas_quiz.forms.service import FormItemView
from kapuas_quiz.operations.demo_people import Trainee, answers_rightly


def answer_of(item: FormItemView, trainee: Trainee, post: bool, chance: random.Random) -> Answer:
    """Answer rightly, or choose a distractor, or get half of a longer answer."""
    if answers_rightly(trainee, item.competency, item.level, post, chance):
        return key_answer(item.content)
    return _wrong_answer(item.content, chance)


def _wrong_answer(content: Content, chance: random.Random) -> Answer:
    """Choose a distractor, the first ones more often, so that misconceptions show; else leave out half."""
    key = key_answer(content)
    if isinstance(key, dict):
        half: Answer = dict(list(key.items())[: len(key) // 2]) or dict.fromkeys(key, "0")
        return half if accepts(content, half) else None
    wrong = [option["id"] for option in present(content)["options"] if option["id"] != key]
    return str(chance.choices(wrong, weights=range(len(wrong) + 1, 1, -1))[0])
