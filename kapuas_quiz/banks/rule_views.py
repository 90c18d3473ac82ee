"""The rules on valid and invalid ballots, to read and to print."""

from __future__ import annotations

from flask import Response, render_template
from flask_babel import lazy_gettext as _l

from kapuas_quiz.banks.catalogue_pdf import catalogue_pdf
from kapuas_quiz.banks.fact_words import USE_WORDS
from kapuas_quiz.banks.rule_book import rule_lines
from kapuas_quiz.banks.views import bp
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow
from kapuas_quiz.web.context import now

READERS = (Role.OPERATOR, Role.TRAINER, Role.REVIEWER)
SIGHTS = {
    "tanda-tangan": _l("Tanda tangan Ketua KPPS"),
    "tulisan": _l("Tulisan atau coretan"),
    "robek": _l("Robek"),
    "tanpa-tanda": _l("Tidak dicoblos"),
    "alat": _l("Tanda alat lain"),
    "lipatan": _l("Lipatan"),
    "garis": _l("Coblosan di garis kolom"),
    "luar": _l("Coblosan di luar kolom"),
    "beberapa": _l("Lebih dari satu coblosan"),
    "kosong": _l("Kolom kosong atau calon tunggal"),
    "bagian": _l("Nomor urut, foto, nama, atau ruang polos"),
}
VERDICTS = {
    "sah": _l("Sah untuk kolom yang dicoblos"),
    "kolom-kosong": _l("Sah untuk kolom kosong"),
    "tidak-sah": _l("Tidak sah"),
    "belum-diputuskan": _l("Belum diputuskan"),
}
USES = {
    "tes": _l("latihan dan tes"),
    "latihan": _l("latihan saja"),
    "tidak-digambar": _l("tidak pernah digambar untuk peserta"),
}


@bp.get("/aturan-surat-suara")
@allow(*READERS)
def rules() -> str:
    """Show every rule in order, with an index by what one sees."""
    return render_template(
        "banks/rules.html",
        rules=rule_lines(),
        sights=SIGHTS,
        verdicts=VERDICTS,
        uses=USES,
        use_words=USE_WORDS,
    )


@bp.get("/aturan-surat-suara/katalog.pdf")
@allow(*READERS)
def rules_sheet() -> Response:
    """Send the catalogue that the law officer signs."""
    return Response(
        catalogue_pdf(now=now()),
        mimetype="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="katalog-surat-suara.pdf"'},
    )
