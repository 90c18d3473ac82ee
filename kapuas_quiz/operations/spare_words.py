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
    "lebih-baru": N_("Salinan di sana lebih baru daripada basis data laptop ini, jadi tidak ditimpa."),
}
REMEDIES = {
    "hilang": N_(
        "Colokkan lagi flash disk yang sama; penyalinan berlanjut sendiri. Bila flash disk itu rusak, "
        "colokkan yang lain dan tekan Pakai."
    ),
    "penuh": N_(
        "Hapus berkas lain dari tempat salinan itu; penyalinan berlanjut sendiri. Atau colokkan flash disk "
        "lain dan tekan Pakai."
    ),
    "tulis": N_("Flash disk itu mungkin terkunci atau rusak. Colokkan yang lain dan tekan Pakai."),
    "sambungan": N_(
        "Periksa laptop cadangan: menyala, jendela penyalinannya terbuka, dan tersambung ke jaringan ini. "
        "Penyalinan berlanjut sendiri."
    ),
    "digantikan": N_("Server di laptop ini berhenti sendiri, karena hanya satu yang boleh melayani."),
    "sumber": N_(
        "Salinan terakhir yang utuh tetap ada. Jeda ruang tes, hentikan server, lalu ambil alih dari sana."
    ),
    "penyalin": N_("Proses itu dijalankan lagi sendiri. Bila tetap begini, jalankan ulang server."),
    "lebih-baru": N_(
        "Bila laptop ini baru dipulihkan dari cadangan lama: hentikan server, lalu jalankan ambil-alih dari "
        "salinan itu. Bila tidak, pakai flash disk lain."
    ),
}
"""What to do about a fault, in the order of the faults above."""


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
        return " ".join(filter(None, (words, FAULTS.get(state.fault), REMEDIES.get(state.fault))))
    return words
