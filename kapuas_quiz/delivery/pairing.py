"""A trainer's phone that may see the board of one sitting: paired once by QR, without a password."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.delivery.models import BoardPairing, Sitting
from kapuas_quiz.delivery.service import NoSuchSitting, WrongState

CLAIM_WITHIN = timedelta(minutes=10)
GOOD_FOR = timedelta(hours=12)


class PairingSpent(Exception):
    """The link was used already, is too old, or never was one."""


def offer_pairing(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> str:
    """Make a link by which one phone may be paired, and return its token.

    Raises NoSuchSitting, WrongState when the sitting is sealed.
    """
    sitting = session.get(Sitting, sitting_id)
    if sitting is None:
        raise NoSuchSitting(str(sitting_id))
    if sitting.sealed_at is not None:
        raise WrongState
    token = secrets.token_urlsafe(24)
    session.add(
        BoardPairing(
            digest=digest(token), sitting_id=sitting_id, created_at=now, expires_at=now + CLAIM_WITHIN
        )
    )
    record(session, at=now, actor=actor, action="papan.tawarkan", subject=str(sitting_id))
    session.commit()
    return token


def is_claimable(session: Session, *, token: str, now: datetime) -> bool:
    """Tell whether a phone may still be paired by this link."""
    pairing = session.get(BoardPairing, digest(token))
    return (
        pairing is not None
        and pairing.claimed_at is None
        and pairing.revoked_at is None
        and now < pairing.expires_at
    )


def claim(session: Session, *, token: str, secret: bytes, now: datetime) -> str:
    """Pair the asking phone, once, and return what its cookie keeps.

    secret: 32 bytes; without it the cookie cannot be made from a photographed QR.
    Raises PairingSpent.
    """
    claimed = session.execute(
        update(BoardPairing)
        .where(
            BoardPairing.digest == digest(token),
            BoardPairing.claimed_at.is_(None),
            BoardPairing.revoked_at.is_(None),
            BoardPairing.expires_at > now,
        )
        .values(claimed_at=now, expires_at=now + GOOD_FOR)
        .returning(BoardPairing.digest)
    ).scalar_one_or_none()
    if claimed is None:
        raise PairingSpent
    session.commit()
    return f"{claimed}.{_proof(secret, claimed)}"


def paired_sitting(session: Session, *, cookie: str, secret: bytes, now: datetime) -> uuid.UUID | None:
    """Return the sitting whose board a paired phone may see, None when it may see none any more."""
    name, _, proof = cookie.partition(".")
    if not hmac.compare_digest(proof.encode(), _proof(secret, name).encode()):
        return None
    return session.scalar(
        select(BoardPairing.sitting_id).where(
            BoardPairing.digest == name,
            BoardPairing.claimed_at.is_not(None),
            BoardPairing.revoked_at.is_(None),
            BoardPairing.expires_at > now,
        )
    )


def revoke_pairings(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> int:
    """Take the board away from every paired phone of a sitting and return how many there were."""
    revoked = session.scalars(
        update(BoardPairing)
        .where(BoardPairing.sitting_id == sitting_id, BoardPairing.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(BoardPairing.digest)
    ).all()
    detail = {"jumlah": len(revoked)}
    record(session, at=now, actor=actor, action="papan.cabut", subject=str(sitting_id), detail=detail)
    session.commit()
    return len(revoked)


def _proof(secret: bytes, name: str) -> str:
    return hmac.new(secret, name.encode(), hashlib.sha256).hexdigest()
