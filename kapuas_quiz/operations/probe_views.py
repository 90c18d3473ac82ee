"""The same answers from the application itself, for when phones reach it on port 80."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kapuas_quiz.operations.contact import notice_probe
from kapuas_quiz.operations.probes import OF_PHONES, REPLIES
from kapuas_quiz.web.access import is_laptop, public
from kapuas_quiz.web.context import now, settings

bp = Blueprint("probes", __name__)


@public("phones ask it of any Wi-Fi")
def answer() -> Response:
    """Answer as the maker's own server would."""
    if request.path in OF_PHONES and not is_laptop():
        notice_probe(settings().data, now=now())
    reply = REPLIES[request.path]
    return Response(reply.body, reply.status, mimetype=reply.kind)


for path in REPLIES:
    bp.add_url_rule(path, "answer", answer)
