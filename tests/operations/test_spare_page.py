"""The page of the spare says how it stands; what laptops ask each other tells a stranger nothing."""

import json
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery.copies import copied_up_to
from kapuas_quiz.factory import create_app
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_pairing import DOOR, open_offer
from kapuas_quiz.operations.spare_state import (
    Progress,
    Standing,
    read_attached,
    spare_state,
    write_progress,
)
from kapuas_quiz.operations.spare_words import FAULTS, REMEDIES
from kapuas_quiz.operations.tenure import proof, stored_epoch
from tests.pages import PageClient

PAGE = "/mulai/laptop-cadangan"


ONE_DATABASE = True


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


def attach(browser, stick):
    return browser.submit(browser.get(PAGE), f"form[action='{PAGE}/folder']", folder=str(stick))


def test_an_operator_chooses_a_folder_and_nothing_is_safe_before_the_first_copy(sign_in, tmp_path, stick):
    browser = sign_in(Role.OPERATOR)
    assert "Belum dipasang" in browser.get(PAGE).text
    page = attach(browser, stick)
    assert "Salinan pertama" in page.text
    assert read_attached(tmp_path).where == str(stick / "kapuas-cadangan")
    assert copied_up_to(tmp_path) == 0


def test_a_folder_that_is_not_there_changes_nothing(sign_in, tmp_path, stick):
    page = attach(sign_in(Role.OPERATOR), stick / "tidak-ada")
    assert "tidak ada atau tidak dapat ditulis" in page.text
    assert read_attached(tmp_path) is None


def test_a_stick_with_another_copy_is_not_taken_and_the_page_says_what_to_do(sign_in, tmp_path, stick):
    taken = CopyFolder(stick)
    taken.claim()
    taken.note_promotion({"epoch": 2, "at": "2026-11-24T01:00:00+00:00"})
    page = attach(sign_in(Role.OPERATOR), stick)
    assert "ganti nama folder kapuas-cadangan" in page.text
    assert read_attached(tmp_path) is None


def test_each_fault_is_told_with_its_own_remedy(sign_in, tmp_path, stick, clock):
    browser = sign_in(Role.OPERATOR)
    attach(browser, stick)
    moment = clock().timestamp()
    for fault, words in (("penuh", "Hapus berkas lain"), ("tulis", "terkunci atau rusak")):
        write_progress(tmp_path, Progress(beat=moment, confirmed=moment - 60, fault=fault))
        page = browser.get(PAGE).text
        assert words in page and "flash disk yang sama" not in page
    assert FAULTS.keys() == REMEDIES.keys()


def test_the_demo_says_that_it_is_not_copied_and_offers_nothing(app, sign_in, clock):
    cookie = sign_in(Role.OPERATOR).http.get_cookie("kapuas")
    demo = create_app(replace(app.config["SETTINGS"], demo=True), clock=clock, testing=True)
    browser = PageClient(demo)
    browser.http.set_cookie("kapuas", cookie.value)
    page = browser.get(PAGE)
    assert "DATA CONTOH tidak disalin" in page.text
    assert page.select_one(f"form[action='{PAGE}/folder']") is None


def test_the_state_is_told_by_how_long_ago_the_copy_was_confirmed(sign_in, tmp_path, stick):
    attach(sign_in(Role.OPERATOR), stick)
    now = datetime.now(UTC)
    fresh = Progress(beat=time.time(), confirmed=time.time())
    for progress, standing in (
        (fresh, Standing.READY),
        (replace(fresh, confirmed=time.time() - 30, fault="hilang"), Standing.STOPPED),
        (replace(fresh, beat=time.time() - 30), Standing.STOPPED),
        (replace(fresh, confirmed=None), Standing.FIRST),
    ):
        write_progress(tmp_path, progress)
        assert spare_state(tmp_path, now=now).standing is standing, asdict(progress)


def test_a_trainer_releases_a_spare_that_died_and_the_trail_knows(sign_in, tmp_path, stick, clock):
    attach(sign_in(Role.OPERATOR), stick)
    write_progress(
        tmp_path, Progress(beat=clock().timestamp(), confirmed=clock().timestamp() - 60, fault="hilang")
    )
    trainer = sign_in(Role.TRAINER)
    page = trainer.get(PAGE)
    assert "Terhenti sejak" in page.text and "Flash disk atau foldernya" in page.text
    page = trainer.submit(page, f"form[action='{PAGE}/lepas']")
    assert "Cadangan dilepas" in page.text
    assert copied_up_to(tmp_path) is None


def test_a_code_is_shown_and_the_door_gives_away_only_where_to_call(sign_in, client, tmp_path):
    browser = sign_in(Role.OPERATOR)
    assert client.open("/cadangan/pintu").status_code == 404
    page = browser.submit(browser.get(PAGE), f"form[action='{PAGE}/sandi']")
    offer = open_offer(tmp_path, now=datetime(2024, 11, 4, 1, 0, tzinfo=UTC))
    assert f"{offer.code[:4]}-{offer.code[4:8]}-{offer.code[8:]}" in page.text
    (tmp_path / DOOR).write_text(json.dumps({"port": 8251}))
    assert client.open("/cadangan/pintu").get_json() == {"port": 8251, "salt": offer.salt}


def test_a_tenure_is_told_signed_for_the_one_who_asks(app, client, tmp_path):
    answer = client.open("/cadangan/masa?tanya=abc").get_json()
    secrets = app.config["SETTINGS"].secrets
    assert answer == {"masa": 1, "tanda": proof(secrets, "abc", 1)}
    assert proof(secrets, "abd", 1) != proof(secrets, "abc", 1) != proof(secrets, "abc", 2)
    assert client.open("/cadangan/masa").status_code == 404


def test_without_a_database_the_tenure_is_the_first_and_none_is_made(tmp_path):
    missing = tmp_path / "lain.sqlite3"
    assert stored_epoch(missing) == stored_epoch(None) == 1
    assert not missing.exists()
