"""People who join at the same instant are still split evenly."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy.orm import Session

from kapuas_quiz.core.content_spec import DEFAULT
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.database import write_intent
from kapuas_quiz.extensions import db
from kapuas_quiz.forms.assembling import assemble_forms, save_specification
from kapuas_quiz.forms.service import assign
from tests.forms.making import enrolled, few_banks, training


def test_eight_of_one_desa_at_once_are_four_and_four(app, session, clock):
    few_banks(session)
    room = training(session)
    save_specification(session, training_id=room, spec=DEFAULT, actor=SYSTEM, now=clock())
    assemble_forms(session, training_id=room, seed=1, allowance="Uji coba", actor=SYSTEM, now=clock())
    people = [enrolled(session, room, desa="62.03.01.2001") for _ in range(8)]
    with app.app_context():
        engine = db.engine
    together = Barrier(len(people))

    def join(who):
        write_intent.set(True)
        with Session(engine) as own:
            together.wait()
            label = assign(own, enrolment_id=who, now=clock())
            own.commit()
            return label

    with ThreadPoolExecutor(len(people)) as pool:
        labels = Counter(pool.map(join, people))
    assert labels == {"A": 4, "B": 4}


def test_one_person_who_taps_twice_gets_one_form(app, session, clock):
    room = training(session)
    save_specification(session, training_id=room, spec=DEFAULT, actor=SYSTEM, now=clock())
    who = enrolled(session, room)
    with app.app_context():
        engine = db.engine
    together = Barrier(4)

    def join(_):
        write_intent.set(True)
        with Session(engine) as own:
            together.wait()
            label = assign(own, enrolment_id=who, now=clock())
            own.commit()
            return label

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(join, range(4)))) == 1
