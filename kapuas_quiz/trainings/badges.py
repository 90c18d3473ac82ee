"""Badges and attendance lists on paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from babel.dates import format_date
from sqlalchemy.orm import Session

from kapuas_quiz.core.badge import badge_code, badge_token, written_code
from kapuas_quiz.trainings.service import (
    EnrolmentView,
    TrainingView,
    enrolment_view,
    enrolments_of,
    training_view,
)
from kapuas_quiz.web.typesetting import qr_svg, typeset

TEMPLATES = Path(__file__).resolve().parent
MOST_DAYS = 3
LONG_WORD = 24


class NobodyError(Exception):
    """There is nobody to print for."""


@dataclass(frozen=True)
class Badge:
    """What a badge carries: the address in its QR, the picture of it (SVG), the typed code."""

    url: str
    picture: str
    code: str


def badge_of(training: TrainingView, enrolment: EnrolmentView, *, secret: bytes) -> Badge:
    """Derive somebody's present badge."""
    url = f"{training.address}/k/{badge_token(secret, enrolment.id, enrolment.badge_version)}"
    code = badge_code(secret, enrolment.id, enrolment.badge_version)
    return Badge(url, qr_svg(url), written_code(code))


def badges_pdf(
    session: Session,
    *,
    training_id: uuid.UUID,
    enrolment_id: uuid.UUID | None = None,
    kecamatan: str = "",
    secret: bytes,
    demo: bool,
    now: datetime,
) -> bytes:
    """Typeset the badges of a training, of one kecamatan in it, or of one person.

    Raises UnknownTrainingError, UnknownEnrolmentError, NobodyError.
    """
    training = training_view(session, training_id)
    people = _people(session, training_id, enrolment_id, kecamatan)
    data = {
        "title": f"Kartu peserta {training.title}",
        "training": training.title,
        "dates": dates_words(training.starts_on, training.ends_on),
        "address": f"{training.address}/k",
        "demo": demo,
        "people": [_printed(training, one, secret) for one in people],
    }
    return typeset(TEMPLATES / "badges.typ", data, now=now)


def _people(
    session: Session, training_id: uuid.UUID, enrolment_id: uuid.UUID | None, kecamatan: str
) -> Sequence[EnrolmentView]:
    people: Sequence[EnrolmentView]
    if enrolment_id:
        one = enrolment_view(session, enrolment_id, training_id=training_id)
        people = [] if one.withdrawn_at else [one]
    else:
        people = [one for one in enrolments_of(session, training_id) if kecamatan in ("", one.kecamatan)]
    if not people:
        raise NobodyError(training_id)
    return people


def _printed(training: TrainingView, one: EnrolmentView, secret: bytes) -> Mapping[str, str]:
    badge = badge_of(training, one, secret=secret)
    return {
        "name": breakable(one.name),
        "office": one.office,
        "place": one.place,
        "code": badge.code,
        "qr": badge.picture,
        "alt": f"QR kartu {one.name}",
    }


def attendance_pdf(session: Session, *, training_id: uuid.UUID, demo: bool, now: datetime) -> bytes:
    """Typeset the attendance list: a table a kecamatan, a signature column a day (one when there are many).

    Raises UnknownTrainingError, NobodyError.
    """
    training = training_view(session, training_id)
    people = enrolments_of(session, training_id)
    if not people:
        raise NobodyError(training_id)
    data = {
        "title": f"Daftar hadir {training.title}",
        "training": training.title,
        "election": training.election.name,
        "place": training.place,
        "dates": dates_words(training.starts_on, training.ends_on),
        "days": _days(training.starts_on, training.ends_on),
        "demo": demo,
        "groups": _groups(people),
    }
    return typeset(TEMPLATES / "attendance.typ", data, now=now)


def _groups(people: Sequence[EnrolmentView]) -> list[dict[str, Any]]:
    groups = []
    for name, members in groupby(people, key=lambda one: one.kecamatan_name):
        rows = [
            {
                "number": number,
                "name": breakable(one.name),
                "office": one.office,
                "place": one.desa_name or "–",
            }
            for number, one in enumerate(members, start=1)
        ]
        groups.append({"title": f"Kecamatan {name}", "people": rows})
    return groups


def _days(first: date, last: date) -> list[str]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if len(days) > MOST_DAYS:
        return ["Tanda tangan"]
    return [format_date(day, "EEEE, d/M", locale="id") for day in days]


def dates_words(first: date, last: date) -> str:
    """Write a stretch of days: 4 November 2024; 4–6 November 2024; 30 Oktober – 2 November 2024."""
    end = format_date(last, "d MMMM yyyy", locale="id")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    beginning = format_date(first, "d MMMM" if first.year == last.year else "d MMMM yyyy", locale="id")
    return f"{beginning} – {end}"


def breakable(text: str) -> str:
    """Let very long words break by zero-width spaces."""
    return " ".join(
        "\u200b".join(word[start : start + LONG_WORD] for start in range(0, len(word), LONG_WORD))
        for word in text.split(" ")
    )
