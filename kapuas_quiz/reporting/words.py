"""The words of verdicts and of kinds of participants in the files, as the pages write them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from kapuas_quiz.core.gain import Change
from kapuas_quiz.core.gaps import Status

GAPS = {
    Status.BELOW.value: _l("di bawah standar"),
    "mungkin-di-bawah": _l("belum pasti, mungkin di bawah standar"),
    "mungkin-di-atas": _l("belum pasti, mungkin mencapai standar"),
    Status.ABOVE.value: _l("mencapai standar"),
    Status.TOO_LITTLE.value: _l("data belum cukup"),
}
"""By what `core.gaps.Gap.lean` says."""

CHANGES = {
    Change.UP: _l("naik"),
    Change.DOWN: _l("turun"),
    Change.UNSURE: _l("belum pasti berubah"),
    Change.TOO_LITTLE: _l("data belum cukup"),
}

KIND_WORDS = {
    "anggota": _l("anggota"),
    "paw": _l("pengganti antarwaktu (PAW)"),
    "mewakili": _l("mewakili"),
    "sekretariat": _l("sekretariat"),
}
