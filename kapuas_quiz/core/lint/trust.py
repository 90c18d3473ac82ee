"""Rules about what an item rests on and how it is explained."""

from __future__ import annotations

from itertools import product

from kapuas_quiz.core.facts import allows_instrument
from kapuas_quiz.core.lint.rule import Batch, Remarks, Rule, words

SHORTEST_RATIONALE = 30


def no_citation(batch: Batch) -> Remarks:
    """Facts that may be cited, and no citation; a ballot is cited by the rules of its cells."""
    for question in batch.questions:
        item = question.item
        if question.is_part or item.citation.instrument or "cells" in type(item).model_fields:
            continue
        facts = [batch.facts[name] for name in item.facts if name in batch.facts]
        for fact, name in product(facts, sorted(batch.instruments)):
            if allows_instrument(fact, name):
                yield question.at("citation"), f"fakta {fact.id} boleh disitasi; isi instrument: {name}."
                break


def no_rationale(batch: Batch) -> Remarks:
    """A rationale that says no more than the key does."""
    for question in batch.questions:
        if question.is_part:
            continue
        keys = [words(question.options[at]) for at in question.right]
        text = question.item.rationale
        if len(text.strip()) < SHORTEST_RATIONALE or words(text) in keys:
            yield question.at("rationale"), "pembahasan belum menerangkan; tulis mengapa kuncinya benar."


RULES = (
    Rule(
        "tanpa-dasar-hukum", "peringatan",
        "Soal yang faktanya boleh disitasi harus dapat dirunut peserta dan penelaah ke peraturannya.",
        "", no_citation,
    ),
    Rule(
        "tanpa-pembahasan", "peringatan",
        f"Peserta belajar dari pembahasan; kurang dari {SHORTEST_RATIONALE} huruf atau mengulang kunci "
        "tidak mengajarkan apa-apa.",
        "", no_rationale,
    ),
)  # fmt: skip
