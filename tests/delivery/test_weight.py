"""What a phone fetches before its first question is lighter than a thumbnail, whatever is drawn."""

from __future__ import annotations

import gzip
import json
import random

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.items import arrange, present
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.settings import ROOT
from tests.conftest import Clock
from tests.delivery.handset import Handset, open_hall
from tests.pages import PageClient

ONE_DATABASE = True
FIRST_VISIT, CRITICAL = 18 * 1024, 12 * 1024
DRAWS, QUESTIONS = 200, 20
NILA = "Nila Pertiwi"


def packed(body: bytes) -> int:
    return len(gzip.compress(body, 6, mtime=0))


def drawn(revisions: list[ItemRevision], chance: random.Random) -> bytes:
    """Return a form of single choices as a phone receives it."""
    chosen = chance.sample(revisions, QUESTIONS)
    items = [
        {"n": n, **present(revision.content, arrange(revision.content, chance.getrandbits(64)))}
        for n, revision in enumerate(chosen, 1)
    ]
    return json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode()


def test_the_heaviest_of_many_draws_fits(
    app: Flask, session: Session, phone: PageClient, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    nila = Handset(app, NILA)
    replies = [nila.standing(), nila.join(hall.pin), {**nila.start(), "form": {}}]

    shell = phone.get("/k/x")
    style = phone.open(str(shell.select_one("link[rel=stylesheet]")["href"])).data
    script = phone.open(str(shell.select_one("script[src]")["src"])).data
    critical = packed(phone.open("/k/x").data) + packed(style)
    assert critical <= CRITICAL

    load_banks(session, folder=ROOT / "question_banks", actor=SYSTEM, now=clock())
    current = select(ItemRevision).join(Item, Item.current_revision_id == ItemRevision.id)
    single = [r for r in session.scalars(current) if r.content["type"] == "single_choice"]
    chance = random.Random(1)
    heaviest = max(packed(drawn(single, chance)) for _ in range(DRAWS))
    said = sum(packed(json.dumps(reply).encode()) for reply in replies)
    assert critical + packed(script) + heaviest + said <= FIRST_VISIT
