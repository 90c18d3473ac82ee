"""What the person at the spare laptop reads while it copies: each change once."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from enum import StrEnum

from kapuas_quiz.operations.spare_copy import made_by_newer
from kapuas_quiz.operations.spare_folder import CopyFolder, Seal

TOLERANCE = timedelta(minutes=1)
PROGRAM = "mulai.bat" if sys.platform == "win32" else "python3 app.py"


class Silence(StrEnum):
    """Why nothing comes from the running laptop."""

    AWAY = "mati"
    RELEASED = "dilepas"
    REPLACED = "diganti"


WORDS = {
    Silence.AWAY: "Laptop utama tidak menjawab. Bila ia MATI: tekan Ctrl+C di sini, lalu jalankan\n"
    f"    {PROGRAM} ambil-alih\n"
    "  Bila hanya jaringan: sambungkan lagi; penyalinan berlanjut sendiri.",
    Silence.RELEASED: "Laptop utama HIDUP, tetapi cadangannya dilepas: jangan ambil alih dari sini. Salinan "
    "di sini tidak diperbarui lagi.\n  Bila laptop ini harus tetap cadangan: tekan Ctrl+C, buat kode "
    "sandingan di laptop utama, lalu jalankan perintah tadi lagi.",
    Silence.REPLACED: "Laptop utama HIDUP, tetapi tidak menerima laptop ini: mungkin cadangannya kini yang "
    "lain. Jangan ambil alih dari sini; salinan di sini tidak diperbarui lagi.\n  Bila laptop ini harus "
    "tetap cadangan: tekan Ctrl+C, buat kode sandingan di laptop utama, lalu jalankan perintah tadi lagi.",
}


class Watch:
    """Tells how the copy stands, once for each change."""

    def __init__(self, folder: CopyFolder) -> None:
        """Nothing heard yet."""
        self.folder = folder
        self.ready = False
        self.silence: Silence | None = None

    def heard(self, seal: Seal | None, *, now: datetime) -> None:
        """Notice a message; with a seal, the copy is whole."""
        if seal is None or self.ready:
            return
        self.ready, self.silence = True, None
        print("  Siap: salinan utuh ada di laptop ini dan terus diperbarui.", flush=True)
        self._warn_of_clock(now - datetime.fromisoformat(seal.at), now)
        if any(made_by_newer(self.folder.database(slot)) for slot in self.folder.seals()):
            print(
                "  PERHATIAN: kapuas_quiz di laptop ini LEBIH LAMA daripada di laptop utama, jadi tidak "
                "dapat mengambil alih. Pasang versi yang sama sekarang.",
                flush=True,
            )

    def _warn_of_clock(self, ahead: timedelta, now: datetime) -> None:
        if abs(ahead) > TOLERANCE:
            minutes = round(abs(ahead) / timedelta(minutes=1))
            print(
                f"  PERHATIAN: jam laptop ini {'mendahului' if ahead > timedelta(0) else 'tertinggal dari'} "
                f"laptop utama {minutes} menit. Betulkan sekarang: sesudah mengambil alih, waktu tes "
                "mengikuti jam ini.",
                flush=True,
            )

    def lost(self, silence: Silence) -> None:
        """Say why nothing comes, and what to do about it."""
        if self.silence is not silence:
            self.ready, self.silence = False, silence
            print(f"  {WORDS[silence]}", flush=True)
