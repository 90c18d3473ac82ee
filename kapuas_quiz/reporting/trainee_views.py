"""What a trainee may know: words once the test is closed, items once they are released."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from pydantic import ValidationError
from werkzeug.wrappers import Response as BaseResponse

from kapuas_quiz.core.gaps import Status
from kapuas_quiz.delivery.messages import StandingMessage
from kapuas_quiz.extensions import csrf
from kapuas_quiz.reporting.fault_reports import report_by_trainee
from kapuas_quiz.reporting.opening import ItemNotHereError
from kapuas_quiz.reporting.people import PersonReport, PersonTest, own_report
from kapuas_quiz.reporting.service import NothingPlannedError
from kapuas_quiz.reporting.views import bp
from kapuas_quiz.reporting.web_forms import TraineeReportForm
from kapuas_quiz.web.access import public
from kapuas_quiz.web.context import now, session

LARGEST_BODY = 4096
LARGEST_REPORT = 16_384
"""Bytes of a posted report; a letter may take twelve of them."""


@dataclass(frozen=True)
class OwnLine:
    """One competency in words; `study` is what to read, empty where nothing is weak."""

    title: str
    words: str
    study: str


@bp.get("/hasil/<token>")
@public("the badge's token is the authority")
def own_results(token: str) -> str | tuple[str, int]:
    """Show a trainee the own results.

    :raise 404: if the badge is unknown or was replaced
    """
    report = _own(token)
    if report is None:
        return render_template("reporting/own_unknown.html"), 404
    lines = {test.kind: own_lines(test) for test in report.tests}
    return render_template("reporting/own.html", report=report, lines=lines, token=token)


@bp.post("/t/hasil")
@csrf.exempt
@public("the badge's token in the body is the authority")
def phone_results() -> Response:
    """Tell a phone the own result of the latest closed test, in words.

    Body: {"token"}.  Answer: status "tidak-dikenal", "belum" or "ada"; with the last also test, words,
    competencies [{title, words, study}] and review, the address of the released items or null.
    """
    request.max_content_length = LARGEST_BODY
    try:
        token = StandingMessage.model_validate_json(request.get_data()).token
    except ValidationError:
        return jsonify(status="tidak-dikenal")
    report = _own(token)
    if report is None:
        return jsonify(status="tidak-dikenal")
    if not report.tests:
        return jsonify(status="belum")
    test = report.tests[-1]
    return jsonify(
        status="ada",
        test=test.kind,
        words=_advice(test),
        competencies=[asdict(line) for line in own_lines(test)],
        review=url_for("reporting.own_results", token=token)
        if test.review.items or test.review.right
        else None,
    )


@bp.post("/hasil/<token>/keliru")
@csrf.exempt
@public("the badge's token is the authority")
def report_own(token: str) -> BaseResponse | tuple[str, int]:
    """Keep what a trainee finds wrong with a released item, and show the page again.

    :raise 404: if the badge is unknown or its page does not show the item
    """
    request.max_content_length = LARGEST_REPORT
    form = TraineeReportForm()
    try:
        wording = uuid.UUID(form.wording.data or "")
        if form.validate_on_submit():
            text = form.text.data or ""
            report_by_trainee(session(), token=token, revision_id=wording, text=text, now=now())
    except (ValueError, ItemNotHereError, NothingPlannedError):
        return render_template("reporting/own_unknown.html"), 404
    return redirect(url_for("reporting.own_results", token=token, _anchor=f"soal-{wording}"), 303)


def own_lines(test: PersonTest) -> list[OwnLine]:
    """Put the verdicts of a test into words for the trainee; no counts, because items may still be shut."""
    words = {
        Status.BELOW: _("Perlu diperkuat."),
        Status.UNSURE: _("Cukup, mantapkan lagi."),
        Status.ABOVE: _("Sudah kuat."),
        Status.TOO_LITTLE: _("Data belum cukup."),
    }
    weak = (Status.BELOW, Status.UNSURE)
    return [
        OwnLine(c.competency.title, words[c.gap.status], c.competency.study if c.gap.status in weak else "")
        for c in test.cells
    ]


def _advice(test: PersonTest) -> str:
    if any(cell.gap.status is Status.BELOW for cell in test.cells):
        return _("Mulailah dari materi yang perlu diperkuat.")
    return _("Pertahankan, dan mantapkan materi yang belum kuat.")


def _own(token: str) -> PersonReport | None:
    try:
        return own_report(session(), token=token, now=now())
    except NothingPlannedError:
        return None
