"""The copy on a spare is whole at every moment, and the mark never promises more than it holds."""

import errno
import shutil
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kapuas_quiz.operations import spare_folder
from kapuas_quiz.operations.spare import OccupiedFolderError, UnusableFolderError, attach_folder
from kapuas_quiz.operations.spare_copier import Copier
from kapuas_quiz.operations.spare_copy import CopyError, find_copy
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_image import changed_pages, page_digests
from kapuas_quiz.operations.spare_state import bound_mark, read_attached, read_progress, release
from kapuas_quiz.operations.tenure import replaced_by
from tests.operations.spares import SmallLaptop, answers_in, spoil


@pytest.fixture
def laptop(tmp_path):
    return SmallLaptop(tmp_path)


@pytest.fixture
def stick(laptop, tmp_path):
    return laptop.attach(tmp_path / "stik")


@pytest.fixture
def copier(laptop, stick):
    return laptop.copier()


def test_nothing_counts_as_safe_before_the_first_copy_and_all_of_it_after(laptop, stick, copier):
    laptop.answer(3)
    assert laptop.mark == 0
    copier.turn()
    assert laptop.mark == 3
    assert answers_in(find_copy(stick).database) == 3


def test_the_two_files_take_turns_and_the_older_one_stays_whole_meanwhile(laptop, stick, copier):
    slots = []
    for _ in range(4):
        laptop.answer()
        copier.turn()
        slots.append(find_copy(stick).slot)
        assert len([slot for slot, seal in stick.seals().items() if stick.is_whole(slot, seal)]) == min(
            len(slots), 2
        )
    assert slots in ([0, 1, 0, 1], [1, 0, 1, 0])


def test_without_a_change_nothing_is_copied_and_after_one_only_its_pages_are_written(laptop, stick, copier):
    laptop.answer(4000)
    copier.turn()
    laptop.answer()
    copier.turn()
    number = find_copy(stick).seal.number
    copier.turn()
    assert find_copy(stick).seal.number == number
    laptop.answer()
    copier.turn()
    progress = read_progress(laptop.data)
    assert progress.size > 300_000
    assert progress.sent <= 10 * 4096


def test_the_secret_and_the_banks_with_their_pictures_go_along_and_follow_changes(laptop, stick, copier):
    copier.turn()
    assert (stick.place / "rahasia.json").read_bytes() == (laptop.data / "rahasia.json").read_bytes()
    assert (stick.place / "bank" / "gambar" / "surat.png").read_bytes() == b"\x89PNG"
    (laptop.banks / "01.yaml").write_text("soal: satu yang lain\n", encoding="utf-8")
    copier.turn()
    assert "yang lain" in (stick.place / "bank" / "01.yaml").read_text(encoding="utf-8")
    assert stick.lacks(find_copy(stick).seal) == []


def test_a_copy_taken_beside_twenty_writers_is_one_moment_of_the_database(laptop, stick, copier):
    leaving = threading.Event()
    written = [0] * 20

    def write(number: int) -> None:
        own = sqlite3.connect(laptop.database, timeout=30)
        while not leaving.is_set():
            with own:
                own.execute("BEGIN IMMEDIATE")
                for entry in (1, 2):
                    row = (bytes([number]) * 16, "hp", 2 * written[number] + entry, "null")
                    own.execute("INSERT INTO response_event VALUES (?, ?, ?, ?)", row)
            written[number] += 1
        own.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(6):
            least = 2 * sum(written)
            copier.turn()
            found = find_copy(stick)
            count = answers_in(found.database)
            assert laptop.fault == ""
            assert count == found.seal.mark == laptop.mark
            assert count % 2 == 0
            assert count >= least
    finally:
        leaving.set()
        for thread in threads:
            thread.join()
    assert sum(written) > 20


def test_a_stick_that_was_pulled_out_is_told_and_the_mark_stays_where_it_was(laptop, stick, copier):
    laptop.answer(2)
    copier.turn()
    elsewhere = stick.place.parent.with_name("laci")
    stick.place.parent.rename(elsewhere)
    laptop.answer()
    copier.turn()
    assert (laptop.mark, laptop.fault) == (2, "hilang")
    stick.place.mkdir(parents=True)
    copier.turn()
    assert laptop.fault == "hilang"
    assert list(stick.place.iterdir()) == []
    stick.place.rmdir()
    stick.place.parent.rmdir()
    elsewhere.rename(stick.place.parent)
    copier.turn()
    assert (laptop.mark, laptop.fault) == (3, "")


def test_a_pulled_stick_is_noticed_while_nobody_answers(laptop, stick, copier):
    copier.turn()
    shutil.rmtree(stick.place)
    copier.turn()
    assert laptop.fault == "hilang"


@pytest.mark.parametrize(
    ("number", "fault"), [(errno.ENOSPC, "penuh"), (errno.EROFS, "tulis"), (errno.EIO, "tulis")]
)
def test_a_full_read_only_or_broken_stick_leaves_the_older_copy_whole(
    laptop, stick, copier, monkeypatch, number, fault
):
    laptop.answer()
    copier.turn()
    real = CopyFolder.write_pages

    def half(self, slot, size, pages):
        real(self, slot, size, list(pages)[:1])
        raise OSError(number, "uji")

    laptop.answer(2)
    with monkeypatch.context() as patch:
        patch.setattr(CopyFolder, "write_pages", half)
        copier.turn()
        assert (laptop.mark, laptop.fault) == (1, fault)
        assert find_copy(stick).seal.mark == 1
    copier.turn()
    assert (laptop.mark, laptop.fault, find_copy(stick).seal.mark) == (3, "", 3)


def test_a_copy_cut_off_at_any_point_leaves_a_whole_one(laptop, stick, copier, monkeypatch):
    laptop.answer(500)
    copier.turn()

    class PowerCutError(Exception):
        pass

    def cut(*_arguments, **_options):
        raise PowerCutError

    for name, where in (("write_pages", CopyFolder), ("seal", CopyFolder), ("write_json", spare_folder)):
        laptop.answer(50)
        with monkeypatch.context() as patch, pytest.raises(PowerCutError):
            patch.setattr(where, name, cut)
            copier.turn()
        assert find_copy(stick).seal.mark >= laptop.mark == 500


@pytest.mark.parametrize("at", [0, 20_000, -1])
def test_a_newest_file_that_was_damaged_yields_to_the_older_one(laptop, stick, copier, at):
    for _ in range(2):
        laptop.answer(200)
        copier.turn()
    newest = find_copy(stick)
    spoil(newest.database, at if at >= 0 else newest.seal.size - 1)
    assert find_copy(stick).seal.mark == 200


def test_two_damaged_files_are_refused_and_so_is_a_copy_without_its_secret(laptop, stick, copier):
    with pytest.raises(CopyError, match="kosong"):
        find_copy(CopyFolder(laptop.banks))
    for _ in range(2):
        laptop.answer()
        copier.turn()
    (stick.place / "rahasia.json").unlink()
    with pytest.raises(CopyError, match="rahasia"):
        find_copy(stick)
    for slot in (0, 1):
        spoil(stick.database(slot), 5000)
    with pytest.raises(CopyError, match="rusak"):
        find_copy(stick)


def test_a_restarted_copier_writes_over_the_older_file_first(laptop, stick, copier):
    for _ in range(2):
        laptop.answer()
        copier.turn()
    newest = find_copy(stick)
    laptop.answer()
    laptop.copier().turn()
    assert find_copy(stick).slot != newest.slot
    assert stick.is_whole(newest.slot, newest.seal)


def test_a_stick_whose_file_does_not_read_back_is_told(laptop, stick, copier, monkeypatch):
    monkeypatch.setattr("kapuas_quiz.operations.spare_sinks.REREAD_EVERY", -1)
    monkeypatch.setattr(CopyFolder, "is_whole", lambda self, slot, seal: False)
    laptop.answer()
    copier.turn()
    assert (laptop.mark, laptop.fault) == (0, "tulis")


def test_a_damaged_source_is_told_and_not_copied_over_the_last_whole_copy(laptop, stick, copier):
    laptop.answer(2000)
    copier.turn()
    laptop.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    laptop.connection.close()
    with laptop.database.open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xff" * 4096 * 4)
    again = Copier(laptop.settings, laptop.database)
    again.turn()
    assert (laptop.fault, laptop.mark) == ("sumber", 2000)
    assert find_copy(stick).seal.mark == 2000


def test_a_copy_from_which_another_laptop_took_over_retires_this_one(laptop, stick, copier):
    copier.turn()
    stick.note_promotion({"epoch": 2, "at": "2026-11-24T01:00:00+00:00"})
    laptop.answer()
    copier.turn()
    assert laptop.fault == "digantikan"
    assert replaced_by(laptop.data) == 2
    assert find_copy(stick).seal.mark == 0


def test_a_released_spare_is_no_promise_any_more_and_its_copy_stays(laptop, stick, copier):
    laptop.answer()
    copier.turn()
    release(laptop.data)
    laptop.answer()
    copier.turn()
    assert laptop.mark is None
    assert find_copy(stick).seal.mark == 1


def test_after_an_older_database_was_put_back_the_mark_does_not_cover_what_is_new(laptop, stick, copier):
    laptop.answer(5)
    copier.turn()
    bound_mark(laptop.data, 3)
    assert laptop.mark == 3
    bound_mark(laptop.data, 9)
    assert laptop.mark == 3


def test_the_folder_of_the_database_itself_and_one_that_is_not_there_are_refused(laptop, tmp_path):
    for folder in (laptop.data, tmp_path / "tidak-ada", tmp_path.relative_to(tmp_path)):
        with pytest.raises(UnusableFolderError):
            attach_folder(laptop.data, folder, database=laptop.database)
    assert read_attached(laptop.data) is None


def test_a_stick_with_other_data_or_a_later_tenure_is_refused_and_left_as_it_is(laptop, tmp_path):
    (tmp_path / "lain").mkdir()
    stranger = SmallLaptop(tmp_path / "lain", port=8300)
    foreign = stranger.attach(tmp_path / "stik-lain")
    stranger.answer()
    stranger.copier().turn()
    rehearsed = laptop.attach(tmp_path / "stik-latihan")
    laptop.copier().turn()
    release(laptop.data)
    rehearsed.note_promotion({"epoch": 2, "at": "2026-11-23T01:00:00+00:00"})
    for folder in (foreign, rehearsed):
        before = sorted((path.name, path.read_bytes()) for path in folder.place.glob("*.*"))
        with pytest.raises(OccupiedFolderError):
            attach_folder(laptop.data, folder.place.parent, database=laptop.database)
        assert sorted((path.name, path.read_bytes()) for path in folder.place.glob("*.*")) == before
    assert read_attached(laptop.data) is None
    assert replaced_by(laptop.data) == 0


def test_after_an_older_database_was_put_back_the_newer_copy_is_not_written_over(laptop, stick, copier):
    laptop.answer(9)
    copier.turn()
    newest = find_copy(stick)
    laptop.connection.execute("DELETE FROM response_event WHERE seq > 4")
    laptop.connection.commit()
    again = laptop.copier()
    for _ in range(2):
        again.turn()
        assert laptop.fault == "lebih-baru"
        assert find_copy(stick).seal == newest.seal


def test_a_clock_that_was_put_back_does_not_make_the_newest_copy_the_older_one(laptop, stick, monkeypatch):
    laptop.answer()
    laptop.copier().turn()
    monkeypatch.setattr("kapuas_quiz.operations.spare_copier.time.time_ns", lambda: 10**15)
    laptop.answer()
    laptop.copier().turn()
    assert find_copy(stick).seal.mark == laptop.mark == 2


def test_a_copy_is_seen_to_be_current_while_nobody_answers(laptop, stick, copier, monkeypatch):
    monkeypatch.setattr("kapuas_quiz.operations.spare_sinks.BEAT_EVERY", -1)
    copier.turn()
    assert stick.beaten() is None
    copier.turn()
    assert stick.beaten() is not None
    later = datetime.now(UTC) + timedelta(hours=1)
    stick.beat(later)
    assert find_copy(stick).seen == later.replace(microsecond=0)


def test_a_copy_of_a_newer_version_is_refused_before_anything_is_changed(laptop, stick, copier):
    laptop.connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    laptop.connection.execute("INSERT INTO alembic_version VALUES ('9999_nanti')")
    laptop.connection.commit()
    copier.turn()
    with pytest.raises(CopyError, match="versi"):
        find_copy(stick)


def test_a_laptop_that_lost_the_address_of_the_badges_asks_who_has_it(laptop, copier, monkeypatch):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    laptop.connection.execute("INSERT INTO training VALUES ('http://192.0.2.9:8000', ?)", (tomorrow,))
    laptop.connection.commit()
    asked = []
    answer = "kapuas_quiz.operations.spare_copier.newest_tenure"
    monkeypatch.setattr(answer, lambda secrets, addresses: asked.extend(addresses) or 2)
    copier.ask_around()
    assert asked == ["http://192.0.2.9:8000"]
    assert replaced_by(laptop.data) == 2


def test_attaching_the_same_folder_again_forgets_nothing(laptop, stick, copier, tmp_path):
    laptop.answer()
    copier.turn()
    laptop.attach(tmp_path / "stik")
    assert laptop.mark == 1
    laptop.attach(tmp_path / "lain")
    assert laptop.mark == 0


def test_pages_that_differ_are_numbered():
    before = page_digests(bytes(4096 * 3))
    after = page_digests(bytes(4096) + b"x" * 4096 + bytes(4096 * 2))
    assert changed_pages(None, after) == [0, 1, 2, 3]
    assert changed_pages(before, after) == [1, 3]
    assert changed_pages(after, before) == [1]


def test_a_seal_that_fits_another_file_makes_it_no_copy(laptop, stick, copier):
    laptop.answer()
    copier.turn()
    found = find_copy(stick)
    stick.seal(1 - found.slot, replace(found.seal, number=found.seal.number + 1))
    assert find_copy(stick).slot == found.slot
