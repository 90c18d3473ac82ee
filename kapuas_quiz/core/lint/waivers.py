"""Remarks that an author has set aside with a reason, and waivers that set nothing aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kapuas_quiz.core.lint.rule import BankView, Batch, KeyPath, Place, Rule, Waiver


@dataclass(frozen=True)
class Remark:
    """What a rule found and where; `waived` is the author's reason, None where there is none."""

    rule: Rule
    place: Place
    message: str
    waived: str | None = None


Scope = tuple[int, KeyPath]
"""A bank and the path of what carries the waivers: () for the file, ("items", n) for an item."""


def with_waivers(
    batch: Batch, remarks: Sequence[Remark], rules: Mapping[str, Rule], *, complete: bool
) -> Iterator[Remark]:
    """Yield the remarks, waived where their author says so, then what is wrong with the waivers.

    complete: all files of the folder are here, so that a waiver about likeness can be judged.
    """
    written = dict(_written(batch))
    used: set[tuple[Scope, str]] = set()
    for remark in remarks:
        path = () if remark.rule.about_file else remark.place.path[:2]
        scope = (remark.place.bank, path)
        waiver = next((w for w in written.get(scope, ()) if w.rule == remark.rule.id), None)
        if waiver and remark.rule.severity == "peringatan":
            used.add((scope, waiver.rule))
            remark = replace(remark, waived=waiver.reason)
        yield remark
    for scope, waivers in written.items():
        yield from _faulty(scope, waivers, used, rules, complete)


def _written(batch: Batch) -> Iterator[tuple[Scope, Sequence[Waiver]]]:
    for bank in batch.banks:
        yield from _of_bank(bank)


def _of_bank(bank: BankView) -> Iterator[tuple[Scope, Sequence[Waiver]]]:
    if bank.waive:
        yield (bank.index, ()), bank.waive
    for at, item in enumerate(bank.items):
        if item.waive:
            yield (bank.index, ("items", at)), item.waive


def _faulty(
    scope: Scope,
    waivers: Sequence[Waiver],
    used: set[tuple[Scope, str]],
    rules: Mapping[str, Rule],
    complete: bool,
) -> Iterator[Remark]:
    index, path = scope
    for at, waiver in enumerate(waivers):
        place = Place(index, (*path, "waive", at, "rule"))
        rule = rules.get(waiver.rule)
        if rule is None or rule.check is nothing:
            names = ", ".join(sorted(name for name, rule in rules.items() if rule.severity == "peringatan"))
            yield Remark(UNKNOWN, place, f"aturan '{waiver.rule}' tidak ada; pilih salah satu: {names}.")
        elif (scope, waiver.rule) not in used and (complete or not rule.across):
            yield Remark(IDLE, place, _idle_words(rule, path))


def _idle_words(rule: Rule, path: KeyPath) -> str:
    if rule.severity == "galat":
        return f"galat '{rule.id}' tidak dapat dikesampingkan; hapus, lalu perbaiki soalnya."
    if rule.about_file and path:
        return f"'{rule.id}' menyangkut seluruh berkas; pindahkan ke waive di atas items, atau hapus."
    if not rule.about_file and not path:
        return f"'{rule.id}' menyangkut satu soal; pindahkan ke waive soal itu, atau hapus."
    return f"'{rule.id}' tidak menemukan apa-apa lagi di sini; hapus."


def nothing(_batch: Batch) -> Iterator[tuple[Place, str]]:
    """Find nothing: these rules are about waivers and looked at last."""
    return iter(())


UNKNOWN = Rule(
    "waive-tak-dikenal", "galat",
    "Pengecualian dengan nama aturan yang salah tidak mengecualikan apa-apa.", "", nothing,
)  # fmt: skip
IDLE = Rule(
    "waive-menganggur", "peringatan",
    "Pengecualian yang menganggur akan menutupi kesalahan yang datang kemudian.", "", nothing,
)  # fmt: skip
RULES = (UNKNOWN, IDLE)
