"""The list that says in words whether this installation is fit for a day of testing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from babel.dates import format_datetime
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.models import BankFile, Item
from kapuas_quiz.operations.backup import ZONE, list_backups
from kapuas_quiz.operations.contact import last_phone
from kapuas_quiz.operations.network import Address
from kapuas_quiz.operations.printed import Loss, lost_addresses, printed_addresses

RELEASED = datetime(2026, 11, 23, tzinfo=UTC)
TOLERANCE = timedelta(minutes=2)
BACKUP_AGE = timedelta(hours=24)
PHONE_AGE = timedelta(hours=12)
MEGABYTE = 1_000_000


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One finding; `name` and `words` are message ids, `facts` fill the %(gaps)s of `words`."""

    name: str
    state: State
    words: str
    facts: Mapping[str, str | int | datetime] = field(default_factory=dict)

    def filled(self, moment: Callable[[datetime], str]) -> dict[str, str | int]:
        """Return the facts with each datetime written by `moment`."""
        return {
            name: moment(fact) if isinstance(fact, datetime) else fact for name, fact in self.facts.items()
        }

    @property
    def sentence(self) -> str:
        """Write the finding in Indonesian."""
        return self.words % self.filled(_in_indonesian)


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


LOST_WORDS = {
    Loss.OFFLINE: N_("Kartu memakai %(kartu)s, tetapi laptop ini belum tersambung ke jaringan."),
    Loss.NETWORK: N_(
        "Kartu memakai %(kartu)s, tetapi laptop ini di jaringan lain. Sambungkan ke titik akses kegiatan."
    ),
    Loss.ADDRESS: N_("Kartu memakai %(kartu)s, tetapi alamat laptop ini lain. Setel alamat IP tetap itu."),
    Loss.PORT: N_("Kartu memakai %(kartu)s, tetapi server memakai port lain. Jalankan dengan port itu."),
    Loss.NAME: N_("Kartu memakai %(kartu)s. Isi KAPUAS_ADDRESS dengan alamat itu, lalu mulai ulang."),
}
"""What to do, in one sentence; the start page has the steps."""


def run_checks(
    session: Session,
    *,
    data: Path,
    port: int,
    present: Sequence[Address],
    configured: str | None,
    now: datetime,
) -> list[Check]:
    """Look at everything that could spoil the day, worst habits included."""
    intact = check_database(session)
    if intact.state is State.BAD:
        return [check_disk(data), intact]
    return [
        check_disk(data),
        check_clock(session, now=now),
        check_banks(session),
        intact,
        check_backup(data, now=now),
        check_badges(session, port=port, present=present, configured=configured, now=now),
        check_phone(data, now=now),
    ]


def check_disk(data: Path) -> Check:
    """See whether answers will find room."""
    free = shutil.disk_usage(data).free // MEGABYTE
    facts = {"mb": free}
    name = N_("Ruang penyimpanan")
    if free < 500:
        return Check(
            name, State.BAD, N_("Tinggal %(mb)s MB. Kosongkan paling sedikit 500 MB sebelum tes."), facts
        )
    if free < 2000:
        return Check(
            name, State.WARN, N_("Tinggal %(mb)s MB. Cukup untuk hari ini; kosongkan sesudahnya."), facts
        )
    return Check(name, State.OK, N_("Tersedia %(gb)s GB."), {"gb": free // 1000})


def check_clock(session: Session, *, now: datetime) -> Check:
    """See whether the clock stands before something that has already happened."""
    newest = session.scalar(select(func.max(AuditEvent.at)))
    name = N_("Jam laptop")
    facts = {"jam": now}
    if now < RELEASED or (newest is not None and newest - now > TOLERANCE):
        words = N_("Menunjukkan %(jam)s, padahal catatan terakhir lebih baru. Betulkan jam, lalu muat ulang.")
        return Check(name, State.BAD, words, facts)
    return Check(name, State.OK, N_("Menunjukkan %(jam)s. Cocokkan dengan jam Anda."), facts)


def check_banks(session: Session) -> Check:
    """See whether every file of the question banks was accepted."""
    name = N_("Bank soal")
    files = session.scalars(select(BankFile).order_by(BankFile.name)).all()
    refused = [file.name for file in files if file.faults]
    if not files:
        return Check(name, State.BAD, N_("Belum ada bank soal yang dimuat. Isi folder question_banks."))
    if refused:
        words = N_("Ditolak: %(berkas)s. Isi terakhir yang baik tetap dipakai; perbaiki, lalu mulai ulang.")
        return Check(name, State.BAD, words, {"berkas": ", ".join(refused)})
    items = session.scalar(select(func.count()).select_from(Item).where(Item.removed_at.is_(None))) or 0
    return Check(
        name, State.OK, N_("%(soal)s soal dari %(berkas)s berkas."), {"soal": items, "berkas": len(files)}
    )


def check_database(session: Session) -> Check:
    """Ask the database whether it can read itself."""
    name = N_("Basis data")
    sqlite = session.get_bind().dialect.name == "sqlite"
    try:
        answer = session.scalar(text("PRAGMA quick_check" if sqlite else "SELECT 'ok'"))
    except SQLAlchemyError:
        answer = None
    if answer != "ok":
        words = N_("Tidak terbaca dengan benar. Jangan mulai tes; pulihkan cadangan terakhir.")
        return Check(name, State.BAD, words)
    return Check(name, State.OK, N_("Utuh."))


def check_backup(data: Path, *, now: datetime) -> Check:
    """See how old the newest backup is."""
    name = N_("Cadangan terakhir")
    newest = next(iter(list_backups(data)), None)
    if newest is None:
        return Check(name, State.WARN, N_("Belum ada. Buat cadangan sebelum tes dimulai."))
    facts = {"jam": newest.at}
    if now - newest.at > BACKUP_AGE:
        return Check(name, State.WARN, N_("Dibuat %(jam)s, lebih dari sehari lalu. Buat yang baru."), facts)
    return Check(name, State.OK, N_("Dibuat %(jam)s."), facts)


def check_badges(
    session: Session, *, port: int, present: Sequence[Address], configured: str | None, now: datetime
) -> Check:
    """Compare the addresses printed on badges with those this machine has now."""
    name = N_("Alamat pada kartu")
    if not printed_addresses(session, now=now):
        return Check(name, State.OK, N_("Belum ada kegiatan yang berjalan atau akan datang."))
    lost = lost_addresses(session, port=port, configured=configured, present=present, now=now)
    if lost:
        facts = {"kartu": ", ".join(one.printed.url for one in lost)}
        return Check(name, State.BAD, LOST_WORDS[lost[0].loss], facts)
    return Check(name, State.OK, N_("Sama dengan alamat laptop ini."))


def check_phone(data: Path, *, now: datetime) -> Check:
    """See whether a real phone has come through the venue's network."""
    name = N_("Percobaan dengan HP")
    seen = last_phone(data)
    if seen is None or now - seen > PHONE_AGE:
        return Check(name, State.WARN, N_("Belum ada HP yang tersambung hari ini. Pindai QR dengan satu HP."))
    return Check(name, State.OK, N_("Ada HP yang tersambung %(jam)s."), {"jam": seen})


def _in_indonesian(at: datetime) -> str:
    return format_datetime(at, "d MMMM yyyy, HH.mm 'WIB'", tzinfo=ZONE, locale="id")
