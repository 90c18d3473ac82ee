"""The pages of the content specification and of the assembled forms."""

import uuid

import pytest
from sqlalchemy import select, update

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.core.content_spec import DEFAULT
from kapuas_quiz.core.roles import Role
from kapuas_quiz.forms.service import assessments_of, assign, form_of, forms_of, spec_of
from tests.forms.making import enrolled, few_banks, training

ONE_DATABASE = True
"""Pages alone: what they store is tested on both kinds of database elsewhere."""


@pytest.fixture
def room(session):
    few_banks(session)
    return training(session)


@pytest.fixture
def trainer(sign_in):
    return sign_in(Role.TRAINER)


def spec_page(browser, room):
    return browser.get(f"/kegiatan/{room}/kisi-kisi")


def save(browser, room, status=200, **changes):
    return browser.submit(spec_page(browser, room), "#kisi-kisi", status, **changes)


REASON = "Belum ada yang ditelaah; tes ini untuk uji coba."


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.OPERATOR)


def forms_page(browser, room):
    return browser.get(f"/kegiatan/{room}/paket")


def assemble(browser, room, seed="", **changes):
    allowed = {"allow": "y", "allowance": REASON, **changes}
    return browser.submit(forms_page(browser, room), "#susun", seed=seed, **allowed)


def drawn_items(session, room):
    return [
        item.item_id
        for form_id in forms_of(session, room).values()
        for item in form_of(session, form_id).items
    ]


def approve_everything(session):
    session.execute(update(Item).values(review="disetujui"))
    session.commit()


def give_pictures(session, size):
    for revision in session.scalars(select(ItemRevision)):
        revision.content = {**revision.content, "picture": {"bytes": size}}
    session.commit()


def test_the_page_says_what_pictures_weigh_and_refuses_too_many(session, operator, room):
    save(operator, room)
    give_pictures(session, 512)
    page = assemble(operator, room, seed="7")
    assert f"Gambar dalam paket A{DEFAULT.n_items * 0.5:g}".replace(".", ",") in page.text.replace("\n", "")
    give_pictures(session, 12 * 1024)
    page = operator.submit(page, "#susun", 409, seed="8", allow="y", allowance=REASON)
    assert "gambarnya terlalu berat" in page.select_one("[role=alert]").text
    assert f"{DEFAULT.n_items * 12} kB" in page.select_one("[role=alert]").text


def test_the_default_is_filled_in_and_saving_it_leads_to_the_forms(session, trainer, room):
    page = spec_page(trainer, room)
    assert page.select_one("#competencies-0-title")["value"] == "Pemungutan suara dan masalah lapangan"
    assert "usulan awal" in page.text
    after = save(trainer, room)
    assert "Kisi-kisi soal disimpan." in after.text
    assert after.h1.text == "Paket soal"
    assert spec_of(session, room) == DEFAULT


def test_counts_standards_names_and_grouping_are_edited(session, trainer, room):
    save(
        trainer,
        room,
        **{
            "competencies-0-title": "Hari pemungutan",
            "competencies-0-terapkan": "3",
            "competencies-0-standard": "75",
            "competencies-0-study": "Buku KPPS bab 3.",
            "areas-0-group": "1",
            "areas-5-group": "",
        },
    )
    spec = spec_of(session, room)
    first = spec.competencies[0]
    assert (first.key, first.title, first.counts["terapkan"], first.standard) == (
        "pemungutan",
        "Hari pemungutan",
        3,
        0.75,
    )
    assert first.areas == ("01-regulasi-tahapan", "02-pemungutan-suara")
    assert first.study == "Buku KPPS bab 3."
    assert spec.competency("dasar").areas == ("10-data-pemilih", "11-badan-adhoc")


def test_the_limits_and_the_sum_stand_on_the_page_beforehand(trainer, room):
    page = spec_page(trainer, room)
    assert "4 sampai 6 kelompok" in page.text
    assert "20 sampai 30 soal. Sekarang 25 soal per paket." in page.text
    assert page.select_one("#kisi-kisi legend").text == "Kelompok 1: 5 soal"


def test_all_that_is_wrong_is_told_at_once_and_before_anything_else(trainer, room):
    page = save(
        trainer,
        room,
        422,
        **{
            "competencies-0-terapkan": "1",
            "competencies-1-title": "",
            "competencies-2-standard": "x",
            "competencies-3-paham": "20",
        },
    )
    told = page.select_one("[role=alert]").text
    assert "perbaiki yang bertanda" in told
    assert "Pemungutan suara dan masalah lapangan berisi 4 soal" in told
    assert "Jumlah soal 42" in told
    assert "Sekarang 42 soal per paket." in page.text
    assert len(page.select(".fault")) == 2
    assert "usulan awal" not in page.text


def test_a_sixth_group_gets_a_key_of_its_own(session, trainer, room):
    save(
        trainer,
        room,
        **{"competencies-5-title": "Koordinasi", "competencies-5-terapkan": "5", "areas-8-group": "6"},
    )
    sixth = spec_of(session, room).competencies[5]
    assert (sixth.key, sixth.areas, sixth.n_items) == ("kelompok-1", ("09-koordinasi",), 5)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"competencies-0-terapkan": "1"}, "berisi 4 soal"),
        ({"competencies-0-terapkan": "20"}, "20 sampai 30 soal"),
        (
            {
                "competencies-4-title": "",
                "areas-7-group": "",
                "areas-8-group": "",
                "competencies-3-title": "",
                "areas-4-group": "",
                "areas-6-group": "",
            },
            "4 sampai 6 kelompok",
        ),
        ({"competencies-4-title": ""}, "Beri nama kelompok ini"),
        ({"competencies-1-title": "Pemungutan suara dan masalah lapangan"}, "dipakai dua kali"),
        ({"areas-7-group": "", "areas-8-group": ""}, "belum mempunyai materi"),
        ({"competencies-0-ingat": "dua"}, "Tulis bilangan bulat"),
        ({"competencies-0-ingat": "-1"}, "0 sampai 30"),
        ({"competencies-0-standard": "0"}, "1 sampai 100"),
        ({"competencies-0-title": "x" * 81}, "Paling panjang 80"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_input_stays(session, trainer, room, changes, words):
    page = save(trainer, room, 422, **changes, **{"competencies-0-study": "Tetap ada"})
    assert words in page.text
    assert page.select_one("#competencies-0-study")["value"] == "Tetap ada"
    assert spec_of(session, room) is None


def test_forms_wait_for_a_stored_specification(trainer, room):
    page = trainer.get(f"/kegiatan/{room}/paket")
    assert "Kisi-kisi soal belum disimpan" in page.text
    assert page.select_one("#susun") is None


def test_assembling_shows_seed_and_that_items_are_not_verified_and_why_they_were_allowed(
    session, operator, room
):
    save(operator, room)
    page = assemble(operator, room, seed="41")
    assert "Paket soal A dan B disusun" in page.text
    assert "Soal belum diverifikasi" in page.text
    assert REASON in page.text
    assert any(tag.text.startswith("41") for tag in page.select("dd"))
    assert set(forms_of(session, room)) == {"A", "B"}


def test_approved_items_need_no_reason_and_carry_no_such_note(session, trainer, room):
    approve_everything(session)
    save(trainer, room)
    page = trainer.submit(forms_page(trainer, room), "#susun", seed="")
    assert "Paket soal A dan B disusun" in page.text
    assert "belum diverifikasi" not in page.text


def test_without_a_reason_only_approved_items_are_drawn_and_the_page_says_what_is_missing(
    session, trainer, room
):
    save(trainer, room)
    assert "Paket belum disusun" not in forms_page(trainer, room).text
    page = trainer.submit(forms_page(trainer, room), "#susun", 409)
    assert "Paket belum disusun" in page.select_one("[role=alert]").text
    assert "Yang disetujui belum cukup pada 15 bagian kisi-kisi" in page.text
    assert "minta operator mengizinkan" in page.text
    assert forms_of(session, room) == {}


def test_an_allowance_needs_a_written_reason(session, operator, room):
    save(operator, room)
    page = operator.submit(forms_page(operator, room), "#susun", 422, allow="y", allowance="ya")
    assert "Tulis alasannya" in page.text
    assert forms_of(session, room) == {}


def test_a_trainer_cannot_allow_what_nobody_approved(session, trainer, room):
    save(trainer, room)
    trainer.submit(forms_page(trainer, room), "#susun", 403, allow="y", allowance=REASON)
    assert forms_of(session, room) == {}


def test_a_seed_that_is_no_number_is_refused_in_words(session, operator, room):
    save(operator, room)
    page = operator.submit(operator.get(f"/kegiatan/{room}/paket"), "#susun", 422, seed="x")
    assert "Tulis bilangan bulat" in page.text
    assert forms_of(session, room) == {}


def test_a_cell_that_the_banks_cannot_fill_is_named_and_there_is_no_button(session, operator, room, clock):
    save(operator, room)
    page = operator.get(f"/kegiatan/{room}/paket")
    session.execute(
        update(Item)
        .where(Item.competency.in_(["08-logistik", "09-koordinasi"]), Item.level == "ingat")
        .values(removed_at=clock())
    )
    session.commit()
    refused = operator.submit(page, "#susun", 409)
    assert "Logistik dan koordinasi, jenjang ingat: perlu 2 soal, tersedia 0." in refused.text
    assert refused.select_one("#susun") is None


def test_a_form_that_holds_a_withdrawn_item_says_so_where_it_is_prepared_and_where_it_is_opened(
    session, operator, room
):
    save(operator, room)
    assemble(operator, room)
    assert "sejak dibekukan" not in forms_page(operator, room).text
    held = drawn_items(session, room)[0]
    session.execute(update(Item).where(Item.id == held).values(review="ditarik"))
    session.commit()
    page = forms_page(operator, room)
    assert f"ditahan: 1{held}. Susun ulang paket" in "".join(page.text.split("\n")).replace("✕ ", "")
    assert "sejak dibekukan" in operator.get(f"/kegiatan/{room}/tes").text


def test_minutes_are_set_for_both_tests(session, operator, room):
    save(operator, room)
    page = assemble(operator, room)
    page = operator.submit(page, "#menit", pre="20", post="30")
    assert "Lama tes disimpan" in page.text
    assert [view.minutes for view in assessments_of(session, room)] == [20, 30]
    assert "1 sampai 300 menit" in operator.submit(page, "#menit", 422, pre="0").text


def test_once_a_form_is_given_both_pages_only_show(session, operator, room, clock):
    save(operator, room)
    assemble(operator, room)
    stale = spec_page(operator, room)
    assign(session, enrolment_id=enrolled(session, room), now=clock())
    session.commit()
    page = operator.submit(stale, "#kisi-kisi", **{"competencies-0-title": "Lain"})
    assert "Kisi-kisi tetap seperti semula" in page.text
    assert page.select_one("#kisi-kisi") is None
    forms = operator.get(f"/kegiatan/{room}/paket")
    assert "1 peserta sudah menerima paket soal" in forms.text
    assert forms.select_one("#susun") is None


def test_a_training_that_does_not_exist_has_no_pages(trainer):
    for name in ("kisi-kisi", "paket"):
        trainer.get(f"/kegiatan/{uuid.uuid4()}/{name}", 404)


def test_no_page_of_forms_shows_an_item_or_its_key(session, operator, room):
    save(operator, room)
    page = assemble(operator, room)
    assert "pemungutan-suara-0" not in page.decode()
