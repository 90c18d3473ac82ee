"""Fill an empty database with a training of invented people that has been through its two days."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.invitations import invite, staff_id_of
from kapuas_quiz.certificates.approval import approve, lock, publish
from kapuas_quiz.certificates.decisions import draft
from kapuas_quiz.certificates.issuing import issue
from kapuas_quiz.core.badge import badge_token
from kapuas_quiz.core.brake import Brake
from kapuas_quiz.core.content_spec import DEFAULT
from kapuas_quiz.core.items import Answer
from kapuas_quiz.core.roles import SYSTEM, Actor, Role
from kapuas_quiz.core.standard import PassRule
from kapuas_quiz.delivery.entrance import join, start
from kapuas_quiz.delivery.journal import RECEIPTS, Entry, record_entries
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.delivery.service import close_sitting, open_sitting, seal_sitting
from kapuas_quiz.forms.assembling import assemble_forms, save_specification
from kapuas_quiz.forms.service import FormItemView, form_of
from kapuas_quiz.operations.address import url
from kapuas_quiz.operations.demo_answers import answer_of
from kapuas_quiz.operations.demo_paper import write_on_paper
from kapuas_quiz.operations.demo_people import Trainee, trainees
from kapuas_quiz.operations.demo_review import report_faults, review
from kapuas_quiz.operations.demo_room import cut_power, help_reader
from kapuas_quiz.operations.models import Note
from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.operations.wifi import Wifi, keep_wifi
from kapuas_quiz.scoring.seen import seen_items
from kapuas_quiz.scoring.service import record_scores
from kapuas_quiz.settings import Settings
from kapuas_quiz.trainings.places import gazetteer
from kapuas_quiz.trainings.planning import TrainingValues, add_training
from kapuas_quiz.trainings.registrar import Registrar

SEED = 2024
ALLOWANCE = "Kegiatan contoh; belum semua soalnya ditelaah pejabat hukum."
PACE_MS = 38_000
ON_PAPER = 4
"""Who, in the order of coming in, writes the pre-test on paper."""
AFTERNOON = timedelta(hours=7)
PLENARY = timedelta(hours=9)
FINISHED = "contoh-selesai"
STAFF = (
    ("Kirana Dahlia", "ketua@contoh.id", Role.CERTIFIER),
    ("Taruna Sagara", "anggota@contoh.id", Role.CERTIFIER),
    ("Melur Kencana", "hukum@contoh.id", Role.REVIEWER),
    ("Embun Wibawa", "fasilitator@contoh.id", Role.TRAINER),
)


@dataclass(frozen=True)
class Enrolled:
    """An invented trainee with the token on the badge."""

    trainee: Trainee
    enrolment_id: uuid.UUID
    token: str


def discard_unfinished(engine: Engine, *, settings: Settings) -> None:
    """Remove the demo's own database file unless `fill` once came to its end, with the present secret."""
    if _is_finished(engine, settings):
        return
    engine.dispose()
    for ending in ("", "-wal", "-shm"):
        Path(f"{engine.url.database}{ending}").unlink(missing_ok=True)


def _is_finished(engine: Engine, settings: Settings) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table(Note.__tablename__):
            return False
        mark = connection.scalar(select(Note.value).where(Note.name == FINISHED))
    return mark == _mark(settings)


def _mark(settings: Settings) -> str:
    return settings.secrets.derive(FINISHED).hex()


def fill(session: Session, *, settings: Settings, now: datetime) -> None:
    """Make the demo's training, its tests, its decision and its certificates, unless that was done already.

    The note that says so is written last, so that a demo cut off half-way is known as such.
    """
    if session.get(Note, FINISHED):
        return
    chance = random.Random(SEED)  # noqa: S311 - the same invented day at every start
    morning = (now - timedelta(days=1)).replace(hour=1, minute=0, second=0, microsecond=0)
    certifier, second, officer, trainer = _staff(session, morning - timedelta(days=1))
    review(session, officer=officer, now=morning - timedelta(hours=14))
    training_id = _training(session, settings, morning)
    keep_wifi(session, wifi=Wifi("Aula-Contoh", "contoh-2026"), actor=officer, now=morning)
    everybody = _enrol(session, training_id, settings.secrets.badge, chance, morning)
    sits_pre = [one for one in everybody if one.trainee.sits_pre]
    sits_post = [one for one in everybody if one.trainee.sits_post]
    key = settings.secrets.derive(RECEIPTS)
    _sitting(session, training_id, "pre", sits_pre, chance, key, morning, trainer)
    _sitting(session, training_id, "post", sits_post, chance, key, morning + AFTERNOON, trainer)
    report_faults(
        session,
        training_id=training_id,
        token=sits_post[0].token,
        trainer=trainer,
        officer=officer,
        now=morning + PLENARY - timedelta(hours=1),
    )
    list_id = draft(
        session, training_id=training_id, rule=PassRule(cut=0.6), actor=certifier, now=morning + PLENARY
    ).list_id
    lock(session, list_id=list_id, notes="Listrik padam 12 menit.", actor=certifier, now=morning + PLENARY)
    approve(session, list_id=list_id, actor=second, now=morning + PLENARY)
    publish(session, list_id=list_id, minutes_number="07/CONTOH", actor=second, now=morning + PLENARY)
    issue(session, list_id=list_id, address=_address(settings), actor=second, now=morning + PLENARY)
    session.add(Note(name=FINISHED, value=_mark(settings), at=now))
    session.commit()


def _address(settings: Settings) -> str:
    here = [url(one.ip, settings.port) for one in local_addresses(settings.host)]
    return settings.address or next(iter(here), f"http://localhost:{settings.port}")


def _staff(session: Session, now: datetime) -> list[Actor]:
    """Invite the persons of STAFF; their links are thrown away, so nobody can sign in as them."""
    actors = []
    for name, email, role in STAFF:
        invite(session, name=name, email=email, roles=[role], actor=SYSTEM, now=now)
        actors.append(Actor(str(staff_id_of(session, email=email)), name, frozenset({role})))
    return actors


def _training(session: Session, settings: Settings, morning: datetime) -> uuid.UUID:
    values = TrainingValues(
        election_id=None,
        election_name="Pemilihan Kabupaten Contoh",
        voting_day=date(2024, 11, 27),
        name="TOT PPK dan PPS",
        wave="Gelombang III",
        place="Aula Contoh",
        starts_on=morning.date(),
        ends_on=morning.date(),
        address=_address(settings),
    )
    before = morning - timedelta(hours=12)
    training_id = add_training(session, values=values, actor=SYSTEM, now=before)
    save_specification(session, training_id=training_id, spec=DEFAULT, actor=SYSTEM, now=before)
    assemble_forms(session, training_id=training_id, seed=SEED, allowance=ALLOWANCE, actor=SYSTEM, now=before)
    return training_id


def _enrol(
    session: Session, training_id: uuid.UUID, secret: bytes, chance: random.Random, now: datetime
) -> list[Enrolled]:
    registrar = Registrar(session, training_id=training_id, secret=secret, now=now)
    people = trainees(gazetteer(demo=True), chance)
    rows = [registrar.enrol(one.participant) for one in people]
    registrar.write()
    session.commit()
    return [
        Enrolled(one, row.id, badge_token(secret, row.id, 1)) for one, row in zip(people, rows, strict=True)
    ]


def _sitting(
    session: Session,
    training_id: uuid.UUID,
    kind: str,
    present: list[Enrolled],
    chance: random.Random,
    key: bytes,
    opened: datetime,
    trainer: Actor,
) -> None:
    sitting_id = open_sitting(
        session,
        training_id=training_id,
        assessment=kind,
        room="Aula Contoh",
        clock="sendiri",
        actor=SYSTEM,
        now=opened,
    )
    pin = session.get_one(Sitting, sitting_id).pin
    cut_power(session, sitting_id=sitting_id, actor=trainer, opened=opened)
    for one in present:
        if kind == "pre" and one is present[ON_PAPER]:
            _paper(session, one, sitting_id, chance, key, opened + timedelta(minutes=10), trainer)
            continue
        helper = trainer if one is present[0] else None
        _attempt(session, one, pin, kind == "post", chance, key, opened + timedelta(minutes=10), helper)
    closed = opened + timedelta(minutes=45)
    close_sitting(session, sitting_id=sitting_id, actor=SYSTEM, now=closed)
    seal_sitting(session, sitting_id=sitting_id, actor=SYSTEM, now=closed + timedelta(minutes=5))
    record_scores(session, sitting_id=sitting_id, now=closed + timedelta(minutes=5))


def _paper(
    session: Session,
    one: Enrolled,
    sitting_id: uuid.UUID,
    chance: random.Random,
    key: bytes,
    begin: datetime,
    trainer: Actor,
) -> None:
    def answer(item: FormItemView) -> Answer:
        """Take the draws that a phone would have taken, so that everybody after stays as invented."""
        chance.uniform(0.4, 1.6)
        return answer_of(item, one.trainee, False, chance)

    write_on_paper(
        session,
        sitting_id=sitting_id,
        enrolment_id=one.enrolment_id,
        answer=answer,
        receipt_key=key,
        actor=trainer,
        began=begin,
    )


def _attempt(
    session: Session,
    one: Enrolled,
    pin: str,
    post: bool,
    chance: random.Random,
    key: bytes,
    begin: datetime,
    helper: Actor | None,
) -> None:
    device = f"contoh{one.enrolment_id.hex[-10:]}"
    attempt_id = join(
        session,
        token=one.token,
        pin=pin,
        device=device,
        takeover=False,
        brake=Brake(),
        id_key=key,
        now=begin,
    )[1]
    start(session, attempt_id=attempt_id, device=device, now=begin)
    attempt = session.get_one(Attempt, attempt_id)
    if helper:
        help_reader(session, attempt=attempt, actor=helper, now=begin + timedelta(minutes=5))
    items = seen_items(form_of(session, attempt.form_id), attempt.presentation.get("drawn", {}))
    entries: list[Entry] = []
    at_ms = 0
    for item in items:
        at_ms += int(chance.uniform(0.4, 1.6) * PACE_MS)
        answer = answer_of(item, one.trainee, post, chance)
        entries.append(Entry(len(entries) + 1, "jawab", item.position, answer, at_ms, 0))
    entries.append(Entry(len(entries) + 1, "selesai", None, None, at_ms + PACE_MS, 0))
    finished = begin + timedelta(milliseconds=at_ms + PACE_MS)
    record_entries(
        session, attempt_id=attempt_id, device=device, entries=entries, receipt_key=key, now=finished
    )
