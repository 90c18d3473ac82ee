"""How the spare stands, in words."""

from __future__ import annotations

from kapuas_quiz.operations.checks import N_, Check, State
from kapuas_quiz.operations.spare_state import SpareState, Standing

NAME = N_("Laptop cadangan")
FAULTS = {
    "hilang": N_("Flash disk atau foldernya tidak ada lagi."),
    "penuh": N_("Tempat salinan penuh."),
    "tulis": N_("Tempat salinan tidak dapat ditulis atau tidak terbaca kembali."),
    "sambungan": N_("Laptop cadangan tidak menjawab."),
    "digantikan": N_("Laptop lain sudah mengambil alih dari salinan itu."),
    "sumber": N_("Basis data laptop ini tidak terbaca utuh."),
    "penyalin": N_("Proses penyalinan tidak berjalan."),
}


def check_spare(state: SpareState, *, sqlite: bool) -> Check:
    """Say in one line whether the spare is ready."""
    if not sqlite:
        words = N_("Basis data PostgreSQL: pakai replikasi bawaannya; lihat petunjuk laptop cadangan.")
        return Check(NAME, State.OK, words)
    attached = state.attached
    if attached is None:
        return Check(NAME, State.WARN, N_("Belum dipasang. Bila laptop ini rusak, tes berhenti."))
    facts = {"tempat": attached.where}
    if state.standing is Standing.FIRST:
        return Check(NAME, State.WARN, N_("Salinan pertama ke %(tempat)s sedang dibuat."), facts)
    if state.standing is Standing.READY:
        if state.progress and state.progress.same_disk:
            words = N_(
                "Salinan di %(tempat)s berada di disk yang sama: tidak menolong bila laptop ini rusak."
            )
            return Check(NAME, State.WARN, words, facts)
        return Check(NAME, State.OK, N_("Siap: semua jawaban juga ada di %(tempat)s."), facts)
    if state.since is None:
        return Check(NAME, State.BAD, N_("Salinan ke %(tempat)s belum berhasil dibuat."), facts)
    words = N_("Terhenti sejak %(jam)s (%(tempat)s). Jawaban sesudah itu belum ada di cadangan.")
    return Check(NAME, State.BAD, words, {**facts, "jam": state.since})


def sentence(state: SpareState) -> str:
    """Say it on the console."""
    words = f"{NAME}: {check_spare(state, sqlite=True).sentence}"
    if state.standing is Standing.STOPPED:
        return f"{words} {FAULTS.get(state.fault, '')}".rstrip()
    return words
