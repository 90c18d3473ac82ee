"""The installation's secret is made once, and never silently made anew."""

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
