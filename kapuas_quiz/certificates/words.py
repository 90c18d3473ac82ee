"""The words for what a rule found: Indonesian as written, other languages by translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from babel.numbers import format_decimal, format_percent

from kapuas_quiz.core.standard import PassRule, Reason, points_to_show


def N_(text: str) -> str:  # noqa: N802 - the name by which the catalogue finds texts to translate
    """Mark a text for translation and return it as it is."""
    return text


REASONS = {
    "tidak-disertifikasi": N_(
        "Hadir sebagai %(kind)s; sertifikat hanya untuk anggota dan pengganti antarwaktu."
    ),
    "tanpa-tes-akhir": N_("Tidak mengerjakan tes akhir."),
    "total-tercapai": N_("Benar %(points)s dari %(max)s; ambang %(needed)s (%(proportion)s) tercapai."),
    "total-kurang": N_("Benar %(points)s dari %(max)s; ambang %(needed)s (%(proportion)s) belum tercapai."),
    "batas-kurang": N_(
        "%(competency)s: benar %(points)s dari %(max)s; batas %(needed)s (%(proportion)s) belum tercapai."
    ),
    "dari-tes-awal": N_("Dihitung dari tes awal, karena tes akhir benar %(points)s dari %(max)s."),
}
KINDS = {
    "anggota": N_("anggota"),
    "paw": N_("pengganti antarwaktu (PAW)"),
    "mewakili": N_("yang mewakili"),
    "sekretariat": N_("sekretariat"),
}
RULES = {
    "post": N_("Lulus bila benar paling sedikit %(cut)s dari soal tes akhir."),
    "best": N_(
        "Lulus bila benar paling sedikit %(cut)s dari soal tes akhir atau tes awal, mana yang lebih baik."
    ),
}
FLOORS = N_("Selain itu paling sedikit: %(floors)s.")
NO_FLOORS = N_("Tidak ada batas tersendiri per kompetensi.")
PROPOSALS = {"lulus": N_("lulus"), "belum": N_("belum memenuhi ambang"), "tanpa-usul": N_("tanpa usul")}
VERDICTS = {"lulus": N_("lulus"), "belum": N_("belum lulus"), "tanpa-sertifikat": N_("tanpa sertifikat")}

Translate = Callable[[str], str]


def _as_written(text: str) -> str:
    return text


def reason_words(
    reason: Reason, titles: Mapping[str, str], *, translate: Translate = _as_written, locale: str = "id"
) -> str:
    """Write one reason with its figures.

    titles: of the reporting competencies by key.
    """
    values = {name: _figure(name, value, locale) for name, value in reason.figures.items()}
    if "competency" in values:
        values["competency"] = titles.get(values["competency"], values["competency"])
    if "kind" in values:
        values["kind"] = translate(KINDS[values["kind"]])
    return translate(REASONS[reason.code]) % values


def rule_words(
    rule: PassRule, titles: Mapping[str, str], *, translate: Translate = _as_written, locale: str = "id"
) -> str:
    """Write a rule as one or two sentences."""
    first = translate(RULES[rule.counts]) % {"cut": _percent(rule.cut, locale)}
    floors = ", ".join(
        f"{titles.get(key, key)} {_percent(part, locale)}" for key, part in (rule.floors or {}).items()
    )
    return f"{first} {translate(FLOORS) % {'floors': floors} if floors else translate(NO_FLOORS)}"


def points_words(points: float, locale: str = "id") -> str:
    """Write points with at most two decimals, never more than they are."""
    return str(format_decimal(points_to_show(points), "#,##0.##", locale=locale))


def _figure(name: str, value: float | str, locale: str) -> str:
    if isinstance(value, str):
        return value
    return _percent(value, locale) if name == "proportion" else points_words(value, locale)


def _percent(value: float, locale: str) -> str:
    return str(format_percent(value, "#,##0.#%", locale=locale))
