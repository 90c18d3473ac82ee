"""The review of question banks: rules that an item-writing reviewer would apply, each with its reason."""

from __future__ import annotations

from kapuas_quiz.core.lint import likeness, options, spread, stems, trust, waivers
from kapuas_quiz.core.lint.rule import BankView, Batch, Place, Rule, view
from kapuas_quiz.core.lint.waivers import Remark, with_waivers

__all__ = ["RULES", "BankView", "Batch", "Place", "Remark", "Rule", "lint", "view"]

RULES: dict[str, Rule] = {
    rule.id: rule for module in (trust, stems, options, likeness, spread, waivers) for rule in module.RULES
}


def lint(batch: Batch, *, complete: bool = True) -> list[Remark]:
    """Return every remark about the banks, waived ones with their reason, in order of place.

    complete: the banks are all there are; else waivers about likeness to others are not judged.
    """
    found = [Remark(rule, place, message) for rule in RULES.values() for place, message in rule.check(batch)]
    remarks = with_waivers(batch, found, RULES, complete=complete)
    return sorted(
        remarks, key=lambda remark: (remark.place.bank, [str(p).zfill(6) for p in remark.place.path])
    )
