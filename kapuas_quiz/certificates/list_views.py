"""One decision list on screen: its lines, where it stands, and why an act was refused."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, render_template, request
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from kapuas_quiz.certificates import approval, decisions, issuing, lists, register
from kapuas_quiz.certificates.candidates import NotReadyError, RefusedError
from kapuas_quiz.certificates.changes import OutdatedError
from kapuas_quiz.certificates.lines import LineView
from kapuas_quiz.certificates.web_forms import LockForm, PublishForm
from kapuas_quiz.certificates.words import KINDS, PROPOSALS, VERDICTS, reason_words, rule_words
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import actor, session

bp = Blueprint("certificates", __name__)

READERS = (Role.CERTIFIER, Role.OPERATOR, Role.OBSERVER)
WORKERS = (Role.CERTIFIER, Role.OPERATOR)
NOT_READY = {
    "tanpa-tes-akhir": _l(
        "Tes akhir kegiatan ini belum pernah dibuka. Daftar disusun setelah tes akhir disegel."
    ),
    "masih-mengerjakan": _l("%(n)s orang masih mengerjakan tes. Tutup dan segel sesinya dahulu."),
    "belum-disegel": _l("%(n)s sesi tes belum disegel. Segel dahulu, supaya nilai tidak berubah lagi."),
}
REFUSALS = {
    approval.StaleDraftError: _l(
        "Nilai atau data peserta berubah sejak rancangan dibuat. Perbarui rancangan, lalu kunci lagi."
    ),
    approval.SamePersonError: _l(
        "Yang mengunci tidak dapat menyetujui. Minta orang kedua masuk dengan akunnya sendiri."
    ),
    approval.SupersededError: _l(
        "Daftar ini sudah digantikan daftar yang lebih baru. Lanjutkan dari daftar itu."
    ),
    approval.AlteredError: _l(
        "Isi daftar ini tidak sama dengan saat dikunci. Jangan lanjutkan; hubungi operator dan periksa Jejak."
    ),
    approval.WrongStateError: _l(
        "Langkah ini sudah dikerjakan, atau langkah sebelumnya belum. Lihat keadaan daftar di bawah."
    ),
    decisions.ListLockedError: _l(
        "Daftar ini sudah dikunci. Perbaikan dibuat sebagai daftar dengan nomor baru."
    ),
}
CHANGES = {
    "keluar": _l("Sudah dikeluarkan dari kegiatan: %(nama)s."),
    "tanpa-sertifikat": _l("Sekarang tidak dapat diberi sertifikat: %(nama)s."),
    "berubah": _l("Nilai atau data berubah: %(nama)s."),
}
MOST_NAMES = 10


def refusal_words(refusal: RefusedError) -> str:
    """Say why an act was refused and what to do next."""
    if isinstance(refusal, OutdatedError):
        return _outdated_words(refusal)
    if isinstance(refusal, NotReadyError):
        return str(NOT_READY[refusal.code]) % {"n": refusal.count}
    return str(REFUSALS[type(refusal)])


def _outdated_words(refusal: OutdatedError) -> str:
    changes = [
        str(words) % {"nama": _names(refusal.people[code])}
        for code, words in CHANGES.items()
        if code in refusal.people
    ]
    advice = gettext(
        "Langkah ini belum dijalankan; daftar ini tetap seperti saat dikunci. "
        "Susun daftar koreksi di halaman Penetapan kelulusan, lalu kunci dan minta persetujuan lagi."
    )
    return " ".join([gettext("Keadaan tidak lagi seperti saat daftar dikunci."), *changes, advice])


def _names(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return shown
    return gettext("%(nama)s, dan %(n)s orang lain", nama=shown, n=len(names) - MOST_NAMES)


FILTERS: dict[str, Callable[[LineView], bool]] = {
    "semua": lambda entry: True,
    "lulus": lambda entry: entry.outcome == "lulus",
    "belum": lambda entry: entry.outcome == "belum",
    "dekat": lambda entry: bool(entry.facts["near_cut"]),
    "berbeda": lambda entry: entry.against_rule,
    "tanpa-usul": lambda entry: entry.proposal == "tanpa-usul",
}


@bp.get("/keputusan/<uuid:list_id>")
@allow(*READERS)
def decision_list(list_id: uuid.UUID) -> str:
    """Show one list, its lines and the next step.

    :raise 404: if there is no such list
    """
    return list_page(found(list_id))


def found(list_id: uuid.UUID) -> lists.ListView:
    """Return a list.

    :raise 404: if there is none
    """
    try:
        return lists.list_view(session(), list_id)
    except lists.UnknownListError:
        abort(404)


def sees_marks(shown: lists.ListView) -> bool:
    """Tell whether the reader may see single persons: an observer not before publication."""
    return shown.published_at is not None or actor().holds(*WORKERS)


def words(shown: lists.ListView) -> dict[str, object]:
    """Return what templates need to put a list's codes into words."""
    locale, titles = str(get_locale()), shown.facts["competencies"]
    return {
        "rule": rule_words(shown.rule, titles, translate=gettext, locale=locale),
        "reason_words": partial(reason_words, titles=titles, translate=gettext, locale=locale),
        "proposal_words": {key: gettext(text) for key, text in PROPOSALS.items()},
        "verdict_words": {key: gettext(text) for key, text in VERDICTS.items()},
        "kind_words": {key: gettext(text) for key, text in KINDS.items()},
    }


def list_page(
    shown: lists.ListView,
    *,
    lock_form: LockForm | None = None,
    publish_form: PublishForm | None = None,
    refusal: str = "",
) -> str:
    """Render a list with the forms of its next step, as typed where they were refused."""
    wanted = request.args.get("tampil", "semua")
    lines = [entry for entry in shown.lines if FILTERS.get(wanted, FILTERS["semua"])(entry)]
    return render_template(
        "certificates/list.html",
        shown=shown,
        lines=lines if sees_marks(shown) else None,
        wanted=wanted,
        certificates=register.by_enrolment(session(), shown.training_id),
        lock_form=lock_form or LockForm(notes=shown.facts["notes"]),
        publish_form=publish_form or PublishForm(),
        refusal=refusal,
        due=issuing.due(session(), shown.id),
        myself=actor().id,
        **words(shown),
    )
