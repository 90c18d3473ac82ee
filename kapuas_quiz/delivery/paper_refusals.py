"""Why a sheet of paper was not stored."""

from __future__ import annotations

from datetime import datetime


class PaperRefusal(Exception):
    """A sheet that was not stored; `n` counts answers that are there, `at` is the moment concerned."""

    code = ""

    def __init__(self, n: int = 0, at: datetime | None = None) -> None:
        super().__init__(self.code)
        self.n, self.at = n, at


class AlreadyTyped(PaperRefusal):
    """This person's sheet is stored; it can be corrected."""

    code = "sudah-diketik"


class HandedInOnPhone(PaperRefusal):
    """The person handed in on a phone; the committee must reopen that first."""

    code = "diserahkan-di-hp"


class PhoneHolds(PaperRefusal):
    """A phone began this attempt; going on from its answers needs a confirmation."""

    code = "ada-di-hp"


class OtherForm(PaperRefusal):
    """Answers to the other form came from a phone; two forms never make one attempt."""

    code = "paket-lain"


class PaperSealed(PaperRefusal):
    """The day was closed: nothing about this test changes any more."""

    code = "disegel"


class BadTimes(PaperRefusal):
    """The times on the sheet cannot be: end before start, still to come, or begun after the room closed."""

    code = "jam"


class NotTyped(PaperRefusal):
    """Nobody typed a sheet of this person for this test."""

    code = "belum-diketik"
