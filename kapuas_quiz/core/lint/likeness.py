"""Rules about items that say the same: exact twins, and stems that are nearly alike.

Near likeness is Jaccard's on runs of three words. Only stems that share one of their rarest runs are
compared (prefix filter: Chaudhuri, Ganti & Kaushik 2006), so that thousands of items stay cheap.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import ceil

from kapuas_quiz.core.lint.rule import Batch, Question, Remarks, Rule, words

LIKE = 0.6
RUN = 3
MOST_COMPARED = 50
_NOT_WORDING = {
    "id", "level", "rationale", "citation", "facts", "review", "review_note", "waive", "key", "keys",
}  # fmt: skip


def twins(batch: Batch) -> Remarks:
    """The same stem with the same options or data as an earlier item."""
    seen: dict[str, str] = {}
    for question in batch.questions:
        if question.is_part:
            continue
        wording = _wording(question)
        if wording in seen:
            yield question.at("stem"), f"sama dengan soal {seen[wording]}; hapus salah satu."
        else:
            seen[wording] = question.item.id


def _wording(question: Question) -> str:
    options = sorted(" ".join(words(text)) for text in question.options)
    rest = question.item.model_dump(exclude=_NOT_WORDING | {"stem", "options"})
    return repr((words(question.stem), options, rest))


def near_twins(batch: Batch) -> Remarks:
    """A stem nearly like an earlier one; ballots and forms differ in their data, not in the stem."""
    questions = [q for q in batch.questions if not q.is_part and not _is_generated(q)]
    for later, earlier, share in _alike([_runs(question.stem) for question in questions]):
        if _wording(questions[later]) != _wording(questions[earlier]):
            yield (
                questions[later].at("stem"),
                f"pokok soal {share:.0%} mirip soal {questions[earlier].item.id}; tanyakan hal lain.",
            )


def _is_generated(question: Question) -> bool:
    return not {"cells", "layout"}.isdisjoint(type(question.item).model_fields)


def _runs(stem: str) -> frozenset[tuple[str, ...]]:
    said = words(stem)
    return frozenset(tuple(said[at : at + RUN]) for at in range(max(1, len(said) - RUN + 1)))


def _alike(sets: Sequence[frozenset[tuple[str, ...]]]) -> list[tuple[int, int, float]]:
    """Return (later, earlier, likeness) for each set that an earlier one resembles."""
    often = Counter(run for runs in sets for run in runs)
    rarest: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found = []
    for later, runs in enumerate(sets):
        prefix = sorted(runs, key=lambda run: (often[run], run))[: len(runs) - ceil(LIKE * len(runs)) + 1]
        candidates = {other for run in prefix for other in rarest[run][:MOST_COMPARED]}
        for earlier in sorted(candidates):
            if not LIKE <= len(runs) / len(sets[earlier]) <= 1 / LIKE:
                continue
            share = len(runs & sets[earlier]) / len(runs | sets[earlier])
            if share >= LIKE:
                found.append((later, earlier, share))
                break
        for run in prefix:
            rarest[run].append(later)
    return found


RULES = (
    Rule(
        "soal-kembar", "galat",
        "Soal yang sama dua kali dalam satu tes menghitung satu pengetahuan dua kali.",
        "", twins, across=True,
    ),
    Rule(
        "soal-mirip", "peringatan",
        f"Pokok soal yang {LIKE:.0%} sama dengan soal lain menguji hal yang sama atau membocorkannya.",
        "Haladyna, Downing & Rodriguez 2002, pedoman 4", near_twins, across=True,
    ),
)  # fmt: skip
