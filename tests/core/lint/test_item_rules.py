"""Each rule about one item finds its fault and leaves a well-written item alone."""

import pytest

from kapuas_quiz.core.items.case import CaseSource
from kapuas_quiz.core.lint import RULES
from tests.core.bank_samples import citation, fact, raw_item
from tests.core.lint.judging import found, judged, options, single

ITEM = ("items", 0)
REASON = "Segel menunjukkan bahwa isi kotak belum disentuh siapa pun."


def test_a_well_written_item_gets_no_remark_about_itself():
    item = single(rationale=REASON, citation=citation("PKPU 8/2022"))
    about_items = [r for r in judged(item, instruments=["PKPU 8/2022"]) if not r.rule.about_file]
    assert about_items == []


def test_a_fact_that_may_be_cited_asks_for_a_citation():
    assert found("tanpa-dasar-hukum", single(), instruments=["PKPU 8/2022"]) == [
        ((*ITEM, "citation"), "fakta F001 boleh disitasi; isi instrument: PKPU 8/2022.")
    ]


@pytest.mark.parametrize(
    "values", [{"use": "tanpa-sitasi-hukum"}, {"use": "cek-berlaku-untuk-pilkada-2024"}, {"regulation": ""}]
)
def test_a_fact_that_may_not_be_cited_does_not(values):
    facts = {"F001": fact(**values)}
    assert found("tanpa-dasar-hukum", single(), instruments=["PKPU 8/2022"], facts=facts) == []


@pytest.mark.parametrize("text", ["Karena benar.", "Segelnya diperiksa."])
def test_a_rationale_that_explains_nothing_is_found(text):
    said = options("Membukanya.", "Segelnya diperiksa", "Menyimpannya.")
    assert found("tanpa-pembahasan", single(rationale=text, options=said))


def test_a_rationale_that_explains_is_enough():
    assert found("tanpa-pembahasan", single(rationale=REASON)) == []


@pytest.mark.parametrize(
    "stem",
    [
        "Manakah yang bukan tugas KPPS?",
        "Apa yang tidak boleh dibawa ke bilik?",
        "Semua ini tugas KPPS, kecuali yang mana?",
        "Saksi datang. Tindakan mana yang **pertama** dan tidak tepat?",
    ],
)
def test_a_negation_that_asks_must_stand_out(stem):
    assert found("pokok-soal-negatif", single(stem=stem))


@pytest.mark.parametrize(
    "stem",
    [
        "Manakah yang **bukan** tugas KPPS?",
        "Manakah yang BUKAN tugas KPPS?",
        "Pemilih itu tidak terdaftar. Apa langkah KPPS?",
        "Bagaimana bila saksi yang datang pagi itu ternyata tidak membawa surat mandat?",
    ],
)
def test_a_negation_in_bold_or_in_the_story_is_left_alone(stem):
    assert found("pokok-soal-negatif", single(stem=stem)) == []


def test_a_long_stem_is_found_from_the_first_letter_too_many():
    assert found("pokok-soal-panjang", single(stem="a" * 320)) == []
    assert "321 huruf" in found("pokok-soal-panjang", single(stem="a" * 321))[0][1]


def test_a_long_option_is_found_with_its_place():
    said = options("a" * 120, "b" * 121, "c")
    assert [place for place, _ in found("pilihan-panjang", single(options=said))] == [
        (*ITEM, "options", 1, "text")
    ]


def test_a_key_by_far_the_longest_gives_itself_away():
    key = "Memeriksa segel bersama saksi lalu mencatatnya."
    said = options("Membukanya.", key, "Menyimpan kotak.")
    assert found("kunci-terpanjang", single(options=said))
    assert found("kunci-terpanjang", single(options=said, key="a")) == []
    alike = options("Membuka segel bersama saksi di TPS.", key, "Menyimpan kotak.")
    assert found("kunci-terpanjang", single(options=alike)) == []


@pytest.mark.parametrize(
    "text", ["Semua benar.", "Semua jawaban salah", "Semua pilihan di atas benar", "Tidak ada yang benar"]
)
def test_all_or_none_of_the_options_is_found(text):
    assert found("semua-benar", single(options=options("Membukanya.", "Memeriksa.", text)))


def test_all_witnesses_are_not_all_options():
    assert found("semua-benar", single(options=options("Semua saksi hadir.", "Sebagian.", "Satu."))) == []


@pytest.mark.parametrize("text", ["Pilihan a dan b", "a dan b benar", "Jawaban di atas salah", "A, B benar"])
def test_an_option_cannot_point_at_another_by_its_place_because_they_are_shuffled(text):
    (remark,) = [
        r
        for r in judged(single(options=options("Membukanya.", "Memeriksa.", text)))
        if r.rule.id == "pilihan-menyebut-letak"
    ]
    assert remark.rule.severity == "galat"


@pytest.mark.parametrize("text", ["Atap di atas TPS", "KPPS dan PPS", "7 dan 9 orang", "Di bawah pohon"])
def test_places_and_lists_in_an_option_point_at_nothing(text):
    assert found("pilihan-menyebut-letak", single(options=options("Membukanya.", "Memeriksa.", text))) == []


@pytest.mark.parametrize(
    ("first", "second"), [("KPPS", "Ketua KPPS"), ("3 sampai 5 hari", "5 sampai 7 hari"), ("1-4", "2–3")]
)
def test_options_that_can_both_be_right_overlap(first, second):
    assert found("pilihan-tumpang-tindih", single(options=options(first, "Lainnya sama sekali", second)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sah", "tidak sah"),
        ("1 hari", "11 hari"),
        ("07.00 sampai 12.00", "07.00 sampai 13.00"),
        ("3 sampai 5 hari", "6 sampai 7 hari"),
        ("3 sampai 5 hari", "4 sampai 6 minggu"),
    ],
)
def test_options_of_which_one_at_most_is_right_do_not(first, second):
    assert (
        found("pilihan-tumpang-tindih", single(options=options(first, "Lainnya sama sekali", second))) == []
    )


def test_a_key_alone_without_a_full_stop_is_found():
    assert found("tanda-titik-kunci", single(options=options("Membukanya.", "Memeriksa", "Menyimpan.")))
    assert found("tanda-titik-kunci", single(options=options("Membukanya", "Memeriksa.", "Simpan."))) == []


def test_a_picture_is_weighed_spoken_of_and_does_not_tell_the_key():
    picture = {"file": "gambar/x.png", "alt": "Petugas sedang memeriksa segel."}
    said = options("Membukanya", "Memeriksa segel", "Menyimpannya")
    item = single(picture=picture, options=said, stem="Apa yang dilakukan?")
    assert found("gambar-berat", item, picture_bytes={item.id: 9000})[0][1].startswith("gambar 8,8 kB")
    assert found("gambar-berat", item, picture_bytes={item.id: 8000}) == []
    assert found("gambar-tak-dipakai", item)
    assert found("gambar-tak-dipakai", single(picture=picture, stem="Apa yang tampak pada gambar?")) == []
    assert found("gambar-membuka-kunci", item)
    assert found("gambar-membuka-kunci", single(picture={**picture, "alt": "Sebuah kotak."})) == []


def test_the_questions_of_a_case_are_judged_one_by_one():
    values = raw_item()
    parts = [
        {"id": "p1", "type": "single_choice", "stem": "Manakah yang bukan tugas?", "rationale": REASON}
        | {"options": options("Satu", "Dua", "Semua benar"), "key": "a"},
        {"id": "p2", "type": "true_false", "stem": "Kotak disegel.", "key": "benar", "rationale": REASON},
    ]
    whole = {key: values[key] for key in values if key not in ("options", "key")}
    case = CaseSource.model_validate({**whole, "type": "case", "stem": "a" * 600, "parts": parts})
    assert found("pokok-soal-panjang", case) == []
    assert found("pokok-soal-negatif", case)[0][0] == (*ITEM, "parts", 0, "stem")
    assert found("semua-benar", case)[0][0] == (*ITEM, "parts", 0, "options", 2, "text")


def test_every_rule_has_a_name_a_reason_in_a_sentence_and_a_severity():
    for name, rule in RULES.items():
        assert name == rule.id
        assert rule.reason.endswith(".") and len(rule.reason) > 30
        assert rule.severity in ("galat", "peringatan")
