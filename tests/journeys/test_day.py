"""One day of training, played through real pages: three phones, one of them without network for a while."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask_migrate import upgrade
from playwright.sync_api import Browser, expect
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.badge import badge_token
from kapuas_quiz.core.items import Content, arrange, key_answer
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.extensions import db
from kapuas_quiz.factory import create_app
from kapuas_quiz.forms.models import FormAssignment
from kapuas_quiz.forms.service import form_of
from kapuas_quiz.operations.setup import renew_setup_link
from kapuas_quiz.scoring.models import Score
from kapuas_quiz.scoring.seen import seen_items
from kapuas_quiz.settings import Secrets, load_settings
from kapuas_quiz.trainings.models import Enrolment, Person
from tests.browser.answering import Fields, answer_with_fingers, place_of
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.journeys.laptop import Laptop

ROSTER = """DAFTAR PESERTA TOT GELOMBANG III;;;;
No;Nama;Jabatan;Kecamatan;Desa
1;Melur;Ketua PPS;Timpah;Timpah
2;Nur'aini Teratai;Anggota PPS;Timpah;Timpah
3;Gandaria, S.Sos;Anggota PPS;Timpah;Timpah
"""


class Installation:
    """A fresh installation as `python3 app.py` leaves it, and its server."""

    def __init__(self, data: Path) -> None:
        self.server = Server(data)
        self.settings = load_settings({"KAPUAS_DATA": str(data), "KAPUAS_PORT": str(self.server.port)})
        app = create_app(self.settings)
        with app.app_context():
            upgrade()
            load_banks(db.session(), folder=self.settings.banks, actor=SYSTEM, now=datetime.now(UTC))
            self.link = renew_setup_link(db.session(), data=data, now=datetime.now(UTC))
            db.session.remove()
            db.engine.dispose()
        self.laptop = f"http://localhost:{self.server.port}"
        self.server.start()

    def session(self) -> Session:
        return Session(create_engine(self.settings.database_url))


def badges(session: Session, base: str, secrets: Secrets) -> dict[str, str]:
    """Return the address in each badge's QR by name."""
    rows = session.execute(select(Person.name, Enrolment.id).join(Enrolment))
    return {name: f"{base}/k/{badge_token(secrets.badge, enrolment_id, 1)}" for name, enrolment_id in rows}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    place = Installation(tmp_path)
    yield place
    place.server.leave()


@pytest.mark.browser
def test_one_day_of_training(installation: Installation, browser: Browser, tmp_path: Path) -> None:
    base = installation.server.base
    laptop = Laptop(browser, installation.laptop)
    phones = [Phone(browser) for _ in range(3)]

    laptop.set_up(installation.laptop + str(installation.link))
    laptop.open("/kegiatan/baru")
    laptop.fill(
        name="TOT PPK dan PPS", wave="III", place="Aula", starts_on="2024-11-04", ends_on="2024-11-05"
    )
    laptop.fill(election_name="Pemilihan 2024", voting_day="2024-11-27", address=base)
    laptop.press("Simpan")
    training = re.sub(r"^.*(/kegiatan/[0-9a-f-]+).*$", r"\1", laptop.page.url)

    roster = tmp_path / "peserta.csv"
    roster.write_text(ROSTER, encoding="cp1252")
    laptop.open(f"{training}/peserta/impor")
    laptop.upload("file", roster)
    laptop.press("Unggah dan periksa")
    laptop.press("Impor 3 peserta")
    laptop.open(f"{training}/peserta")
    laptop.reads("Nur'aini Teratai")
    assert laptop.download(f"{training}/kartu.pdf").startswith(b"%PDF")

    laptop.open(f"{training}/kisi-kisi")
    laptop.confirm()
    laptop.open(f"{training}/paket")
    laptop.page.get_by_label("Izinkan juga soal").check()
    laptop.fill(allowance="Soal belum ditelaah; hari uji coba.")
    laptop.press("Susun paket A dan B")
    laptop.reads("Soal belum diverifikasi")

    with installation.session() as session:
        addresses = list(badges(session, base, installation.settings.secrets).items())
    people = dict(zip([name for name, _ in addresses], phones, strict=True))

    pin = open_test(laptop, training, "Tes awal (pre-test)")
    for (name, address), phone in zip(addresses, phones, strict=True):
        phone.scan(address)
        phone.reads(name)
        phone.join(pin)
        expect(phone.page.get_by_role("button", name="Mulai mengerjakan")).to_be_visible()
    steady, unlucky, third = same_form_first(installation, addresses, people)

    for phone in phones:
        phone.press("Mulai mengerjakan")
        phone.sees("Soal 1 dari 25")
    names = {phone: name for name, phone in people.items()}
    answers = {phone: answers_of(installation, names[phone]) for phone in phones}
    play(third, answers[third], 25)
    third.hand_in()
    play(steady, answers[steady], 25)
    steady.hand_in()
    steady.reads("sudah diterima")
    play(unlucky, answers[unlucky], 3)
    unlucky.context.set_offline(True)
    unlucky.go_on()
    play(unlucky, answers[unlucky], 5)
    installation.server.kill()
    unlucky.context.set_offline(False)
    unlucky.scan(
        dict((phone, address) for (_, address), phone in zip(addresses, phones, strict=True))[unlucky]
    )
    unlucky.sees("Soal 8 dari 25")
    play(unlucky, answers[unlucky], 18)
    unlucky.hand_in()
    unlucky.reads("belum")
    installation.server.start()
    expect(unlucky.page.get_by_text("sudah diterima").first).to_be_visible(timeout=60_000)

    laptop.page.reload()
    laptop.reads("Peserta boleh meninggalkan ruang")
    close_test(laptop)
    with installation.session() as session:
        totals = session.execute(
            select(Attempt.form_id, Score.points)
            .join(Score, Score.attempt_id == Attempt.id)
            .where(Score.competency == "")
        ).all()
    forms = [form for form, _ in totals]
    pair = [points for form, points in totals if forms.count(form) == 2]
    assert len(totals) == 3
    assert len(pair) >= 2
    assert pair[0] == pair[1], "the phone without network scored otherwise than the steady one"

    laptop.open(f"{training}/materi")
    laptop.reads("3 dari 3 peserta selesai")
    assert laptop.download(f"{training}/unduh/materi.xlsx").startswith(b"PK")

    pin = open_test(laptop, training, "Tes akhir (post-test)")
    for (name, address), phone in zip(addresses, phones, strict=True):
        phone.enter(address, pin)
        play(phone, answers_of(installation, name), 25)
        phone.hand_in()
        phone.reads("sudah diterima")
    close_test(laptop)
    seal_everything(laptop, training)
    laptop.open(f"{training}/peningkatan")
    laptop.reads("3 peserta mengikuti kedua tes")

    certificate, certifier = decide(laptop, browser, installation, training)
    visitor = phones[0]
    visitor.page.goto(certificate)
    visitor.reads("Berlaku")
    revoke(certifier, certificate)
    visitor.page.reload()
    visitor.reads("Dicabut")
    for phone in phones:
        phone.leave()
    certifier.leave()
    laptop.leave()


def open_test(laptop: Laptop, training: str, title: str) -> str:
    """Open a test in the hall, each with an own clock, and return the PIN that the projector shows."""
    laptop.open(f"{training}/tes")
    laptop.page.get_by_role("radio", name=title).check()
    laptop.fill(room="Aula")
    laptop.page.get_by_role("radio", name=re.compile("^Sendiri")).check()
    laptop.press("Buka tes")
    board = laptop.page.url
    laptop.page.goto(board.replace("/papan", "/layar"))
    pin = laptop.page.locator(".digits").inner_text()
    laptop.page.goto(board)
    return pin


def close_test(laptop: Laptop) -> None:
    """Close the sitting whose board is open."""
    laptop.follow("Tutup tes…")
    laptop.confirm()


def seal_everything(laptop: Laptop, training: str) -> None:
    """Close the day for both sittings."""
    for number in range(2):
        laptop.open(f"{training}/tes")
        laptop.page.get_by_role("link", name="Aula").nth(number).click()
        laptop.follow("Segel sesi…")
        laptop.confirm()


def answers_of(installation: Installation, name: str) -> dict[int, Fields]:
    """Return what somebody answers by position in the test at hand: right, but for every other choice."""
    with installation.session() as session:
        attempt = session.scalars(
            select(Attempt)
            .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
            .join(Person, Person.id == Enrolment.person_id)
            .where(Person.name == name)
            .order_by(Attempt.joined_at.desc())
        ).first()
        assert attempt is not None
        items = seen_items(form_of(session, attempt.form_id), attempt.presentation["drawn"])
        return {item.position: _answer(item.content, right=item.position % 2 == 0) for item in items}


def _answer(content: Content, *, right: bool) -> Fields:
    key = key_answer(content)
    assert key is not None
    if right or not isinstance(key, str):
        return key
    return next(option for option in arrange(content, 1) if option != key)


def play(phone: Phone, answers: dict[int, Fields], questions: int) -> None:
    """Answer so many questions from the one in front on."""
    root = phone.page.locator("#pilihan")
    for index in range(questions):
        if index:
            phone.go_on()
        answer = answers[place_of(phone.page)]
        answer_with_fingers(phone.page, root, answer)
        if isinstance(answer, str):
            expect(root.locator(f"input[value='{answer}']")).to_be_checked()


def same_form_first(
    installation: Installation, addresses: list[tuple[str, str]], people: dict[str, Phone]
) -> list[Phone]:
    """Return the phones, those of the two persons with the same form first."""
    with installation.session() as session:
        rows = session.execute(
            select(Person.name, FormAssignment.pre_label)
            .join(Enrolment, Enrolment.person_id == Person.id)
            .join(FormAssignment, FormAssignment.enrolment_id == Enrolment.id)
        ).all()
    labels = {name: label for name, label in rows}
    common = max(labels.values(), key=list(labels.values()).count)
    assert sorted(labels.values()) in (["A", "A", "B"], ["A", "B", "B"])
    return [people[name] for name, _ in sorted(addresses, key=lambda one: labels[one[0]] != common)]


def decide(
    laptop: Laptop,
    browser: Browser,
    installation: Installation,
    training: str,
) -> tuple[str, Laptop]:
    """Let the certifier draft and lock, the operator approve, publish and issue.

    Returns a certificate's public address, and the certifier's browser.
    """
    laptop.open("/petugas/baru")
    laptop.fill(name="Kirana Dahlia", email="ketua@contoh.id")
    laptop.page.get_by_role("checkbox", name=re.compile("^Penetap")).check()
    laptop.press("Buat tautan")
    link = laptop.page.locator("main").inner_text()
    second = Laptop(browser, installation.laptop)
    second.accept(re.search(r"http\S+/undangan/\S+", link)[0])  # type: ignore[index]
    second.open(f"{training}/keputusan")
    second.fill(cut="1")
    second.press("Buat rancangan")
    second.press("Kunci daftar ini")
    laptop.page.goto(second.page.url)
    laptop.press("Setujui dan tetapkan daftar ini")
    laptop.press("Umumkan daftar ini")
    laptop.press("Terbitkan 3 sertifikat")
    laptop.open("/sertifikat")
    laptop.page.locator("main a[href*='/sertifikat/']").first.click()
    laptop.page.wait_for_load_state()
    address = laptop.page.url.replace(installation.laptop, installation.server.base)
    return address, second


def revoke(laptop: Laptop, certificate: str) -> None:
    """Revoke a certificate with a reason."""
    laptop.open("/sertifikat/" + certificate.rsplit("/", 1)[1] + "/cabut")
    laptop.fill(reason="Nama keliru.")
    laptop.confirm()
