"""Which of two forms somebody takes first, so that neighbours and villages are split evenly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kapuas_quiz.core.canonical import lot

Label = Literal["A", "B"]
Counts = Mapping[Label, int]


def other(label: Label) -> Label:
    """Return the other form's label."""
    return "B" if label == "A" else "A"


def choose_label(
    unit_counts: Counts, kecamatan_counts: Counts, overall_counts: Counts, tie_seed: object
) -> Label:
    """Choose the form for the next person by how many took each form first so far.

    unit_counts: in the same desa, or among the PPK of the same kecamatan.  The unit decides, so its
    halves never differ by more than one; where they are equal the kecamatan decides, then the whole
    training, then a lot drawn by `tie_seed`.  People come in any order, so a kecamatan can be off by
    as many as it has units with an odd number; no rule that looks only backwards can do better.
    """
    for counts in (unit_counts, kecamatan_counts, overall_counts):
        lead = counts.get("A", 0) - counts.get("B", 0)
        if lead:
            return "B" if lead > 0 else "A"
    return "A" if lot("assignment", tie_seed) % 2 == 0 else "B"
