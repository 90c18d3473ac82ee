"""Give certificates their register numbers: only to who passed in an approved and published list."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.certificates.approval import WrongStateError, standing_list
from kapuas_quiz.certificates.candidates import roster_order
from kapuas_quiz.certificates.changes import refuse_outdated
from kapuas_quiz.certificates.lists import decisions_of
from kapuas_quiz.certificates.models import Certificate, Decision, DecisionList
from kapuas_quiz.certificates.revocation import PERSONAL, valid_certificates
from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.core.standard import CERTIFIABLE_KINDS

WIB = timezone(timedelta(hours=7))
"""The regency's time: it decides the day and the register's year."""

PUBLIC_ID_BITS = 130
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
TRIES = 8
ISSUER = {
    "institution": "Komisi Pemilihan Umum Kabupaten Kapuas",
    "institution_short": "KPU Kabupaten Kapuas",
    "issued_in": "Kuala Kapuas",
}
OF_TRAINING = ("training", "wave", "place", "starts_on", "ends_on", "election", "voting_day")


def issue(session: Session, *, list_id: uuid.UUID, address: str, actor: Actor, now: datetime) -> int:
    """Issue a certificate to everybody who passed in a published list and holds no valid one yet.

    address: where the certificates can be checked, e.g. https://tot.contoh.id.
    Returns how many were issued; calling it again issues none, not even where one was revoked.
    Register numbers of a year have no gaps: who meets a number that another transaction took in the
    meantime begins again.
    Raises UnknownListError, WrongStateError, SupersededError, AlteredError, NotReadyError, OutdatedError.
    """
    for remaining in reversed(range(TRIES)):
        try:
            return _issue(session, list_id, address.rstrip("/"), actor, now)
        except IntegrityError:
            session.rollback()
            if not remaining:
                raise
    raise AssertionError("unreachable")


def due(session: Session, list_id: uuid.UUID) -> int:
    """Count who passed in a published list and waits for a certificate; 0 before publication."""
    row = session.get(DecisionList, list_id)
    return len(_due(session, row)) if row and row.published_at else 0


def new_public_id(bits: int) -> str:
    """Write 130 random bits as 26 letters and digits that nobody can mistake (RFC 4648 base32, small)."""
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(PUBLIC_ID_BITS - 5, -1, -5))


def _issue(session: Session, list_id: uuid.UUID, address: str, actor: Actor, now: datetime) -> int:
    row = standing_list(session, list_id)
    if not row.published_at:
        raise WrongStateError("ditetapkan" if row.approved_at else "dikunci")
    due = _due(session, row)
    if due:
        refuse_outdated(session, row, due, now)
    year = now.astimezone(WIB).year
    first = _next_number(session, year)
    for number, decision in enumerate(sorted(due, key=lambda d: roster_order(d.facts)), start=first):
        session.add(_certificate(row, decision, (number, year), address, now))
    session.flush()
    if due:
        detail = {"tahun": year, "nomor_pertama": first, "jumlah": len(due)}
        record(
            session, at=now, actor=actor, action="sertifikat.terbitkan", subject=str(list_id), detail=detail
        )
    session.commit()
    return len(due)


def _due(session: Session, row: DecisionList) -> list[Decision]:
    holders = valid_certificates(session, row.training_id)
    of_list = select(Certificate.decision_id).join(Decision).where(Decision.list_id == row.id)
    served = set(session.scalars(of_list))
    return [
        decision
        for decision in decisions_of(session, row.id)
        if may_hold(decision) and decision.enrolment_id not in holders and decision.id not in served
    ]


def may_hold(decision: Decision) -> bool:
    """Tell whether a line leads to a certificate: passed, and of a kind that can be certified."""
    return decision.outcome == "lulus" and decision.facts["kind"] in CERTIFIABLE_KINDS


def _next_number(session: Session, year: int) -> int:
    last = select(func.max(Certificate.register_number)).where(Certificate.register_year == year)
    return (session.scalar(last) or 0) + 1


def _certificate(
    row: DecisionList, decision: Decision, register: tuple[int, int], address: str, now: datetime
) -> Certificate:
    public_id = new_public_id(secrets.randbits(PUBLIC_ID_BITS))
    facts = printed_facts(row, decision, register, f"{address}/sertifikat/{public_id}", now)
    return Certificate(
        public_id=public_id,
        decision_id=decision.id,
        register_number=register[0],
        register_year=register[1],
        facts=facts,
        digest=fingerprint(facts),
        issued_at=now,
    )


def printed_facts(
    row: DecisionList, decision: Decision, register: tuple[int, int], address: str, now: datetime
) -> dict[str, Any]:
    """Return every fact that a certificate prints; no mark is among them."""
    approved = row.approved_at
    if approved is None:
        raise WrongStateError("dikunci")
    return {
        **{name: decision.facts[name] for name in PERSONAL},
        **{name: row.facts[name] for name in OF_TRAINING},
        **ISSUER,
        "outcome": decision.outcome,
        "list_number": row.number,
        "minutes_number": row.minutes_number,
        "decided_on": approved.astimezone(WIB).date().isoformat(),
        "register_number": register[0],
        "register_year": register[1],
        "issued_on": now.astimezone(WIB).date().isoformat(),
        "address": address,
    }
