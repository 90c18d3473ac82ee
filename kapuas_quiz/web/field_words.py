"""What the fields of a form say by themselves, in this application's words: WTForms knows no Indonesian."""

from __future__ import annotations

from flask import Flask, request
from flask_babel import lazy_gettext as _l

WORDS = {
    "This field is required.": _l("Bagian ini perlu diisi."),
    "Not a valid choice.": _l("Pilih salah satu."),
    "Invalid Choice: could not coerce.": _l("Pilih salah satu."),
    "Not a valid integer value.": _l("Tulis bilangan bulat, misalnya 2."),
    "Not a valid date value.": _l("Tulis tanggal lengkap: hari, bulan, dan tahun."),
    "Invalid input.": _l("Isian ini tidak dapat dibaca. Periksa tulisannya."),
    "Field cannot be longer than %(max)d characters.": _l("Paling panjang %(max)d huruf."),
}


class FieldWords:
    """Stand where Flask-WTF would load WTForms' own catalogue."""

    def ugettext(self, text: str) -> str:
        """Return the words for a message of WTForms; what is not known stays as it is."""
        return str(WORDS.get(text, text))

    def ungettext(self, _singular: str, plural: str, _n: int) -> str:
        """Return the words for a message that WTForms counts; ours need no plural."""
        return self.ugettext(plural)


def install(app: Flask) -> None:
    """Hand these words to each request, under the name by which Flask-WTF looks for them."""

    @app.before_request
    def speak() -> None:
        request.wtforms_translations = FieldWords()  # type: ignore[attr-defined]
