"""A whole test on a real Chrome 80, the oldest browser that we promise, with half of it offline."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests import old_chrome
from tests.browser.venue import Room, Venue

JOURNEY = Path(__file__).with_name("chrome_80.js")


@pytest.mark.old_browser
def test_every_type_of_question_is_answered_on_a_chrome_of_2020(
    venue: Venue, room: Room, tmp_path: Path
) -> None:
    chrome = old_chrome.ensure()
    assert chrome is not None
    badge = venue.enrol("Aruna Buana", first="B")
    told = {
        "browser": str(chrome.browser),
        "modules": str(chrome.modules),
        "badge": badge,
        "pin": room.pin,
        "shots": str(tmp_path),
    }
    done = subprocess.run(
        [old_chrome.node(), JOURNEY, json.dumps(told)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert "/80." in said["version"]
    assert said["errors"] == []
    assert said["end"].startswith("Selesai")
    events = venue.events_of(badge)
    answered = {event.position for event in events if event.kind == "jawab"}
    assert answered == set(range(1, said["total"] + 1))
    assert events[-1].kind == "selesai"
