"""Try a bank on a page like a trainee's: a GET shows, a POST marks, no answer is stored."""

from __future__ import annotations

import secrets as random

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kapuas_quiz.banks import tryout
from kapuas_quiz.banks.authoring import UnknownAreaError
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, now, session

bp = Blueprint("tryout", __name__, url_prefix="/bank-soal")
AUTHORS = (Role.OPERATOR, Role.TRAINER, Role.REVIEWER)


@bp.get("/<area>/coba")
@allow(*AUTHORS)
def show(area: str) -> str | Response:
    """Show items to try: `?benih=` draws them, `?n=` says how many, `?soal=` is one item alone.

    :raise 404: if no bank covers the area
    """
    if "benih" not in request.args:
        count, only = request.args.get("n"), request.args.get("soal")
        return redirect(url_for("tryout.show", area=area, benih=random.randbelow(10**6), n=count, soal=only))
    wanted = _wanted(area)
    return render_template("banks/try.html", wanted=wanted, trial=_trial(wanted), most=tryout.MOST)


@bp.post("/<area>/coba")
@allow(*AUTHORS)
def mark(area: str) -> str:
    """Mark the answers of the page.

    :raise 404: if no bank covers the area
    """
    wanted = _wanted(area)
    trial = _trial(wanted)
    lines = tryout.mark(session(), trial, request.form.to_dict(), actor=actor(), now=now())
    return render_template("banks/tried.html", wanted=wanted, trial=trial, lines=lines)


def _trial(wanted: tryout.Wanted) -> tryout.Trial:
    try:
        return tryout.trial(session(), wanted, actor())
    except UnknownAreaError:
        abort(404)


def _wanted(area: str) -> tryout.Wanted:
    count = min(max(_number("n", 5), 1), tryout.MOST)
    return tryout.Wanted(area, count, _number("benih", 1), request.args.get("soal", ""))


def _number(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else usual
