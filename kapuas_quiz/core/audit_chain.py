"""The arithmetic of the audit trail: salted digests, each chained to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kapuas_quiz.core.canonical import canonical, fingerprint

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event as the chain sees it; `detail` is None once it has been erased."""

    number: int
    at: str
    actor: str
    action: str
    subject: str
    salt: str
    digest: str
    previous: str
    hash: str
    detail: Mapping[str, Any] | None


def digest_detail(salt: str, detail: Mapping[str, Any]) -> str:
    """Digest the erasable part of an event, so that the chain survives its erasure."""
    return hashlib.sha256((salt + canonical(detail)).encode()).hexdigest()


def chain_hash(
    *, number: int, at: str, actor: str, action: str, subject: str, digest: str, previous: str
) -> str:
    """Hash an event together with the hash before it."""
    return fingerprint([number, at, actor, action, subject, digest, previous])


def first_break(links: Iterable[Link]) -> int | None:
    """Return the number of the first event that does not follow from its predecessor, None if all do."""
    previous = GENESIS
    for number, link in enumerate(links, start=1):
        expected = chain_hash(
            number=link.number,
            at=link.at,
            actor=link.actor,
            action=link.action,
            subject=link.subject,
            digest=link.digest,
            previous=link.previous,
        )
        kept = link.detail is None or digest_detail(link.salt, link.detail) == link.digest
        if link.number != number or link.previous != previous or link.hash != expected or not kept:
            return number
        previous = link.hash
    return None
