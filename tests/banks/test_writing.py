"""A bank file is written from the pages: checked whole, replaced in one step, loaded and on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks import storing
from kapuas_quiz.banks.acceptance import NotAcceptedError
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.banks.storing import BankFileNotFound, BankNotWritableError, FileChangedMeanwhileError
from kapuas_quiz.banks.writing import (
    AreaFullError,
    ItemChangedMeanwhileError,
    ItemNotInFile,
    LastItemError,
    Place,
    add_items,
    change_item,
    take_out_item,
    written_item,
)
from kapuas_quiz.core.roles import Actor
from tests.banks.writing import item, write_bank
from tests.conftest import Clock

AREA = "08-logistik"
ACTOR = Actor("tirta", "Tirta Andara")


@pytest.fixture
def place(session: Session, clock: Clock, tmp_path: Path) -> Place:
    """A folder of one bank with two items, loaded."""
    folder = tmp_path / "bank"
    folder.mkdir()
    path = write_bank(folder, item(1), item(2))
    path.write_text("# milik seksi logistik\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    place = Place(folder, ACTOR, clock())
    load_banks(session, folder=folder, actor=ACTOR, now=clock())
    return place


def text_of(place: Place) -> str:
    return (place.folder / f"{AREA}.yaml").read_text(encoding="utf-8")


def change(session: Session, place: Place, digest: str = "", **values: Any) -> None:
    known = written_item(place.folder, AREA, "logistik-001")
    data = {**known.data, **values}
    change_item(session, place, area=AREA, data=data, digest=digest or known.digest)


def stems(session: Session) -> dict[str, str]:
    rows = session.execute(
        select(Item.id, ItemRevision.content).join(ItemRevision, Item.current_revision_id == ItemRevision.id)
    )
    return {name: content["stem"] for name, content in rows}


def test_a_change_reaches_the_file_and_the_database_in_one_act(session: Session, place: Place) -> None:
    before = text_of(place)
    change(session, place, stem="Kotak suara penyok. Apa yang dilakukan?")
    assert stems(session)["logistik-001"] == "Kotak suara penyok. Apa yang dilakukan?"
    assert text_of(place).startswith("# milik seksi logistik\n")
    assert text_of(place).split("logistik-002")[1] == before.split("logistik-002")[1]


def test_who_wrote_what_is_on_record(session: Session, place: Place) -> None:
    change(session, place, stem="Kotak suara penyok. Apa yang dilakukan?")
    act = session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.tulis")).one()
    now = written_item(place.folder, AREA, "logistik-001").digest
    assert (act.subject, act.actor) == ("logistik-001", "tirta")
    assert {name: act.detail[name] for name in ("berkas", "sidik", "cara")} == {
        "berkas": f"{AREA}.yaml",
        "sidik": now,
        "cara": "ubah",
    }


def test_writing_what_is_there_already_changes_and_records_nothing(session: Session, place: Place) -> None:
    before = text_of(place)
    change(session, place)
    assert text_of(place) == before
    assert session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.tulis")).all() == []


def test_faults_are_told_at_their_places_and_nothing_is_written(session: Session, place: Place) -> None:
    before = text_of(place)
    with pytest.raises(NotAcceptedError) as refused:
        change(session, place, stem="", facts=["F999"], key="z")
    assert {path for path, _ in refused.value.of_items["logistik-001"]} >= {("stem",)}
    with pytest.raises(NotAcceptedError) as refused:
        change(session, place, facts=["F999"])
    assert [path for path, _ in refused.value.of_items["logistik-001"]] == [("facts",)]
    assert text_of(place) == before
    assert list(place.folder.iterdir()) == [place.folder / f"{AREA}.yaml"]


def test_faults_that_the_file_had_already_are_told_too(session: Session, place: Place) -> None:
    path = write_bank(place.folder, item(1), item(2, key="z"))
    with pytest.raises(NotAcceptedError) as refused:
        change(session, place, stem="Kotak suara penyok?")
    assert refused.value.of_items == {}
    assert refused.value.elsewhere[0].file == path.name


def test_a_faulty_neighbour_file_stops_nobody(session: Session, place: Place) -> None:
    (place.folder / "09-koordinasi.yaml").write_text("rusak: [", encoding="utf-8")
    change(session, place, stem="Kotak suara penyok?")
    assert stems(session)["logistik-001"] == "Kotak suara penyok?"


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(session: Session, place: Place) -> None:
    opened = written_item(place.folder, AREA, "logistik-001").digest
    change(session, place, stem="Tulisan orang lain?")
    with pytest.raises(ItemChangedMeanwhileError) as refused:
        change(session, place, opened, stem="Tulisan saya?")
    assert refused.value.current.data["stem"] == "Tulisan orang lain?"
    assert "Tulisan saya" not in text_of(place)
    change(session, place, refused.value.current.digest, stem="Tulisan saya?")
    assert stems(session)["logistik-001"] == "Tulisan saya?"


def test_new_items_take_numbers_that_nobody_ever_had(session: Session, place: Place) -> None:
    ids = add_items(session, place, area=AREA, items=[item(9, stem="Satu?"), item(9, stem="Dua?")])
    assert ids == ("logistik-003", "logistik-004")
    digest = written_item(place.folder, AREA, "logistik-004").digest
    take_out_item(session, place, area=AREA, item_id="logistik-004", digest=digest)
    assert session.get_one(Item, "logistik-004").removed_at
    assert add_items(session, place, area=AREA, items=[item(9, stem="Tiga?")]) == ("logistik-005",)
    assert stems(session)["logistik-005"] == "Tiga?"


def test_the_last_item_of_a_file_stays(session: Session, place: Place) -> None:
    write_bank(place.folder, item(1))
    digest = written_item(place.folder, AREA, "logistik-001").digest
    with pytest.raises(LastItemError):
        take_out_item(session, place, area=AREA, item_id="logistik-001", digest=digest)
    assert "logistik-001" in text_of(place)


def test_numbers_end_at_999(session: Session, place: Place) -> None:
    write_bank(place.folder, item(999))
    with pytest.raises(AreaFullError):
        add_items(session, place, area=AREA, items=[item(1)])


def test_an_id_of_another_file_is_refused(session: Session, place: Place) -> None:
    stranger = item(3)
    write_bank(place.folder, item(1, area="09-koordinasi"), stranger, area="09-koordinasi")
    with pytest.raises(NotAcceptedError) as refused:
        add_items(session, place, area=AREA, items=[item(9, stem="Satu?")])
    assert "09-koordinasi.yaml" in {fault.file for fault in refused.value.elsewhere}


def test_the_file_keeps_its_permissions_and_its_byte_order_mark(session: Session, place: Place) -> None:
    path = place.folder / f"{AREA}.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    path.chmod(0o640)
    change(session, place, stem="Kotak suara penyok?")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# milik")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_cannot_be_written_is_said_so(
    session: Session, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(storing.tempfile, "TemporaryDirectory", refuse)
    before = text_of(place)
    with pytest.raises(BankNotWritableError):
        change(session, place, stem="Kotak suara penyok?")
    assert text_of(place) == before


def at_commit(session: Session, happens: Callable[[], None]) -> None:
    """Let the database refuse the commit, after something else happened."""

    def refuse(_session: Session) -> None:
        happens()
        raise RuntimeError

    event.listen(session, "before_commit", refuse, once=True)


def test_the_file_comes_back_when_the_database_refuses(session: Session, place: Place) -> None:
    path = place.folder / f"{AREA}.yaml"
    path.chmod(0o640)
    before, seen = text_of(place), []
    at_commit(session, lambda: seen.append(text_of(place)))
    with pytest.raises(RuntimeError):
        change(session, place, stem="Kotak suara penyok?")
    assert "Kotak suara penyok?" in seen[0]
    assert text_of(place) == before
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(place.folder.iterdir()) == [path]


def test_what_an_editor_saved_while_the_database_refused_stays(session: Session, place: Place) -> None:
    path = place.folder / f"{AREA}.yaml"
    theirs = "# dari editor lain\n" + text_of(place)
    at_commit(session, lambda: path.write_text(theirs, encoding="utf-8") and None)
    with pytest.raises(RuntimeError):
        change(session, place, stem="Kotak suara penyok?")
    assert text_of(place) == theirs


def test_what_an_editor_saved_while_the_new_text_was_checked_stays(session: Session, place: Place) -> None:
    path = place.folder / f"{AREA}.yaml"
    theirs = "# dari editor lain\n" + text_of(place)

    def save(_session: Session, _context: object, _instances: object) -> None:
        path.write_text(theirs, encoding="utf-8")

    event.listen(session, "before_flush", save, once=True)
    with pytest.raises(FileChangedMeanwhileError):
        change(session, place, stem="Kotak suara penyok?")
    assert text_of(place) == theirs
    session.rollback()
    change(session, place, stem="Kotak suara penyok?")
    assert text_of(place).startswith("# dari editor lain\n")
    assert stems(session)["logistik-001"] == "Kotak suara penyok?"


def test_what_is_not_there_cannot_be_written(session: Session, place: Place) -> None:
    with pytest.raises(BankFileNotFound):
        written_item(place.folder, "99-lain", "lain-001")
    with pytest.raises(ItemNotInFile):
        written_item(place.folder, AREA, "logistik-077")
