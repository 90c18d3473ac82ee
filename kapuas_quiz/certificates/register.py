"""The register: look up, list and count what was issued."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.certificates.candidates import roster_order
from kapuas_quiz.certificates.models import Certificate, CertificateRevocation, Decision, DecisionList
from kapuas_quiz.certificates.revocation import UnknownCertificateError
from kapuas_quiz.core.canonical import fingerprint

DAYS = ("starts_on", "ends_on", "voting_day", "decided_on", "issued_on")


@dataclass(frozen=True)
class CertificateView:
    """One certificate; `state` is berlaku, dicabut, or rusak when its stored facts were tampered with."""

    public_id: str
    enrolment_id: uuid.UUID
    training_id: uuid.UUID
    register_number: int
    register_year: int
    facts: Mapping[str, Any]
    issued_at: datetime
    revoked_at: datetime | None
    revocation_reason: str
    state: str

    @property
    def dates(self) -> Mapping[str, date]:
        """Return the facts that are days."""
        return {name: date.fromisoformat(self.facts[name]) for name in DAYS}


def certificate(session: Session, public_id: str) -> CertificateView:
    """Return one certificate by its public id, whose letters may be large.

    Raises UnknownCertificateError.
    """
    found = _views(session, Certificate.public_id == public_id.strip().lower())
    if not found:
        raise UnknownCertificateError(public_id)
    return found[0]


def register(session: Session, year: int | None = None) -> list[CertificateView]:
    """Return every certificate of a year, or of all years, the latest number first."""
    found = _views(session, *([Certificate.register_year == year] if year else []))
    return sorted(found, key=lambda view: (-view.register_year, -view.register_number))


def valid_of(session: Session, training_id: uuid.UUID) -> list[CertificateView]:
    """Return a training's valid certificates in the order of the roster, for printing."""
    found = _views(session, DecisionList.training_id == training_id)
    return sorted(
        (view for view in found if view.state == "berlaku"), key=lambda view: roster_order(dict(view.facts))
    )


def by_enrolment(session: Session, training_id: uuid.UUID) -> dict[uuid.UUID, CertificateView]:
    """Return the latest certificate of each person in a training, revoked ones included."""
    found = _views(session, DecisionList.training_id == training_id)
    ordered = sorted(found, key=lambda view: (view.issued_at, view.register_year, view.register_number))
    return {view.enrolment_id: view for view in ordered}


def _views(session: Session, *where: Any) -> list[CertificateView]:
    rows = session.execute(
        select(Certificate, CertificateRevocation, Decision.enrolment_id, DecisionList.training_id)
        .join(Decision, Decision.id == Certificate.decision_id)
        .join(DecisionList, DecisionList.id == Decision.list_id)
        .outerjoin(CertificateRevocation, CertificateRevocation.certificate_id == Certificate.id)
        .where(*where)
    )
    return [_view(row, revocation, enrolment, training) for row, revocation, enrolment, training in rows]


def _view(
    row: Certificate,
    revocation: CertificateRevocation | None,
    enrolment_id: uuid.UUID,
    training_id: uuid.UUID,
) -> CertificateView:
    return CertificateView(
        public_id=row.public_id,
        enrolment_id=enrolment_id,
        training_id=training_id,
        register_number=row.register_number,
        register_year=row.register_year,
        facts=row.facts,
        issued_at=row.issued_at,
        revoked_at=revocation.revoked_at if revocation else None,
        revocation_reason=revocation.reason if revocation else "",
        state=_state(row, revocation),
    )


def _state(row: Certificate, revocation: CertificateRevocation | None) -> str:
    intact = fingerprint(row.facts) == row.digest and row.facts["register_number"] == row.register_number
    if not intact:
        return "rusak"
    return "dicabut" if revocation else "berlaku"
