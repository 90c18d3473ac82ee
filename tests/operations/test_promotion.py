"""Taking over moves aside and never deletes, and asks where something speaks against it."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kapuas_quiz.operations import promote, promotion_doubts, spare_guard
from kapuas_quiz.operations.address_words import address_words
from kapuas_quiz.operations.installing import install_copy
from kapuas_quiz.operations.network import Address
from kapuas_quiz.operations.promotion_doubts import doubts
from kapuas_quiz.operations.spare_copy import CopyError, find_copy
from kapuas_quiz.operations.spare_files import write_json
from kapuas_quiz.operations.spare_guard import ReplacedError, refuse_replaced
from kapuas_quiz.operations.tenure import ask_epoch, proof
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


def codes(laptop, stick, now=None):
    found = doubts(laptop.settings, laptop.database, find_copy(stick), now=now or datetime.now(UTC))
    return [code for code, _ in found]


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


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(0, []), (9, []), (11, ["lama"]), (7 * 1440, ["lama"]), (-1, []), (-3, ["jam"]), (-1440, ["jam"])],
)
def test_an_old_copy_or_a_clock_that_is_wrong_is_asked_about(spare, stick, minutes, code):
    now = find_copy(stick).seen + timedelta(minutes=minutes)
    assert codes(spare, stick, now) == code


def test_a_copy_that_nobody_changed_for_an_hour_is_not_old(spare, stick):
    now = find_copy(stick).seen + timedelta(hours=1)
    stick.beat(now)
    assert codes(spare, stick, now) == []


def test_whether_the_main_laptop_lives_is_asked_by_the_day_of_the_copy_and_of_the_laptop_it_came_from(
    laptop, spare, stick, monkeypatch
):
    today = datetime.now(UTC).date().isoformat()
    laptop.connection.execute("INSERT INTO training VALUES ('http://192.0.2.9:8000', ?)", (today,))
    laptop.connection.commit()
    laptop.copier().turn()
    write_json(stick.place / "laptop-utama.json", {"address": "http://192.0.2.7:8000", "key": "00"})
    monkeypatch.setattr(promotion_doubts, "ask_epoch", lambda secrets, address: 1)
    found = doubts(
        spare.settings, spare.database, find_copy(stick), now=datetime.now(UTC) + timedelta(days=3)
    )
    alive = [where for code, where in found if code == "hidup"]
    assert alive == ["http://192.0.2.7:8000", "http://192.0.2.9:8000"]


def test_the_laptop_is_asked_itself_whatever_proxy_the_office_has_set(laptop, monkeypatch):
    class Tenure(BaseHTTPRequestHandler):
        def do_GET(self):
            question = self.path.partition("tanya=")[2]
            content = json.dumps({"masa": 3, "tanda": proof(laptop.settings.secrets, question, 3)}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format, *args):
            pass

    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with HTTPServer(("127.0.0.1", 0), Tenure) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert ask_epoch(laptop.settings.secrets, f"http://127.0.0.1:{server.server_port}") == 3


def test_a_name_on_the_badges_is_to_be_led_here_and_is_no_ip_address():
    words = address_words(["https://kuis.contoh.id"], [Address("192.168.1.23", "eth0")], "win32")
    assert "Arahkan nama kuis.contoh.id" in words and "Alamat IP" not in words


@pytest.fixture
def promoting(spare, monkeypatch):
    """The command on the spare, up to the moment when it would serve."""
    for name, value in (("DATA", spare.data), ("BANKS", spare.banks), ("PORT", 8250), ("HOST", "127.0.0.1")):
        monkeypatch.setenv(f"KAPUAS_{name}", str(value))
    spare.connection.close()

    def unneeded(settings):
        raise AssertionError

    return lambda *arguments: promote.main([*map(str, arguments)], create_app=unneeded)


def test_while_a_server_runs_on_the_spare_nothing_is_taken_over(promoting, spare, stick, monkeypatch, capsys):
    before = spare.database.read_bytes()
    monkeypatch.setattr("kapuas_quiz.operations.serve.port_is_free", lambda host, port: False)
    assert promoting(stick.place) == 1
    told = capsys.readouterr().err
    assert "Port 8250 sedang dipakai" in told and "Pengambilalihan belum dimulai" in told
    assert spare.database.read_bytes() == before


def test_without_a_copy_the_stick_that_has_one_is_named(promoting, stick, monkeypatch, capsys):
    monkeypatch.setattr(promote, "removable_places", lambda: [str(stick.place.parent)])
    assert promoting() == 1
    assert f"ambil-alih {stick.place.parent}" in capsys.readouterr().err
    monkeypatch.setattr(promote, "removable_places", list)
    assert promoting() == 1
    assert "Colokkan flash disk laptop utama" in capsys.readouterr().err


@pytest.mark.parametrize("leaving", [KeyboardInterrupt, EOFError])
def test_leaving_at_the_question_means_no(promoting, stick, monkeypatch, capsys, leaving):
    def leave(words):
        raise leaving

    stick.note_promotion({"epoch": 2, "at": "2026-11-24T01:00:00+00:00"})
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", leave)
    assert promoting(stick.place) == 1
    assert "Tidak ada yang diubah" in capsys.readouterr().err


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
