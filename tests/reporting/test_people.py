"""One person's results, for staff and for the person."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Role
from tests.conftest import Clock
from tests.pages import PageClient
from tests.reporting.day import after_post_test, after_pre_test
from tests.scoring.classroom import Classroom, make_classroom, token

KEY, RATIONALE = "Pilihan benar", "Pembahasan penghitungan"


@pytest.fixture
def between(session: Session, clock: Clock) -> Classroom:
    return after_pre_test(session, clock())


def test_staff_see_counts_verdicts_and_how_sure_they_are(between: Classroom, sign_in) -> None:
    url = f"/kegiatan/{between.training_id}/hasil/{between.people['Nila Contoh']}"
    page = sign_in(Role.CERTIFIER).get(url)
    rows = {row.th.text: [cell.text.strip() for cell in row.select("td")] for row in page.select("tbody tr")}
    assert rows["Penghitungan dan rekapitulasi"] == ["1 dari 5 benar", "perlu diperkuat", "6%–49%"]
    assert rows["Regulasi, badan adhoc, dan data pemilih"][1] == "belum pasti"
    assert "16 dari 25 benar" in page.text
    assert "9 soal yang belum benar belum dapat dibuka" in page.text
    assert KEY not in page.text


def test_after_release_staff_see_what_was_wrong(session: Session, clock: Clock, sign_in) -> None:
    room = after_post_test(session, clock())
    url = f"/kegiatan/{room.training_id}/hasil/{room.people['Intan Contoh']}"
    page = sign_in(Role.TRAINER).get(url)
    assert len(page.select("article")) == 12
    assert "Yang benar: Pilihan benar penghitungan-107" in page.text
    assert "Dasar: PKPU 17/2024" in page.text


def test_a_person_of_another_training_is_not_found_here(
    between: Classroom, session: Session, clock: Clock, sign_in
) -> None:
    other = make_classroom(session, clock(), name="TOT gelombang IV", items_of=between)
    stranger = other.enrol("Lain Contoh")
    sign_in(Role.TRAINER).get(f"/kegiatan/{between.training_id}/hasil/{stranger}", status=404)


def test_somebody_who_did_not_come_has_an_empty_page(between: Classroom, sign_in) -> None:
    url = f"/kegiatan/{between.training_id}/hasil/{between.people['Absen Contoh']}"
    assert "belum menyelesaikan tes" in sign_in(Role.TRAINER).get(url).text


def test_a_trainee_sees_words_and_no_counts_before_release(between: Classroom, phone: PageClient) -> None:
    page = phone.get(f"/hasil/{token('Nila Contoh')}")
    words = dict(
        zip((t.text for t in page.select("dt")), (d.text.strip() for d in page.select("dd")), strict=True)
    )
    assert words["Penghitungan dan rekapitulasi"] == "Perlu diperkuat."
    assert words["Pemungutan suara dan masalah lapangan"] == "Cukup, mantapkan lagi."
    assert page.select("article") == []
    assert not any(secret in page.text for secret in (KEY, RATIONALE, "dari 5", "dari 25", "16", "9 soal"))


def test_a_trainee_sees_each_wrong_answer_after_release(
    session: Session, clock: Clock, phone: PageClient
) -> None:
    room = after_post_test(session, clock())
    page = phone.get(f"/hasil/{token('Intan Contoh')}")
    assert len(page.select("article")) == 12
    assert [h.text for h in page.select("h2")] == ["Tes akhir (post-test)", "Tes awal (pre-test)"]
    assert "Jawaban Anda: Pilihan keliru penghitungan-107" in page.text
    assert room.people


def test_after_release_a_trainee_unfolds_the_items_answered_rightly(
    session: Session, clock: Clock, phone: PageClient
) -> None:
    room = after_post_test(session, clock())
    page = phone.get(f"/hasil/{token('Intan Contoh')}")
    folds = [fold for fold in page.select("details") if "Anda jawab benar" in fold.summary.text]
    right = [section for fold in folds for section in fold.select("section")]
    assert len(right) == 50 - 12
    assert "Pokok soal pemungutan-001?" in page.text
    assert all(RATIONALE not in section.text for section in right)
    assert not any(fold.has_attr("open") for fold in folds)
    assert room.people


def test_items_answered_rightly_stay_shut_until_release(between: Classroom, phone: PageClient) -> None:
    page = phone.get(f"/hasil/{token('Nila Contoh')}")
    assert "Pokok soal" not in page.text
    assert "Anda jawab benar" not in page.text
    assert between.people


def test_a_trainee_waits_until_the_test_is_closed(session: Session, clock: Clock, phone: PageClient) -> None:
    room = make_classroom(session, clock())
    room.enrol("Nila Pertiwi")
    sitting = room.open("pre")
    room.sit("Nila Pertiwi", sitting)
    assert "Hasil belum ada" in phone.get(f"/hasil/{token('Nila Pertiwi')}").text
    assert ask(phone, token("Nila Pertiwi")) == {"status": "belum"}
    room.close(sitting)
    assert "Hasil belum ada" not in phone.get(f"/hasil/{token('Nila Pertiwi')}").text
    assert ask(phone, token("Nila Pertiwi"))["status"] == "ada"


def ask(phone: PageClient, badge: object) -> dict:
    return phone.open("/t/hasil", method="POST", json={"token": badge}).get_json()


def test_a_phone_gets_the_words_and_later_the_way_to_the_review(
    session: Session, clock: Clock, phone: PageClient
) -> None:
    room = after_post_test(session, clock())
    answer = ask(phone, token("Intan Contoh"))
    assert set(answer) == {"status", "test", "words", "competencies", "review"}
    assert (answer["test"], answer["review"]) == ("post", f"/hasil/{token('Intan Contoh')}")
    assert answer["competencies"][0] == {
        "title": "Pemungutan suara dan masalah lapangan",
        "words": "Sudah kuat.",
        "study": "",
    }
    assert room.training_id


def test_before_release_the_phone_gets_no_way_to_the_review(between: Classroom, phone: PageClient) -> None:
    answer = ask(phone, token("Nila Contoh"))
    assert answer["review"] is None
    assert answer["words"] == "Mulailah dari materi yang perlu diperkuat."
    assert between.people


@pytest.mark.parametrize("badge", ["x" * 32, "", None, 7, ["a"], "\ud800"])
def test_an_unknown_badge_gets_a_clear_answer(between: Classroom, phone: PageClient, badge: object) -> None:
    assert ask(phone, badge) == {"status": "tidak-dikenal"}
    assert between.people


def test_an_unknown_badge_has_no_page(between: Classroom, phone: PageClient) -> None:
    page = phone.get(f"/hasil/{'x' * 32}", status=404)
    assert page.h1.text == "Kartu ini belum dikenal"
    assert between.people


def test_something_else_than_json_gets_a_clear_answer(phone: PageClient) -> None:
    assert phone.open("/t/hasil", method="POST", data=b"x").get_json() == {"status": "tidak-dikenal"}


def test_a_body_larger_than_a_token_is_refused(phone: PageClient) -> None:
    response = phone.open("/t/hasil", method="POST", json={"token": "x" * 5000})
    assert response.status_code == 413
    assert set(response.get_json()) == {"galat", "saran"}
