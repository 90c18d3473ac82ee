"""Forms are assembled and frozen from a stored specification; once given, nothing about them changes."""

import uuid
from collections import Counter

import pytest
from sqlalchemy import select, update

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.assembly import CellsTooSmall
from kapuas_quiz.core.content_spec import DEFAULT, ContentSpecification
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.forms.assembling import (
    MOST_PICTURE_BYTES,
    AlreadyGiven,
    FormsTooHeavy,
    SpecificationMissing,
    assemble_forms,
    save_specification,
    set_minutes,
)
from kapuas_quiz.forms.models import AssessmentForm
from kapuas_quiz.forms.reading import TrainingNotFound, forms_page, specification_page
from kapuas_quiz.forms.service import (
    FormNotFound,
    FormsNotAssembled,
    assessments_of,
    assign,
    form_for,
    form_of,
    forms_of,
    spec_of,
)
from tests.banks.writing import write_bank
from tests.forms.making import enrolled, few_banks, training

OTHER = ContentSpecification(
    competencies=tuple(c.model_copy(update={"standard": 0.8}) for c in DEFAULT.competencies)
)


@pytest.fixture
def room(session, clock):
    """A training with the default specification, on the project's banks."""

    class Room:
        id = training(session)

        def save(self, spec=DEFAULT):
            save_specification(session, training_id=self.id, spec=spec, actor=SYSTEM, now=clock())

        def assemble(self, seed=7, allowance="Uji coba di kantor"):
            assemble_forms(
                session, training_id=self.id, seed=seed, allowance=allowance, actor=SYSTEM, now=clock()
            )
            return {label: form_of(session, form_id) for label, form_id in forms_of(session, self.id).items()}

    few_banks(session)
    made = Room()
    made.save()
    return made


def actions(session) -> list[str]:
    return [a for a in session.scalars(select(AuditEvent.action)) if a != "bank.muat"]


def test_a_new_training_has_no_specification_and_is_shown_the_default(session):
    training_id = training(session)
    assert spec_of(session, training_id) is None
    shown = specification_page(session, training_id)
    assert (shown.spec, shown.stored, shown.given) == (DEFAULT, False, False)


def test_a_stored_specification_comes_back_as_it_was(session, room):
    assert spec_of(session, room.id) == DEFAULT
    room.save()
    assert actions(session) == ["kisi-kisi.simpan"]


def test_a_training_that_does_not_exist_is_refused(session, clock):
    nobody = uuid.uuid4()
    for page in (specification_page, forms_page):
        with pytest.raises(TrainingNotFound):
            page(session, nobody)
    with pytest.raises(TrainingNotFound):
        save_specification(session, training_id=nobody, spec=DEFAULT, actor=SYSTEM, now=clock())
    with pytest.raises(FormNotFound):
        form_of(session, nobody)


def test_two_forms_follow_the_specification_and_share_no_item(session, room):
    forms = room.assemble()
    wanted = {(c.key, level): n for c in DEFAULT.competencies for level, n in c.counts.items()}
    for form in forms.values():
        assert Counter((i.competency, i.level) for i in form.items) == wanted
        assert [i.position for i in form.items] == list(range(1, 26))
        assert all(i.content["stem_html"] for i in form.items)
    drawn = [item.item_id for form in forms.values() for item in form.items]
    assert len(set(drawn)) == 50


def test_the_same_seed_gives_the_same_forms_and_another_seed_others(session, room):
    prints = [{label: form.fingerprint for label, form in room.assemble(seed).items()} for seed in (7, 8, 7)]
    assert prints[0] == prints[2] != prints[1]


def test_assembling_makes_pre_and_post_test_of_equal_length_once(session, room):
    room.assemble()
    room.assemble(8)
    assert [(view.kind, view.minutes) for view in assessments_of(session, room.id)] == [
        ("pre", 25),
        ("post", 25),
    ]


def test_the_drawn_wordings_are_frozen_and_survive_another_bank(session, room, tmp_path, clock):
    form = room.assemble()["A"]
    used = set(session.scalars(select(ItemRevision.id).where(ItemRevision.used_at.is_not(None))))
    assert {item.revision_id for item in form.items} < used
    assert len(used) == 50
    write_bank(tmp_path)
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())
    session.expire_all()
    kept = session.get_one(ItemRevision, form.items[0].revision_id)
    assert kept.content == form.items[0].content


def test_forms_are_verified_only_when_every_item_was_approved(session, room):
    assert not any(form.verified for form in room.assemble(1).values())
    assert set(session.scalars(select(AssessmentForm.allowance))) == {"Uji coba di kantor"}
    session.execute(update(Item).values(review="disetujui"))
    session.commit()
    assert all(form.verified for form in room.assemble(2).values())
    assert set(session.scalars(select(AssessmentForm.allowance))) == {""}


def test_without_an_allowance_only_approved_items_are_drawn(session, room):
    with pytest.raises(CellsTooSmall):
        room.assemble(allowance="")
    session.rollback()
    half = session.scalars(select(Item.id).where(Item.id.not_like("%1"))).all()
    session.execute(update(Item).where(Item.id.in_(half)).values(review="disetujui"))
    session.commit()
    drawn = {item.item_id for form in room.assemble(allowance="").values() for item in form.items}
    assert drawn <= set(half)


def test_a_bank_that_cannot_fill_a_cell_is_refused_and_the_old_forms_stay(session, room, clock):
    before = room.assemble()
    session.execute(
        update(Item)
        .where(Item.competency.in_(["08-logistik", "09-koordinasi"]), Item.level == "ingat")
        .values(removed_at=clock())
    )
    session.commit()
    with pytest.raises(CellsTooSmall) as refusal:
        room.assemble(9)
    session.rollback()
    assert [(c.competency.key, c.level, c.available) for c in refusal.value.cells] == [
        ("dukungan", "ingat", 0)
    ]
    assert forms_of(session, room.id) == {label: form.id for label, form in before.items()}


def give_pictures(session, size: int) -> None:
    """Let every item have a picture of so many bytes."""
    for revision in session.scalars(select(ItemRevision)):
        revision.content = {**revision.content, "picture": {"bytes": size}}
    session.commit()


def test_pictures_of_a_form_are_counted(session, room):
    give_pictures(session, 1024)
    forms = room.assemble()
    assert {form.picture_bytes for form in forms.values()} == {DEFAULT.n_items * 1024}
    assert forms_page(session, room.id).pictures == {"A": DEFAULT.n_items, "B": DEFAULT.n_items}


def test_forms_whose_pictures_are_too_heavy_are_refused_and_earlier_ones_stay(session, room):
    before = {label: form.id for label, form in room.assemble().items()}
    give_pictures(session, MOST_PICTURE_BYTES // DEFAULT.n_items + 1)
    with pytest.raises(FormsTooHeavy) as refusal:
        room.assemble(9)
    session.rollback()
    assert min(refusal.value.weights.values()) > MOST_PICTURE_BYTES
    assert forms_of(session, room.id) == before


def test_forms_need_a_stored_specification(session, clock):
    training_id = training(session)
    with pytest.raises(SpecificationMissing):
        assemble_forms(
            session, training_id=training_id, seed=1, allowance="Uji coba", actor=SYSTEM, now=clock()
        )
    session.rollback()
    with pytest.raises(SpecificationMissing):
        set_minutes(session, training_id=training_id, minutes={"pre": 20}, actor=SYSTEM, now=clock())


def test_another_specification_discards_forms_that_nobody_was_given(session, room):
    room.assemble()
    room.save(OTHER)
    assert forms_of(session, room.id) == {}
    assert spec_of(session, room.id) == OTHER


def test_once_somebody_has_a_form_neither_specification_nor_forms_change(session, room, clock):
    room.assemble()
    assign(session, enrolment_id=enrolled(session, room.id), now=clock())
    session.commit()
    for change in (lambda: room.save(OTHER), lambda: room.assemble(9)):
        with pytest.raises(AlreadyGiven):
            change()
        session.rollback()
    room.save(DEFAULT)
    assert forms_page(session, room.id).given == 1


def test_everybody_takes_one_form_first_and_the_other_later(session, room, clock):
    room.assemble()
    forms = forms_of(session, room.id)
    pre, post = assessments_of(session, room.id)
    for _ in range(4):
        who = enrolled(session, room.id, desa="62.03.01.2001")
        label = assign(session, enrolment_id=who, now=clock())
        first = form_for(session, assessment_id=pre.id, enrolment_id=who, now=clock())
        second = form_for(session, assessment_id=post.id, enrolment_id=who, now=clock())
        assert {first, second} == set(forms.values())
        assert first == forms[label]
        assert form_for(session, assessment_id=pre.id, enrolment_id=who, now=clock()) == first


def test_nobody_gets_a_form_before_there_are_forms(session, room, clock):
    room.assemble()
    pre, _ = assessments_of(session, room.id)
    room.save(OTHER)
    who = enrolled(session, room.id)
    with pytest.raises(FormsNotAssembled):
        form_for(session, assessment_id=pre.id, enrolment_id=who, now=clock())
    session.commit()
    assert forms_page(session, room.id).given == 0


def test_halves_of_each_desa_and_of_each_ppk_differ_by_at_most_one(session, room, clock):
    room.assemble()
    units = ["", "62.03.01.2001", "62.03.01.2002", "62.03.01.2003"]
    given = Counter()
    for unit in units * 3:
        label = assign(session, enrolment_id=enrolled(session, room.id, desa=unit), now=clock())
        given[unit, label] += 1
    session.commit()
    assert all(abs(given[unit, "A"] - given[unit, "B"]) == 1 for unit in units)
    assert abs(sum(given[unit, "A"] - given[unit, "B"] for unit in units)) <= 1


def test_people_of_another_training_do_not_count(session, room, clock):
    room.assemble()
    other = training(session, wave="IV")
    for _ in range(3):
        assign(session, enrolment_id=enrolled(session, other, desa="62.03.01.2001"), now=clock())
    labels = [
        assign(session, enrolment_id=enrolled(session, room.id, desa="62.03.01.2001"), now=clock())
        for _ in range(2)
    ]
    assert sorted(labels) == ["A", "B"]


def test_minutes_can_be_set_and_the_change_is_on_record(session, room, clock):
    room.assemble()
    for _ in range(2):
        set_minutes(session, training_id=room.id, minutes={"pre": 20}, actor=SYSTEM, now=clock())
    assert [view.minutes for view in assessments_of(session, room.id)] == [20, 25]
    assert actions(session) == ["kisi-kisi.simpan", "paket.susun", "tes.menit"]
