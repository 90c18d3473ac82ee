"""How far the spare's copy reaches is read from one small file, and doubt means 'not on it'."""

import json

import pytest

from kapuas_quiz.delivery.copies import copied_up_to


def test_without_a_spare_there_is_no_mark(tmp_path):
    assert copied_up_to(tmp_path) is None


def test_a_mark_is_followed_as_it_moves_and_forgotten_when_the_spare_is_released(tmp_path):
    for mark in (0, 7, 1203):
        part = tmp_path / "part"
        part.write_text(json.dumps({"mark": mark, "at": "2026-11-24T01:00:00+00:00", "where": "E:"}))
        part.replace(tmp_path / "salinan.json")
        assert copied_up_to(tmp_path) == mark
    (tmp_path / "salinan.json").unlink()
    assert copied_up_to(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"mark": null}', b'{"mark": -3}', b"\xff"])
def test_a_mark_that_cannot_be_read_promises_nothing(tmp_path, content):
    (tmp_path / "salinan.json").write_bytes(content)
    assert copied_up_to(tmp_path) == 0
