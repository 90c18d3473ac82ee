"""The phone's hand-in without network, in a real engine, beside what the server reads."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, Page

from kapuas_quiz.core.handed_code import Handed, read_code, read_groups
from kapuas_quiz.core.handed_picture import is_signed, read_picture
from kapuas_quiz.core.items.base import Parts
from kapuas_quiz.core.time_code import time_code
from kapuas_quiz.delivery import client

OURS = tuple(part for part in client.HAND_IN_PARTS if part.startswith("serah/"))
SECRET, HP = "rahasia-nila-0123456789_", "hp-nila-0001"
ATTEMPT = uuid.UUID(int=2**127 + 5)
FULL = [17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858, 929]
FULL += [1003, 1091, 1171, 1273, 1367, 1465, 1528, 1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699]
FULL += [2809, 2953]
"""Bytes that fill a symbol of each version to the last codeword, at correction level L."""

HAND_IN = """([items, base, events, elapsed, attempt, device, secret]) => {
  const K = window.Kapuas;
  const journal = { attempt, device, base, events, pending: events };
  journal.last = events.reduce((highest, event) => Math.max(highest, event.s), base.ack);
  const clock = { read: () => ({ elapsed, remaining: 60000 }) };
  return K.handIn(journal, items, { secret }, clock);
}"""


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.evaluate("window.Kapuas = {}")
    page.add_script_tag(content=client.source(OURS))
    yield page
    page.close()


class Story:
    """A random form and what one person did on it, offline from entry `base` on."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.asked = [(n, self.parts()) for n in range(1, self.dice.randint(2, 40))]
        self.dice.shuffle(self.asked)
        self.base = self.dice.choice([0, 0, 7])
        known = {n: self.answer(parts) for n, parts in self.asked} if self.base else {}
        self.known = {n: answer for n, answer in known.items() if answer is not None}
        self.now, self.events = 1000, []
        for _ in range(self.dice.randint(0, 120)):
            n, parts = self.dice.choice(self.asked)
            flag = self.dice.random() < 0.1
            self.write("ragu" if flag else "jawab", n, flag or self.answer(parts))
        self.write("tambah", None, "150423")
        self.write("selesai", None, None)

    def parts(self) -> Parts | None:
        names = "abcdef"[: self.dice.randint(2, 6)]
        return self.dice.choice([[([""], names)], [(list(names), ["1"])], [(["p1", "p2"], names)], None])

    def answer(self, parts: Parts | None) -> Any:
        if parts is None:
            return {"teks": 'kata "é" \u2212 1\\2'}
        if parts[0][0] == [""]:
            return self.dice.choice([None, *parts[0][1]])
        given = {name: self.dice.choice([None, *values]) for names, values in parts for name in names}
        return {name: value for name, value in given.items() if value} or None

    def write(self, kind: str, n: int | None, a: Any) -> None:
        self.now += self.dice.randint(0, 40_000)
        seq, unsure = self.base + len(self.events) + 1, self.dice.choice([0, 0, 1])
        self.events.append({"s": seq, "k": kind, "n": n, "a": a, "t": self.now, "u": unsure})

    @property
    def items(self) -> list[dict[str, Any]]:
        """Return the questions as the phone has them."""
        return [self.item(n, parts) for n, parts in self.asked]

    def item(self, n: int, parts: Parts | None) -> dict[str, Any]:
        if parts and parts[0][0] == [""]:
            return {"n": n, "options": [{"id": name, "text": name} for name in parts[0][1]]}
        return {"n": n, "html": "<input>", **({"c": parts} if parts else {})}

    @property
    def answers(self) -> dict[int, Any]:
        said = self.known | {e["n"]: e["a"] for e in self.events if e["k"] == "jawab"}
        return {n: said.get(n) for n, parts in self.asked if parts}

    def played(self, engine: Page) -> dict[str, Any]:
        known = {str(n): {"a": answer, "r": False} for n, answer in self.known.items()}
        base, ids = {"answers": known, "ack": self.base}, [str(ATTEMPT), HP, SECRET]
        return engine.evaluate(HAND_IN, [self.items, base, self.events, self.now + 5000, *ids])


def test_the_server_reads_what_the_phone_writes(engine: Page) -> None:
    for seed in range(60):
        story = Story(seed)
        shown = story.played(engine)
        said = read_code(read_groups(shown["code"]), story.asked, secret=SECRET, device=HP)
        assert said == Handed(story.answers, story.base + len(story.events), story.now // 60_000), seed
        typed = [i for i, (n, parts) in enumerate(story.asked, 1) if parts is None]
        assert set(shown["cannot"]) <= set(typed)


def test_pictures_carry_every_entry_and_none_is_too_long(engine: Page) -> None:
    for seed in range(60):
        story = Story(seed)
        texts = story.played(engine)["qr"]
        pictures = [read_picture(text) for text in texts]
        assert all(picture and is_signed(text, SECRET) for picture, text in zip(pictures, texts, strict=True))
        carried = [entry for picture in pictures if picture for entry in picture.entries]
        assert carried == story.events, seed
        assert max(map(len, texts)) <= 640
        assert {(p.attempt_id, p.device, p.parts) for p in pictures if p} == {(ATTEMPT, HP, len(texts))}


def test_an_answer_too_long_for_a_common_picture_has_a_larger_one_of_its_own(engine: Page) -> None:
    story = Story(7)
    long = {f"b{n}.kata": "kata “yang panjang” sekali ".ljust(150, "x") for n in range(10)}
    story.write("jawab", story.asked[0][0], long)
    story.write("selesai", None, None)
    texts = story.played(engine)["qr"]
    carried = [entry for text in texts for entry in read_picture(text).entries]
    assert carried == story.events
    sides = engine.evaluate("(texts) => texts.map((text) => Kapuas.qrRows(text).length)", texts)
    assert max(sides) > 97 and sorted(sides)[-2] <= 85


def test_when_time_ran_out_the_code_says_when_not_how_long_ago(engine: Page) -> None:
    story = Story(5)
    story.events.pop()
    end = "{ read: () => ({ elapsed: 1500000, remaining: -300000 }) }"
    hand_in = HAND_IN.replace("{ read: () => ({ elapsed, remaining: 60000 }) }", end)
    base = {"answers": {}, "ack": story.base}
    shown = engine.evaluate(hand_in, [story.items, base, story.events, 0, str(ATTEMPT), HP, SECRET])
    said = read_code(read_groups(shown["code"]), story.asked, secret=SECRET, device=HP)
    assert said is not None
    assert (said.minute, said.last_seq) == (20, story.base + len(story.events))


def test_a_changed_letter_makes_a_picture_a_stranger(engine: Page) -> None:
    text = Story(3).played(engine)["qr"][0]
    assert is_signed(text, SECRET)
    assert not is_signed(text[:-3] + "1]]", SECRET)
    assert not is_signed(text, "rahasia-bayu")


def test_time_codes_are_the_same_on_both_sides(engine: Page) -> None:
    asked = [(number, minutes) for number in range(1, 9) for minutes in (1, 5, 15, 99)]
    said = engine.evaluate("([s, l]) => l.map(([n, m]) => Kapuas.timeCode(s, n, m))", [SECRET, asked])
    assert said == [time_code(SECRET, number, minutes) for number, minutes in asked]


def test_symbols_of_every_size_are_those_of_a_kept_library(engine: Page) -> None:
    dice = random.Random(1)
    texts = ["".join(dice.choices('abcXYZ019{}[],":', k=length)) for length in FULL]
    drawn = engine.evaluate("(texts) => texts.map((text) => Kapuas.qrRows(text))", texts)
    for text, rows in zip(texts, drawn, strict=True):
        made = [segno.make(text, error="l", mode="byte", boost_error=False, mask=mask) for mask in range(8)]
        assert rows in [[list(row) for row in symbol.matrix] for symbol in made], len(text)
