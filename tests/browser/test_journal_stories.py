"""The phone's own journal in a real browser, through random days: nothing is lost or untrue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kapuas_quiz.delivery import client

HOME = "http://hp.contoh/"
SCRIPTS = ("store", "clock", "journal", "wire")
SIMULATOR = Path(__file__).with_name("journal_stories.js")
TABS, QUESTIONS, ANSWERS = st.integers(0, 1), st.integers(1, 3), st.sampled_from(["a", "b", None])
WAITS = st.booleans()
NETWORK = st.sampled_from(["baik", "mati", "balasan hilang", "lambat"])

CHOOSE = st.builds(
    lambda tab, n, a, waits: {"do": "pilih", "tab": tab, "n": n, "a": a, "waits": waits},
    TABS,
    QUESTIONS,
    ANSWERS,
    WAITS,
)
FLAG = st.builds(
    lambda tab, n, a, waits: {"do": "ragu", "tab": tab, "n": n, "a": a, "waits": waits},
    TABS,
    QUESTIONS,
    ANSWERS,
    WAITS,
)
ON_A_TAB = st.builds(
    lambda do, tab, waits: {"do": do, "tab": tab, "waits": waits},
    st.sampled_from(["kirim", "kirim", "baca", "buka"]),
    TABS,
    WAITS,
)
TURN = st.builds(lambda state: {"do": "jaringan", "state": state, "waits": True}, NETWORK)
ROOM = st.builds(
    lambda do: {"do": do, "waits": True},
    st.sampled_from(["sampai", "pasang", "pasang", "salin", "ganti", "ganti"]),
)
STORAGE = st.builds(lambda do: {"do": do, "waits": True}, st.sampled_from(["penuh", "lega"]))
Story = dict[str, Any]


def alone(steps: list[dict[str, Any]]) -> Story:
    """A day with one tab, whose storage may run full, without a spare laptop."""
    return {"tabs": 1, "steps": [{**step, **({"tab": 0} if "tab" in step else {})} for step in steps]}


TWO_TABS = st.lists(CHOOSE | CHOOSE | FLAG | ON_A_TAB | TURN | ROOM | ROOM, min_size=6, max_size=25).map(
    lambda steps: {"tabs": 2, "steps": steps}
)
FULL = st.lists(CHOOSE | CHOOSE | FLAG | ON_A_TAB | TURN | STORAGE, max_size=25).map(alone)


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    """One page with the phone's scripts as they are served, and a server of a few lines."""
    context = browser.new_context()
    context.route(f"{HOME}**", lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
    page = context.new_page()
    page.goto(HOME)
    page.evaluate("window.Kapuas = {news: {works: true}}")
    for content in (client.source(SCRIPTS), SIMULATOR.read_text("utf-8")):
        page.add_script_tag(content=content)
    yield page
    context.close()


def read_out(story: Story) -> str:
    """Write a story as lines a person can read."""
    lines = [f"{story['tabs']} tab"]
    for step in story["steps"]:
        tab = f"tab {step['tab'] + 1}: " if "tab" in step else ""
        rest = [str(value) for key, value in step.items() if key not in ("do", "tab", "waits")]
        lines.append(f"{tab}{step['do']} {' '.join(rest)}{'' if step['waits'] else ' (tidak ditunggu)'}")
    return "\n  ".join(lines)


def play(desk: Page, days: int) -> None:
    @settings(max_examples=days, deadline=None, suppress_health_check=list(HealthCheck))
    @given(story=TWO_TABS | FULL)
    def tell(story: Story) -> None:
        wrong = desk.evaluate("story => tell(story)", story)
        assert wrong is None, f"{wrong}\n  {read_out(story)}"

    tell()


def test_three_hundred_days_end_with_every_answer_where_it_belongs(desk: Page) -> None:
    play(desk, 300)


@pytest.mark.thorough
def test_five_thousand_days_end_with_every_answer_where_it_belongs(desk: Page) -> None:
    play(desk, 5000)


def test_what_is_kept_while_the_journal_is_read_again_stays(desk: Page) -> None:
    numbers = desk.evaluate(
        """async () => {
          let read;
          const store = {
            durable: true,
            read: () => new Promise((done) => (read = done)),
            append: async (journal, event) => Object.assign({s: 1}, event),
          };
          const journal = new Kapuas.Journal(store, "pengerjaan", "hp", {answers: {}, ack: 0});
          const reading = journal.load();
          await journal.add({k: "jawab", n: 2, a: "b"});
          read({events: []});
          await reading;
          return journal.events.map((event) => event.s);
        }"""
    )
    assert numbers == [1]


def test_an_old_reading_does_not_overrule_the_servers_newest_answer(desk: Page) -> None:
    received = desk.evaluate(
        """async () => {
          let read;
          const late = () => new Promise((done) => (read = done));
          const store = {durable: true, read: late, put: async () => {}};
          const journal = new Kapuas.Journal(store, "pengerjaan", "hp", {answers: {}, ack: 0});
          journal.merge([1, 2, 3].map((s) => ({s, k: "jawab", n: s, a: "a"})));
          const reading = journal.load();
          await journal.acknowledge({ack: 1});
          read({events: [], ack: {ack: 3, got: 3}});
          await reading;
          return journal.got;
        }"""
    )
    assert received == 1
