"""What stands in the tree from others is what its note says, letter by letter."""

from __future__ import annotations

import hashlib

from kapuas_quiz.settings import ROOT

VENDOR = ROOT / "kapuas_quiz" / "static" / "vendor"


def test_vendored_files_have_the_checksums_of_their_note() -> None:
    notes = list(VENDOR.glob("*/VERSION.txt"))
    assert notes
    for note in notes:
        written = dict(
            reversed(line.split())
            for line in note.read_text("utf-8").splitlines()
            if len(line.split(" ")[0]) == 64
        )
        found = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in note.parent.iterdir()
            if path != note
        }
        assert found == written, note
