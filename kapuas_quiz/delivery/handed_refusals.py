"""Why a code or a picture changes nothing; what a trainer can do is said by the page."""

from __future__ import annotations

from kapuas_quiz.delivery.refusals import Refusal


class WrongGroups(Refusal):
    """Groups of the code do not fit, by number from 1; none where nothing was typed."""

    code = "kelompok"

    def __init__(self, numbers: list[int]) -> None:
        super().__init__()
        self.numbers = numbers


class NotOurs(Refusal):
    """No phone of those asked wrote this."""

    code = "bukan-milik-sesi"


class NotTheirs(NotOurs):
    """The phone of the person who was chosen did not write this; perhaps somebody else's did."""

    code = "bukan-milik-orang"


class TooLate(Refusal):
    """Handed in after the time was over; minutes since the start."""

    code = "terlambat"

    def __init__(self, minute: int, limit: int) -> None:
        super().__init__()
        self.minute, self.limit = minute, limit


class EarlierPartMissing(Refusal):
    """Entries before those of this part have not come; `expected` is the first that is missing."""

    code = "bagian"

    def __init__(self, number: int, expected: int) -> None:
        super().__init__()
        self.number, self.expected = number, expected
