"""Certificates go to who passed in a published list, to nobody else, with numbers that have no gaps."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.certificates import approval, issuing, register, revocation
from kapuas_quiz.certificates.lists import list_view
from kapuas_quiz.certificates.models import Certificate
from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.database import Base, prepare_engine
from kapuas_quiz.trainings.models import Person
from tests.certificates.hall import (
    ADDRESS,
    CHAIR,
    SECOND,
    drafted,
    finished_training,
    issued,
    locked,
    published,
    put,
)
from tests.conftest import MORNING
from tests.scoring.classroom import Classroom


def issue(room: Classroom, list_id: uuid.UUID, now: datetime = MORNING) -> int:
    return issuing.issue(room.session, list_id=list_id, address=ADDRESS, actor=CHAIR, now=now)


def holders(room: Classroom) -> dict[str, register.CertificateView]:
    """Everybody who holds a valid certificate, by name."""
    return {str(one.facts["name"]): one for one in register.valid_of(room.session, room.training_id)}


def test_who_passed_gets_a_number_and_every_printed_fact(session: Session) -> None:
    room = finished_training(session, MORNING)
    issued(room)
    found = holders(room)
    assert set(found) == {"Tirta Andara", "Gita Permata"}
    one = found["Gita Permata"]
    assert dict(one.facts) == {
        "name": "Gita Permata",
        "office": "Ketua PPS",
        "where": "Kecamatan Timpah",
        "body": "PPS",
        "kecamatan_name": "Timpah",
        "desa_name": "",
        "training": "TOT gelombang III",
        "wave": "",
        "place": "Aula",
        "starts_on": "2024-11-04",
        "ends_on": "2024-11-05",
        "election": "Pemilihan 2024",
        "voting_day": "2024-11-27",
        "institution": "Komisi Pemilihan Umum Kabupaten Kapuas",
        "institution_short": "KPU Kabupaten Kapuas",
        "issued_in": "Kuala Kapuas",
        "outcome": "lulus",
        "list_number": 1,
        "minutes_number": "12/BA",
        "decided_on": "2024-11-04",
        "register_number": 1,
        "register_year": 2024,
        "issued_on": "2024-11-04",
        "address": f"{ADDRESS}/sertifikat/{one.public_id}",
    }
    assert found["Tirta Andara"].register_number == 2


def test_nothing_is_issued_before_publication(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = locked(room)
    with pytest.raises(approval.WrongStateError):
        issue(room, list_id)
    approval.approve(session, list_id=list_id, actor=SECOND, now=MORNING)
    with pytest.raises(approval.WrongStateError):
        issue(room, list_id)


def test_issuing_twice_issues_once(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = issued(room)
    assert issue(room, list_id) == 0


def test_a_decision_against_the_rule_leads_to_a_certificate_and_its_opposite_does_not(
    session: Session,
) -> None:
    room = finished_training(session, MORNING)
    list_id = drafted(room)
    put(room, list_id, "Puspa Nirmala", "lulus", "Listrik padam")
    put(room, list_id, "Tirta Andara", "belum", "Pelanggaran kode etik")
    issued(room, list_id)
    assert set(holders(room)) == {"Puspa Nirmala", "Gita Permata"}


def test_the_year_of_the_register_is_the_regencys(session: Session) -> None:
    room = finished_training(session, MORNING)
    issue(room, published(room), datetime(2024, 12, 31, 17, 30, tzinfo=UTC))
    assert {one.register_year for one in holders(room).values()} == {2025}
    assert {one.facts["issued_on"] for one in holders(room).values()} == {"2025-01-01"}


def test_numbers_go_on_over_trainings_and_begin_again_each_year(session: Session) -> None:
    first = finished_training(session, MORNING)
    issued(first)
    second = finished_training(session, MORNING, name="TOT gelombang IV", like=first)
    issued(second)
    assert sorted(one.register_number for one in holders(second).values()) == [3, 4]
    third = finished_training(session, MORNING, name="TOT gelombang V", like=first)
    issue(third, published(third), datetime(2025, 1, 2, tzinfo=UTC))
    assert sorted(one.register_number for one in holders(third).values()) == [1, 2]


def test_who_meets_a_taken_number_takes_the_next(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    first = finished_training(session, MORNING)
    issued(first)
    second = finished_training(session, MORNING, name="TOT gelombang IV", like=first)
    list_id = published(second)
    read = issuing._next_number
    stale = [1, 2]
    monkeypatch.setattr(issuing, "_next_number", lambda *args: stale.pop() if stale else read(*args))
    assert issue(second, list_id) == 2
    assert sorted(one.register_number for one in holders(second).values()) == [3, 4]


def test_numbers_have_no_gaps_when_several_issue_at_once(session: Session) -> None:
    rooms = [finished_training(session, MORNING)]
    rooms += [finished_training(session, MORNING, name=f"TOT {n}", like=rooms[0]) for n in range(3)]
    list_ids = [published(room) for room in rooms]
    session.commit()
    engine, start, issued_counts = session.get_bind(), threading.Barrier(4), []

    def work(list_id: uuid.UUID) -> None:
        with Session(engine) as own:
            start.wait()
            count = issuing.issue(own, list_id=list_id, address=ADDRESS, actor=CHAIR, now=MORNING)
            issued_counts.append(count)

    threads = [threading.Thread(target=work, args=(list_id,)) for list_id in list_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert issued_counts == [2, 2, 2, 2]
    numbers = sorted(session.scalars(select(Certificate.register_number)))
    assert numbers == list(range(1, 9))


def test_a_correction_revokes_what_it_denies_and_leaves_the_rest(session: Session) -> None:
    room = finished_training(session, MORNING)
    issued(room)
    before = holders(room)
    second = drafted(room)
    put(room, second, "Gita Permata", "belum", "Dokumen tidak sah")
    put(room, second, "Puspa Nirmala", "lulus", "Salah hitung")
    published(room, second)
    gone = register.certificate(session, before["Gita Permata"].public_id)
    assert (gone.state, gone.revocation_reason) == (
        "dicabut",
        "penetapan diperbaiki dengan daftar penetapan nomor 2",
    )
    assert issue(room, second) == 1
    after = holders(room)
    assert set(after) == {"Tirta Andara", "Puspa Nirmala"}
    assert after["Tirta Andara"].public_id == before["Tirta Andara"].public_id
    assert after["Puspa Nirmala"].register_number == 3


def test_a_corrected_name_replaces_the_certificate(session: Session) -> None:
    room = finished_training(session, MORNING)
    issued(room)
    session.execute(update(Person).where(Person.name == "Tirta Andara").values(name="Tirta Andaru"))
    session.commit()
    assert issue(room, published(room)) == 1
    assert holders(room)["Tirta Andaru"].register_number == 3
    assert "Tirta Andara" not in holders(room)


def test_a_revoked_certificate_says_why_and_is_not_issued_again_by_its_list(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = issued(room)
    one = holders(room)["Tirta Andara"]
    revocation.revoke(
        session, public_id=one.public_id, reason=" terbukti diwakili ", actor=CHAIR, now=MORNING
    )
    seen = register.certificate(session, one.public_id.upper())
    assert (seen.state, seen.revocation_reason, seen.revoked_at) == ("dicabut", "terbukti diwakili", MORNING)
    with pytest.raises(revocation.AlreadyRevokedError):
        revocation.revoke(session, public_id=one.public_id, reason="lagi", actor=CHAIR, now=MORNING)
    session.rollback()
    assert issue(room, list_id) == 0
    assert "Tirta Andara" not in holders(room)


def test_a_certificate_whose_stored_facts_do_not_fit_its_digest_is_not_vouched_for(session: Session) -> None:
    room = finished_training(session, MORNING)
    issued(room)
    one = holders(room)["Tirta Andara"]
    row = session.scalars(select(Certificate).where(Certificate.public_id == one.public_id)).one()
    assert row.digest == fingerprint(row.facts)
    facts = {**row.facts, "name": "Orang Lain"}
    forged = Certificate(
        public_id="x" * 26,
        decision_id=next(d.id for d in list_view(session, drafted(room)).lines),
        register_year=2024,
        register_number=99,
        facts=facts,
        digest=row.digest,
        issued_at=MORNING,
    )
    session.add(forged)
    session.commit()
    assert register.certificate(session, "x" * 26).state == "rusak"


def test_public_ids_spell_130_bits() -> None:
    assert issuing.new_public_id(0) == "a" * 26
    assert issuing.new_public_id(2**130 - 1) == "7" * 26
    assert issuing.new_public_id(1) == "a" * 25 + "b"


SITTERS = st.lists(
    st.tuples(
        st.sampled_from(["anggota", "paw", "mewakili", "sekretariat"]),
        st.one_of(st.none(), st.integers(0, 25)),
        st.sampled_from([None, "lulus", "belum"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SITTERS)
def test_nobody_who_failed_or_cannot_be_certified_ever_gets_a_certificate(
    sitters: list[tuple[str, int | None, str | None]],
) -> None:
    engine = create_engine("sqlite://")
    prepare_engine(engine)
    Base.metadata.create_all(engine)
    people = {f"Peserta {n}": (kind, right) for n, (kind, right, _) in enumerate(sitters)}
    with Session(engine) as session:
        room = finished_training(session, MORNING, people)
        list_id = drafted(room)
        expected = set()
        for person, (kind, right, wanted) in zip(people, sitters, strict=True):
            certifiable = kind in ("anggota", "paw")
            if wanted and certifiable:
                put(room, list_id, person, wanted, "Putusan pleno")
            passed = wanted == "lulus" if wanted else right is not None and right >= 18
            if passed and certifiable:
                expected.add(person)
        issued(room, list_id)
        assert set(holders(room)) == expected
    engine.dispose()
