"""The start page: for the laptop and its operator, for nobody else."""

import pytest

from kapuas_quiz.core.roles import Role
from kapuas_quiz.operations import views
from kapuas_quiz.operations.contact import last_phone
from kapuas_quiz.operations.network import Address

ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def two_networks(monkeypatch):
    present = [Address("192.168.1.10", "wlp3s0"), Address("10.0.0.5", "enp0s1")]
    monkeypatch.setattr(views, "local_addresses", lambda host: present)


def test_the_laptop_sees_address_picture_and_checks_before_anybody_signs_in(client):
    page = client.get("/mulai")
    assert "http://192.168.1.10:8000" in page.text
    assert page.select_one("svg.qr")
    assert "Ruang penyimpanan" in page.text
    assert not page.select("form[action*='/mulai/']")


def test_a_phone_in_the_room_is_sent_to_the_laptop(phone):
    page = phone.get("/mulai", status=403)
    assert "laptop" in page.text


def test_an_operator_elsewhere_signs_in_first_where_the_channel_is_private(phone):
    asked = phone.open("/mulai", base_url="https://kuis.contoh.id")
    assert asked.location == "/masuk?berikut=/mulai"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_staff_other_than_operators_only_read(sign_in, role):
    assert not sign_in(role).get("/mulai").select("form[action*='/mulai/']")


def test_an_operator_chooses_the_address(sign_in):
    browser = sign_in(Role.OPERATOR)
    page = browser.submit(browser.get("/mulai"), "form[action='/mulai/alamat']")
    assert page.select_one(".url").text == "http://10.0.0.5:8000"
    assert "sudah diganti" in page.text


def test_an_address_that_has_gone_meanwhile_is_explained(sign_in):
    browser = sign_in(Role.OPERATOR)
    page = browser.submit(browser.get("/mulai"), "form[action='/mulai/alamat']", ip="192.168.1.99")
    assert "tidak lagi beralamat itu" in page.text


def test_no_address_at_all_is_a_bad_request(sign_in):
    browser = sign_in(Role.OPERATOR)
    browser.submit(browser.get("/mulai"), "form[action='/mulai/alamat']", status=400, ip="dapur")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_operator_makes_a_backup_at_the_press_of_a_button(sign_in):
    browser = sign_in(Role.OPERATOR)
    page = browser.submit(browser.get("/mulai"), "form[action='/mulai/cadangan']")
    assert "dibuat dan sudah diperiksa" in page.text


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_backup_that_is_not_possible_is_explained(sign_in, monkeypatch):
    monkeypatch.setattr("kapuas_quiz.operations.backup.shutil.which", lambda name: None)
    browser = sign_in(Role.OPERATOR)
    page = browser.submit(browser.get("/mulai"), "form[action='/mulai/cadangan']")
    assert "pg_dump tidak ada" in page.text


def test_without_a_network_the_page_says_what_to_do(client, monkeypatch):
    monkeypatch.setattr(views, "local_addresses", lambda host: [])
    assert "Sambungkan ke Wi-Fi" in client.get("/mulai").text


def test_a_phone_that_comes_through_the_network_is_noticed(phone, tmp_path, clock):
    phone.open("/static/app.css", headers={"User-Agent": ANDROID})
    assert last_phone(tmp_path) == clock()


def test_neither_the_laptop_nor_another_laptop_counts_as_a_phone(client, phone, tmp_path):
    client.open("/static/app.css", headers={"User-Agent": ANDROID})
    phone.open("/static/app.css", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"})
    assert last_phone(tmp_path) is None
