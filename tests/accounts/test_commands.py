"""The way back in from the command line."""

from __future__ import annotations

from flask import Flask

from kapuas_quiz.core.roles import Role


def run(app: Flask, *words: str):
    return app.test_cli_runner().invoke(args=["staff", "invite", *words])


def test_without_an_operator_the_command_prints_the_first_link(app: Flask, client) -> None:
    done = run(app)
    assert done.exit_code == 0, done.output
    assert "operator pertama" in client.get(done.output.strip()).select_one("h1").text


def test_with_an_operator_it_asks_for_the_address(app: Flask, member) -> None:
    member()
    done = run(app)
    assert done.exit_code == 1
    assert "staff invite SUREL" in done.output


def test_a_forgotten_password_gets_a_new_link(app: Flask, client, member) -> None:
    member(Role.OPERATOR)
    link = run(app, "Gita@contoh.id").output.strip()
    assert "Gita Permata" in client.get(link).select_one("h1").text


def test_an_unknown_address_and_a_closed_account_are_refused_in_words(
    app: Flask, member, session, clock
) -> None:
    assert "Tidak ada petugas" in run(app, "siapa@contoh.id").output
    member().disabled_at = clock()
    session.commit()
    assert "ditutup" in run(app, "gita@contoh.id").output
