"""The first operator's link: fresh at each start, gone with the first operator."""

from kapuas_quiz.operations.setup import renew_setup_link, setup_link


def test_console_and_start_page_show_the_same_link(session, tmp_path, clock, client):
    link = renew_setup_link(session, data=tmp_path, now=clock())
    assert setup_link(session, data=tmp_path, now=clock()) == link
    assert client.get("/mulai").select_one(f"a[href='{link}']")


def test_a_new_start_makes_a_new_link(session, tmp_path, clock):
    first = renew_setup_link(session, data=tmp_path, now=clock())
    second = renew_setup_link(session, data=tmp_path, now=clock())
    assert first != second
    assert setup_link(session, data=tmp_path, now=clock()) == second


def test_the_kept_link_is_private(session, tmp_path, clock):
    renew_setup_link(session, data=tmp_path, now=clock())
    assert (tmp_path / "penyiapan").stat().st_mode & 0o777 == 0o600


def test_once_there_is_an_operator_there_is_no_link(session, tmp_path, clock, client):
    link = renew_setup_link(session, data=tmp_path, now=clock())
    page = client.submit(
        client.get(link),
        "form",
        name="Tirta Andara",
        email="tirta@contoh.id",
        password="air tenang 2026",
        again="air tenang 2026",
    )
    assert setup_link(session, data=tmp_path, now=clock()) is None
    assert renew_setup_link(session, data=tmp_path, now=clock()) is None
    assert "/undangan/" not in str(page)
