"""Taking over moves aside and never deletes, and asks where something speaks against it."""

from datetime import UTC, datetime, timedelta

import pytest

from kapuas_quiz.operations import spare_guard
from kapuas_quiz.operations.address_words import address_words
from kapuas_quiz.operations.installing import install_copy
from kapuas_quiz.operations.network import Address
from kapuas_quiz.operations.promotion_doubts import doubts
from kapuas_quiz.operations.spare_copy import CopyError, find_copy
from kapuas_quiz.operations.spare_guard import ReplacedError, refuse_replaced
from tests.operations.spares import SmallLaptop, answers_in

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def laptop(tmp_path):
    (tmp_path / "utama").mkdir()
    return SmallLaptop(tmp_path / "utama")


@pytest.fixture
def spare(tmp_path):
    (tmp_path / "kedua").mkdir()
    return SmallLaptop(tmp_path / "kedua")


@pytest.fixture
def stick(laptop, tmp_path):
    folder = laptop.attach(tmp_path / "stik")
    laptop.answer(9)
    laptop.copier().turn()
    return folder


def codes(laptop, stick):
    return [code for code, _ in doubts(laptop.settings, laptop.database, find_copy(stick))]


def test_a_fresh_spare_is_not_asked_and_gets_everything(spare, stick, laptop):
    assert codes(spare, stick) == []
    (spare.banks / "01.yaml").write_text("soal: lama\n", encoding="utf-8")
    (spare.banks / "99.yaml").write_text("soal: lain\n", encoding="utf-8")
    spare.connection.close()
    aside = install_copy(spare.settings, spare.database, find_copy(stick), now=NOW)
    assert answers_in(spare.database) == 9
    assert (spare.data / "rahasia.json").read_bytes() == (laptop.data / "rahasia.json").read_bytes()
    assert sorted(path.name for path in spare.banks.glob("*.yaml")) == ["01.yaml"]
    assert (spare.banks / "01.yaml").read_text(encoding="utf-8") == "soal: satu\n"
    assert (aside / "kapuas.sqlite3").exists() and (aside / "rahasia.json").exists()
    assert (aside / "bank" / "01.yaml").read_text(encoding="utf-8") == "soal: lama\n"
    assert (aside / "bank" / "99.yaml").exists()


def test_a_laptop_with_people_of_another_installation_is_asked(spare, stick):
    spare.connection.execute("INSERT INTO staff VALUES ('a')")
    spare.connection.commit()
    assert codes(spare, stick) == ["lain"]


def test_newer_data_of_the_same_installation_are_asked_about_and_older_ones_are_not(laptop, stick):
    laptop.connection.execute("INSERT INTO staff VALUES ('a')")
    laptop.connection.commit()
    assert codes(laptop, stick) == []
    laptop.answer()
    assert codes(laptop, stick) == ["lebih-baru"]


def test_a_copy_that_somebody_took_over_from_is_asked_about(spare, stick):
    stick.note_promotion({"epoch": 2, "at": "2026-11-24T01:00:00+00:00"})
    assert codes(spare, stick) == ["diambil"]


def test_a_laptop_whose_copy_was_promoted_does_not_start_again_even_without_the_stick(laptop, stick):
    refuse_replaced(laptop.settings)
    stick.note_promotion({"epoch": 2, "at": "2026-11-24T01:00:00+00:00"})
    with pytest.raises(ReplacedError):
        refuse_replaced(laptop.settings)
    stick.place.rename(stick.place.with_name("dicabut"))
    with pytest.raises(ReplacedError):
        refuse_replaced(laptop.settings)


def test_a_laptop_asks_the_address_on_its_badges_unless_it_is_its_own(laptop, monkeypatch):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    rows = [("http://192.0.2.9:8000", tomorrow), ("http://127.0.0.1:8000", tomorrow), ("", tomorrow)]
    laptop.connection.executemany("INSERT INTO training VALUES (?, ?)", rows)
    laptop.connection.execute("INSERT INTO training VALUES ('http://192.0.2.8', '2024-01-01')")
    laptop.connection.commit()
    asked = []
    monkeypatch.setattr(spare_guard, "newest_tenure", lambda secrets, addresses: asked.extend(addresses) or 3)
    with pytest.raises(ReplacedError):
        refuse_replaced(laptop.settings)
    assert asked == ["http://192.0.2.9:8000"]


def test_a_stick_that_is_read_only_for_sqlite_gets_nothing_written_beside_the_copy(spare, stick):
    before = sorted(path.name for path in stick.place.iterdir())
    find_copy(stick)
    codes(spare, stick)
    assert sorted(path.name for path in stick.place.iterdir()) == before


def test_the_address_on_the_badges_is_said_with_the_way_to_get_it():
    present = [Address("192.168.1.23", "Wi-Fi")]
    words = address_words(["http://192.168.1.10:8000"], present, "win32")
    assert "HP MENCARI ALAMAT http://192.168.1.10:8000" in words
    assert "192.168.1.23" in words and "Isi Alamat IP 192.168.1.10" in words and "192.168.1.1," in words
    right = address_words(["http://192.168.1.23:8000"], present, "linux")
    assert "sudah alamat laptop ini" in right and "MENCARI" not in right


def test_a_copy_that_arrives_damaged_leaves_the_data_of_this_laptop_alone(spare, stick, monkeypatch):
    monkeypatch.setattr("kapuas_quiz.operations.installing.file_digest", lambda path: "lain")
    with pytest.raises(CopyError, match="rusak"):
        install_copy(spare.settings, spare.database, find_copy(stick), now=NOW)
    assert spare.connection.execute("SELECT count(*) FROM response_event").fetchone() == (0,)
    assert sorted(path.suffix for path in spare.data.glob("kapuas*")).count(".sebagian") == 0
