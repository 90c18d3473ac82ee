"""The facts that items of an area may rest on, to look up their numbers."""

from __future__ import annotations

from flask import abort, render_template

from kapuas_quiz.banks import authoring
from kapuas_quiz.banks.fact_words import USE_WORDS
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.views import bp
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import session


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
