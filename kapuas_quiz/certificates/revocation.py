"""Take certificates back, with the reason that everybody will read."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.certificates.models import Certificate, CertificateRevocation, Decision, DecisionList
from kapuas_quiz.core.roles import Actor

PERSONAL = ("name", "office", "where", "body", "kecamatan_name", "desa_name")
"""What a certificate takes from a line; when one of these is corrected, the certificate is replaced."""


class UnknownCertificateError(Exception):
    """No certificate has this public id."""


class AlreadyRevokedError(Exception):
    """The certificate was revoked before; the first reason stays."""


def revoke(session: Session, *, public_id: str, reason: str, actor: Actor, now: datetime) -> None:
    """Revoke one certificate; the reason stands on its public page.

    Raises UnknownCertificateError, AlreadyRevokedError.
    """
    row = session.scalar(select(Certificate).where(Certificate.public_id == public_id).with_for_update())
    if row is None:
        raise UnknownCertificateError(public_id)
    if session.get(CertificateRevocation, row.id):
        raise AlreadyRevokedError(public_id)
    _revoke(session, row, reason.strip(), actor, now)
    session.commit()


def valid_certificates(session: Session, training_id: uuid.UUID) -> dict[uuid.UUID, Certificate]:
    """Return the certificates of a training that are not revoked, by enrolment."""
    rows = session.execute(
        select(Decision.enrolment_id, Certificate)
        .join(Decision, Decision.id == Certificate.decision_id)
        .join(DecisionList, DecisionList.id == Decision.list_id)
        .outerjoin(CertificateRevocation, CertificateRevocation.certificate_id == Certificate.id)
        .where(DecisionList.training_id == training_id, CertificateRevocation.certificate_id.is_(None))
    )
    return {enrolment_id: certificate for enrolment_id, certificate in rows}


def withdraw_outdated(session: Session, row: DecisionList, *, actor: Actor, now: datetime) -> int:
    """Revoke what an earlier list led to and this one denies or corrects; no commit.

    Returns how many certificates were revoked.
    """
    lines = {
        line.enrolment_id: line
        for line in session.scalars(select(Decision).where(Decision.list_id == row.id))
    }
    revoked = 0
    for enrolment_id, certificate in valid_certificates(session, row.training_id).items():
        line = lines.get(enrolment_id)
        passed = line is not None and line.outcome == "lulus"
        if line is not None and passed and _same_person(certificate, line):
            continue
        what = "data peserta diperbaiki" if passed else "penetapan diperbaiki"
        _revoke(session, certificate, f"{what} dengan daftar penetapan nomor {row.number}", actor, now)
        revoked += 1
    return revoked


def _same_person(certificate: Certificate, line: Decision) -> bool:
    return all(certificate.facts[name] == line.facts[name] for name in PERSONAL)


def _revoke(session: Session, row: Certificate, reason: str, actor: Actor, now: datetime) -> None:
    session.add(
        CertificateRevocation(certificate_id=row.id, revoked_at=now, revoked_by=actor.id, reason=reason)
    )
    detail = {"register": f"{row.register_number}/{row.register_year}"}
    record(
        session,
        at=now,
        actor=actor,
        action="sertifikat.cabut",
        subject=row.public_id,
        detail=detail,
        reason=reason,
    )
