"""Every page that staff or the public can open: usable by axe's rules, on a phone, with large text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select

from kapuas_quiz.accounts.models import Staff
from kapuas_quiz.banks.amendments import mark_amended
from kapuas_quiz.banks.models import Amendment, Item, ItemRevision
from kapuas_quiz.certificates.models import Certificate, Decision
from kapuas_quiz.core.badge import badge_token
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.extensions import db
from kapuas_quiz.factory import create_app
from kapuas_quiz.operations.prepare import prepare
from kapuas_quiz.settings import load_settings
from kapuas_quiz.trainings.models import Enrolment
from tests.browser.server import Server
from tests.journeys.laptop import Laptop

NO_PAGE = re.compile(r"^(static$|web\.worker$|client\.|badges\.)|_content$|\.(download|export)$|[._]sheets?$")
ONLY_ONCE = {
    "accounts.invitation",
    "delivery.pairing",
    "imports.look",
    "bank_imports.look",
    "delivery.before_closing",
}
ANSWERS_ELSEWHERE = {
    "delivery.shell": "played by the tests of the phone",
    "delivery.room_news": "not a page: played by the tests of the phone",
    "spare.door": "not a page: asked by another laptop",
    "spare.tenure": "not a page: asked by another laptop",
    "delivery.plain_items": "played by the tests of the phone",
    "delivery.paired_board": "only for a paired phone",
    "delivery.front": "leads to another page",
    "delivery.before_sealing": "the demo's sittings are sealed",
    "web.choose_language": "leads back",
}
UNUSED = Item.id.not_in(select(ItemRevision.item_id).where(ItemRevision.used_at.is_not(None)))
AMENDED = "PKPU 17/2024"
WIDEST = ("matching", "ballot_stack", "result_form")
SIZES = ((360, 740), (1366, 768))
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
LOOK = "options => axe.run(document, options).then(found => found.violations)"


class Demo:
    """The demo installation, served, with somebody signed in who holds every role."""

    def __init__(self, data: Path, browser: Browser) -> None:
        self.server = Server(data, "demo")
        settings = load_settings({"KAPUAS_DATA": str(data), "KAPUAS_PORT": str(self.server.port)}, demo=True)
        app = create_app(settings)
        with app.app_context():
            report = prepare(app, settings, now=datetime.now(UTC))
            amend(datetime.now(UTC))
            self.paths = pages(app, settings.secrets.badge)
            db.session.remove()
            db.engine.dispose()
        self.server.start()
        self.laptop = Laptop(browser, f"http://localhost:{self.server.port}")
        self.laptop.set_up(str(report.setup_link))
        self.take_every_role()

    def take_every_role(self) -> None:
        """Let the first operator add the other roles to the own account."""
        self.laptop.open("/petugas")
        self.laptop.page.locator("main a", has_text="Operator Contoh").click()
        for role in Role:
            self.laptop.page.locator(f"input[name=roles][value={role}]").check()
        self.laptop.page.locator("form:has(input[name=roles]) button").click()
        self.laptop.page.wait_for_load_state()


def pages(app: Flask, secret: bytes) -> list[str]:
    """Return the path of every page that a GET can open, with real rows behind each.

    Items are opened for the types whose pages differ most, and for one that is in use.
    """
    session = db.session()
    sitting, certificate = (
        session.scalars(select(Sitting)).first(),
        session.scalars(select(Certificate)).first(),
    )
    assert sitting is not None
    assert certificate is not None
    decision = session.get_one(Decision, certificate.decision_id)
    enrolment = session.get_one(Enrolment, decision.enrolment_id)
    used = session.scalars(
        select(func.min(ItemRevision.item_id)).where(ItemRevision.used_at.is_not(None))
    ).one()
    fresh = select(Item.id, ItemRevision.content).join(Item, Item.current_revision_id == ItemRevision.id)
    of_type = {content["type"]: item_id for item_id, content in session.execute(fresh.where(UNUSED))}
    values: dict[str, Any] = {
        "training_id": enrolment.training_id,
        "enrolment_id": enrolment.id,
        "sitting_id": sitting.id,
        "attempt_id": session.scalars(select(Attempt.id).where(Attempt.sitting_id == sitting.id)).first(),
        "list_id": decision.list_id,
        "decision_id": decision.id,
        "public_id": certificate.public_id,
        "item_id": used,
        "amendment_id": session.scalars(select(Amendment.id)).first(),
        "staff_id": session.scalars(select(Staff.id)).first(),
        "area": "02-pemungutan-suara",
        "kind": "single_choice",
        "token": badge_token(secret, enrolment.id, 1),
    }
    on_paper = session.scalars(select(Attempt).where(Attempt.medium == "kertas")).one()
    typed = {"sitting_id": on_paper.sitting_id, "enrolment_id": on_paper.enrolment_id}
    sheets = ("paper_receipt", "paper_correct", "paper_again", "paper_before_undoing")
    own = {f"delivery.{name}": typed for name in sheets}
    left_out = ONLY_ONCE | set(ANSWERS_ELSEWHERE)
    urls = app.url_map.bind("localhost")
    several = {
        "banks.item": [{"item_id": of_type[name]} for name in WIDEST],
        "editor.edit": [{"item_id": of_type["case"]}],
        "editor.new": [{"kind": "result_form"}],
        "oversight.amendments": [{"instrument": AMENDED}],
    }
    return [
        urls.build(
            rule.endpoint,
            {**{name: values[name] for name in rule.arguments}, **own.get(rule.endpoint, {}), **other},
        )
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint not in left_out
        and not NO_PAGE.search(rule.endpoint)
        for other in [{}, *several.get(rule.endpoint, [])]
    ]


def amend(now: datetime) -> None:
    """Write down a change of law that items of the demo rest on."""
    mark_amended(
        db.session(),
        instrument=AMENDED,
        article="",
        change="diubah",
        note="Contoh: diubah sejak kemarin.",
        unsure_too=False,
        actor=SYSTEM,
        now=now,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Demo]:
    place = Demo(tmp_path_factory.mktemp("demo"), browser)
    yield place
    place.laptop.leave()
    place.server.leave()


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def faults_of(page: Page, path: str) -> Iterator[tuple[str, ...]]:
    """Look at the page in front as people will: everything unfolded, two sizes, a small phone, large text."""
    if "DATA CONTOH" not in page.locator("body").inner_text():
        yield path, "does not say that it is a demo"
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(AXE_SCRIPT)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for fault in page.evaluate(LOOK, WCAG):
            yield path, str(width), fault["id"], fault["nodes"][0]["html"][:160]
    page.set_viewport_size({"width": 320, "height": 640})
    if overflow(page):
        yield path, f"{overflow(page)} px too wide at 320 px"
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if overflow(page):
        yield path, f"{overflow(page)} px too wide with text at 200 %"


@pytest.mark.browser
def test_every_page_can_be_used_by_everybody(demo: Demo) -> None:
    faults: list[tuple[str, ...]] = []
    for path in demo.paths:
        status = demo.laptop.open(path)
        if status != 200:
            faults.append((path, f"answers {status}"))
        faults += faults_of(demo.laptop.page, path)
    assert len(demo.paths) >= 35
    assert not faults, "\n".join(" | ".join(fault) for fault in faults)
