"""How far an item may lean on a fact, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from kapuas_quiz.core import facts as register

USE_WORDS = {
    register.WITH_ARTICLE: _l("boleh dikutip dengan pasalnya"),
    register.WITHOUT_ARTICLE: _l("peraturannya boleh dikutip, pasalnya dikosongkan"),
    register.AS_AMENDED: _l(
        "undang-undangnya dikutip sebagaimana diubah; tulis pada Catatan untuk penelaah "
        "di naskah mana pasalnya dibaca"
    ),
    register.UNPROVEN_HERE: _l(
        "berlakunya untuk Pilkada 2024 belum dicek; tanpa rujukan, tulis itu pada Catatan untuk penelaah"
    ),
    "tanpa-sitasi-hukum": _l("praktik, tempat, atau angka; tanpa rujukan peraturan"),
    register.NOT_YET: _l("belum boleh menjadi dasar soal"),
}
