"""What the console says."""

from kapuas_quiz.operations.address import PhoneAddress
from kapuas_quiz.operations.checks import Check, State
from kapuas_quiz.operations.console import Report, write

WIFI = PhoneAddress("http://192.168.1.10:8000", "192.168.1.10", "wlp3s0", True, True)
CABLE = PhoneAddress("http://10.0.0.5:8000", "10.0.0.5", "enp0s1", False, False)


def page(addresses=(WIFI, CABLE), setup_link=None, demo=False, colour=False, drawing=False) -> str:
    checks = [
        Check("Basis data", State.OK, "Utuh."),
        Check("Bank soal", State.BAD, "Ditolak: %(b)s.", {"b": "x"}),
    ]
    report = Report("http://localhost:8000", addresses, setup_link, checks, demo)
    return write(report, colour=colour, drawing=drawing)


def test_the_chosen_address_and_the_others_are_named():
    assert "Alamat untuk HP: http://192.168.1.10:8000  (Wi-Fi, wlp3s0)" in page()
    assert "Alamat lain: http://10.0.0.5:8000  (enp0s1)" in page()


def test_the_picture_is_drawn_only_where_the_terminal_can():
    assert "█" not in page()
    assert "█" in page(drawing=True)


def test_each_check_says_its_state_in_words():
    assert "[baik   ] Basis data: Utuh." in page()
    assert "[BURUK  ] Bank soal: Ditolak: x." in page()


def test_colours_are_added_only_where_the_terminal_can():
    assert "\x1b[" not in page()
    assert "\x1b[31m[BURUK  ]\x1b[0m" in page(colour=True)


def test_the_set_up_link_is_shown_while_there_is_no_operator():
    assert "Belum ada operator" not in page()
    assert "http://localhost:8000/undangan/abc" in page(setup_link="http://localhost:8000/undangan/abc")


def test_no_network_is_said_and_not_hidden():
    assert "belum tersambung ke jaringan" in page(addresses=())


def test_demo_data_are_named():
    assert "DATA CONTOH" in page(demo=True)
