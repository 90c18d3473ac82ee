"""The installation's secret is made once, and never silently made anew."""

import os
import stat

import pytest

from kapuas_quiz.core.roles import Role
from kapuas_quiz.settings import SettingsError, load_settings


def load(data, database_url, **options):
    return load_settings({"KAPUAS_DATA": str(data), "KAPUAS_DATABASE": database_url}, **options)


def test_a_first_start_makes_a_secret_that_later_starts_find(tmp_path, database_url):
    first = load(tmp_path, database_url)
    assert len(first.secrets.master) == 32
    assert load(tmp_path, database_url).secrets == first.secrets


def test_a_lost_secret_is_not_replaced_once_there_are_people(sign_in, tmp_path, database_url):
    sign_in(Role.OPERATOR)
    with pytest.raises(SettingsError) as refusal:
        load(tmp_path, database_url)
    assert "Tidak ada yang diubah" in refusal.value.message
    assert str(tmp_path / "cadangan") in refusal.value.message
    assert not (tmp_path / "rahasia.json").exists()


def test_no_secret_is_made_for_a_database_that_cannot_be_looked_into(tmp_path):
    (tmp_path / "kapuas.sqlite3").write_bytes(b"rusak" * 1000)
    with pytest.raises(SettingsError, match="tidak dapat diperiksa"):
        load_settings({"KAPUAS_DATA": str(tmp_path)})
    assert not (tmp_path / "rahasia.json").exists()


@pytest.mark.parametrize(
    "content", [b"", b'{"mas', b"[]", b"{}", b'{"master": "ab"}', b'{"master": 7}', b"\xff"]
)
def test_a_secret_that_is_not_whole_is_refused_in_words_and_left_alone(tmp_path, content):
    (tmp_path / "rahasia.json").write_bytes(content)
    with pytest.raises(SettingsError, match="tidak utuh"):
        load_settings({"KAPUAS_DATA": str(tmp_path)})
    assert (tmp_path / "rahasia.json").read_bytes() == content


def test_a_start_cut_off_while_the_secret_is_written_leaves_nothing_in_the_way(tmp_path, monkeypatch):
    def cut_off(descriptor):
        raise OSError("no space left on device")

    with monkeypatch.context() as full, pytest.raises(OSError, match="no space"):
        full.setattr(os, "fsync", cut_off)
        load_settings({"KAPUAS_DATA": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []
    load_settings({"KAPUAS_DATA": str(tmp_path)})
    assert stat.S_IMODE((tmp_path / "rahasia.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "url",
    ["foo://x", "kapuas.sqlite3", "", "postgresql+psycopg://a:rahasiaku@b:delapan/c", "postgresql+foo://x"],
)
def test_an_address_that_is_none_of_a_database_is_named_without_its_password(tmp_path, url):
    with pytest.raises(SettingsError, match="KAPUAS_DATABASE") as refusal:
        load(tmp_path, url)
    assert "rahasiaku" not in refusal.value.message


def test_what_visitors_of_the_demo_write_stays_in_the_demo(tmp_path):
    banks = tmp_path / "bank"
    banks.mkdir()
    (banks / "08-logistik.yaml").write_text("asli", encoding="utf-8")
    environment = {"KAPUAS_DATA": str(tmp_path / "data"), "KAPUAS_BANKS": str(banks)}
    assert load_settings(environment).banks == banks
    played_with = load_settings(environment, demo=True).banks / "08-logistik.yaml"
    played_with.write_text("coretan", encoding="utf-8")
    assert (load_settings(environment, demo=True).banks / "08-logistik.yaml").read_text("utf-8") == "coretan"
    assert (banks / "08-logistik.yaml").read_text("utf-8") == "asli"


def https(folder, key="-----BEGIN PRIVATE KEY-----", address="https://kuis.contoh.id"):
    """Settings of a server with a certificate of its own."""
    certificate, secret = folder / "sertifikat.pem", folder / "kunci.pem"
    certificate.touch()
    secret.write_text(key)
    names = {"KAPUAS_CERT": str(certificate), "KAPUAS_KEY": str(secret), "KAPUAS_ADDRESS": address}
    return {"KAPUAS_DATA": str(folder / "data"), **names}


def test_a_certificate_and_its_key_make_the_server_speak_https(tmp_path):
    settings = load_settings(https(tmp_path))
    assert settings.https == (tmp_path / "sertifikat.pem", tmp_path / "kunci.pem")
    assert settings.has_https


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"KAPUAS_KEY": ""}, r"KAPUAS_KEY: berkas \(kosong\) tidak ada"),
        ({"KAPUAS_CERT": "hilang.pem"}, "KAPUAS_CERT: berkas hilang.pem tidak ada"),
        ({"KAPUAS_ADDRESS": "http://192.168.1.10:8000"}, "isi juga KAPUAS_ADDRESS"),
    ],
)
def test_half_a_certificate_is_refused_in_words(tmp_path, changes, words):
    with pytest.raises(SettingsError, match=words):
        load_settings({**https(tmp_path), **changes})


def test_a_key_that_the_server_cannot_read_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(SettingsError, match="openssl pkcs8 -topk8 -nocrypt"):
        load_settings(https(tmp_path, key="-----BEGIN RSA PRIVATE KEY-----"))


@pytest.mark.parametrize(("text", "answered"), [("", False), ("0", False), ("1", True)])
def test_probes_are_answered_only_when_switched_on(tmp_path, text, answered):
    settings = load_settings({"KAPUAS_DATA": str(tmp_path), "KAPUAS_PROBES": text})
    assert settings.probes is answered
    assert not settings.has_https


def test_a_switch_is_on_or_off(tmp_path):
    with pytest.raises(SettingsError, match="KAPUAS_PROBES: 'ya' bukan 0 atau 1"):
        load_settings({"KAPUAS_DATA": str(tmp_path), "KAPUAS_PROBES": "ya"})


def test_behind_a_proxy_the_server_listens_for_this_machine_alone_unless_told_otherwise(tmp_path):
    proxied = {"KAPUAS_PROXIES": "1", "KAPUAS_ADDRESS": "https://kuis.contoh.id"}
    environment = {"KAPUAS_DATA": str(tmp_path)}
    assert load_settings(environment).host == "0.0.0.0"
    assert load_settings({**environment, **proxied}).host == "127.0.0.1"
    assert load_settings({**environment, **proxied, "KAPUAS_HOST": "10.0.0.5"}).host == "10.0.0.5"


def test_a_proxy_without_the_address_that_phones_use_is_refused_in_words(tmp_path):
    with pytest.raises(SettingsError, match="isi juga KAPUAS_ADDRESS"):
        load_settings({"KAPUAS_DATA": str(tmp_path), "KAPUAS_PROXIES": "1"})
