"""The facts that items of an area may rest on, to look up their numbers."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import lazy_gettext as _l

from kapuas_quiz.banks import authoring
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.views import bp
from kapuas_quiz.core import facts as register
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import session

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


@bp.get("/<area>/fakta")
@allow(Role.OPERATOR, Role.TRAINER, Role.REVIEWER)
def facts(area: str) -> str:
    """List the facts of an area with their numbers.

    :raise 404: if no bank covers the area
    """
    try:
        found = authoring.area_of(session(), area)
    except authoring.UnknownAreaError:
        abort(404)
    known = [fact for fact in load_facts().values() if fact.area == area]
    return render_template("banks/facts.html", area=found, facts=known, use_words=USE_WORDS)
