"""What a field says by itself is said in the language of the page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from kapuas_quiz.web.access import public
from tests.pages import PageClient

TYPED = {"jumlah": "dua", "hari": "besok", "ruang": "Aula Besar", "tes": "lain", "nama": ""}


class Questions(FlaskForm):
    """One field for each thing that WTForms finds wrong without being told how to say it."""

    class Meta:
        csrf = False

    jumlah = IntegerField()
    hari = DateField()
    ruang = StringField(validators=[Length(max=5)])
    tes = RadioField(choices=["pre", "post"])
    nama = StringField(validators=[InputRequired()])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "id",
            {
                "jumlah": ["Tulis bilangan bulat, misalnya 2."],
                "hari": ["Tulis tanggal lengkap: hari, bulan, dan tahun."],
                "ruang": ["Paling panjang 5 huruf."],
                "tes": ["Pilih salah satu."],
                "nama": ["Bagian ini perlu diisi."],
            },
        ),
        (
            "en",
            {
                "jumlah": ["Write a whole number, for example 2."],
                "hari": ["Write the complete date: day, month and year."],
                "ruang": ["At most 5 characters."],
                "tes": ["Choose one."],
                "nama": ["This field is required."],
            },
        ),
    ],
)
def test_a_field_speaks_the_language_of_the_page(
    app: Flask, client: PageClient, language: str, said: dict[str, list[str]]
) -> None:
    @public("test")
    def ask() -> dict[str, list[str]]:
        form = Questions(MultiDict(TYPED))
        form.validate()
        return {name: [str(fault) for fault in faults] for name, faults in form.errors.items()}

    app.add_url_rule("/tanya", "tanya", ask)
    assert client.open(f"/tanya?bahasa={language}").get_json() == said
