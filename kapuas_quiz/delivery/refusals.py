"""Why a phone's request changes nothing."""

from __future__ import annotations


class Refusal(Exception):
    """A request that changed nothing.

    ack: the highest number stored for the asking device.  receipt: of its newest entry, where that is told.
    """

    code = ""

    def __init__(self, ack: int = 0, wait_s: int = 0, receipt: str = "") -> None:
        super().__init__(self.code)
        self.ack = ack
        self.wait_s = wait_s
        self.receipt = receipt


class UnknownBadge(Refusal):
    """No valid badge has this token."""

    code = "tidak-dikenal"


class NoSuchAttempt(Refusal):
    """The attempt does not exist, or the secret is not its secret."""

    code = "rahasia"


class WrongPin(Refusal):
    """No open sitting of this training has this PIN."""

    code = "pin"


class TooManyTries(Refusal):
    """This badge guessed too often; `wait_s` seconds remain."""

    code = "pelan"


class OtherDevice(Refusal):
    """Another device is live for this attempt; taking over needs a confirmation."""

    code = "perangkat-lain"


class OldDevice(Refusal):
    """This device was superseded; it may only come back under a new name."""

    code = "perangkat-lama"


class AlreadyEnded(Refusal):
    """The attempt has ended."""

    code = "sudah-selesai"


class NotStarted(Refusal):
    """The clock of this attempt does not run yet."""

    code = "belum-mulai"


class ContentClash(Refusal):
    """A number that is stored came again with other content."""

    code = "bentrok"


class NumberGap(Refusal):
    """A number is missing before the first new one."""

    code = "lompat"


class InvalidEvent(Refusal):
    """An event names a place or an answer that the form does not have, or is one too many."""

    code = "jawaban"


class AttemptSealed(Refusal):
    """The day was closed; nothing about the attempt changes any more."""

    code = "disegel"


class Unreadable(Refusal):
    """The body is not what a phone of ours sends."""

    code = "tidak-terbaca"


class TooLarge(Refusal):
    """The body is larger than any that a phone of ours sends."""

    code = "terlalu-besar"


class NotJson(Refusal):
    """The body does not say that it is JSON."""

    code = "bukan-json"


class NoForms(Refusal):
    """The training has no assembled forms yet."""

    code = "belum-ada-paket"


class LaptopReplaced(Refusal):
    """A spare took over from this laptop; nothing is stored here any more."""

    code = "laptop-lama"


class RoomOver(Refusal):
    """The room's common time ran out before this person began."""

    code = "ruang-selesai"
