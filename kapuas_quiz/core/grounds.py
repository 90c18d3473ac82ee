"""The facts under a wording: an approval holds for them as they were, and a forbidden one shuts the item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.facts import NOT_YET, Fact
from kapuas_quiz.core.norms import parts_of


def reviewed_digest(digest: str, content: Mapping[str, Any], register: Mapping[str, Fact]) -> str:
    """Digest what a reviewer decides about: a wording, and what the register says of each fact under it.

    digest: of the wording.
    """
    names = sorted({name for part in parts_of(content) for name in part.get("facts", ())})
    return fingerprint([digest, [_said(name, register.get(name)) for name in names]])


def rests_on_forbidden(content: Mapping[str, Any], register: Mapping[str, Fact]) -> bool:
    """Tell whether a fact of an item is gone from the register, or must not be asked about yet."""
    found = [register.get(name) for name in content["facts"]]
    return any(fact is None or fact.use == NOT_YET for fact in found)


def _said(name: str, fact: Fact | None) -> list[str]:
    return [name, fact.statement, fact.regulation, fact.article, fact.use] if fact else [name]
