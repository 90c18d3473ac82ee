"""Random days of one trainee, played against the real server and against the plain model."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.conftest import MORNING
from tests.delivery.handset import Handset
from tests.delivery.story_model import Entry, Pocket, Times, told, what_counts
from tests.delivery.story_server import MINUTES, Service

FATES = st.sampled_from(
    [
        "dijawab",
        "dijawab",
        "jawaban server hilang",
        "listrik padam sebelum simpan",
        "listrik padam sesudah simpan",
        "tertahan di jalan",
    ]
)
PHONES, TABS, POSITIONS = st.integers(0, 2), st.integers(0, 1), st.integers(1, 4)
DONE: dict[object, str] = {
    "a": "memilih A untuk",
    "b": "memilih B untuk",
    "c": "memilih C untuk",
    None: "mengosongkan",
    True: "menandai",
    False: "menghapus tanda",
}
CHOICES = st.lists(st.tuples(POSITIONS, st.sampled_from(list(DONE))), min_size=1, max_size=3)
ACCIDENTS = (
    "hand_in",
    "network_comes_or_goes",
    "reload",
    "open_a_second_tab",
    "put_the_clock_back",
    "put_the_clock_on",
    "take_another_phone",
)


class Story(RuleBasedStateMachine):
    """One trainee, one phone after the other, a network that comes and goes, and a trainer who acts."""

    service: ClassVar[Service]

    def __init__(self) -> None:
        super().__init__()
        self.service.clock.moment = MORNING
        self.owner = self.service.next_room()
        self.lines: list[str] = []
        self.pockets: list[Pocket] = []
        self.handsets: list[Handset] = []
        self.on_the_way: list[tuple[int, list[Entry]]] = []
        self.times = Times(MORNING, MORNING + timedelta(minutes=MINUTES))
        self.sealed = self.torn = False
        self.move_in()

    @property
    def elapsed_ms(self) -> int:
        return self.times.elapsed_ms(self.service.clock())

    @property
    def attempt(self) -> uuid.UUID:
        return uuid.UUID(self.handsets[-1].attempt)

    @property
    def over(self) -> bool:
        _counted, handed_in = what_counts(self.pockets, self.times.limit_ms)
        return handed_in is not None or self.elapsed_ms >= self.times.limit_ms

    @property
    def online(self) -> list[int]:
        """Return the numbers of the phones that have network."""
        return [number for number, pocket in enumerate(self.pockets) if pocket.online]

    def tell(self, text: str) -> None:
        self.lines.append(told(self.service.clock(), text))

    def agree(self, what: str, real: object, model: object) -> None:
        """Fail with the whole story when server and model say different things."""
        if real != model:
            self.torn = True
            story = "\n".join(self.lines)
            raise AssertionError(f"\n{story}\n=> {what}: server {real!r}, seharusnya {model!r}")

    def pick(self, phone: int) -> int:
        return min(phone, len(self.pockets) - 1)

    def move_in(self) -> None:
        """Take the test on a new phone."""
        for pocket in self.pockets[-1:]:
            pocket.superseded_ms = self.elapsed_ms
        number = len(self.pockets) + 1
        self.pockets.append(Pocket(f"HP-{number}", f"hp-{number:08d}"))
        self.tell(f"{self.owner} masuk dengan HP-{number}")
        self.handsets.append(self.service.sit_down(self.owner, self.pockets[-1]))

    @rule(phone=PHONES, tab=TABS, choices=CHOICES, seconds=st.sampled_from([1, 1, 20, 150, 500]))
    def choose(
        self, phone: int, tab: int, choices: list[tuple[int, str | bool | None]], seconds: int
    ) -> None:
        """Choose, clear and flag, a while later each."""
        pocket = self.pockets[self.pick(phone)]
        for position, answer in choices:
            kind = "ragu" if isinstance(answer, bool) else "jawab"
            self._write(pocket, tab, f"{DONE[answer]} soal {position}", kind, position, answer)
            self.service.clock.forward(seconds=seconds)

    def _write(
        self,
        pocket: Pocket,
        tab: int,
        done: str,
        kind: str,
        n: int | None = None,
        a: str | bool | None = None,
    ) -> None:
        pocket.write(kind, pocket.tab(tab), self.elapsed_ms, n, a)
        entry = pocket.journal[-1]
        clock = f", jam HP {entry['t'] // 60_000} menit" if entry["u"] else ""
        where = "" if pocket.online else ", luring"
        self.tell(f"{pocket.name} {done} (catatan {entry['s']}{clock}{where})")

    @rule(phone=PHONES, tab=TABS, accident=st.sampled_from(ACCIDENTS))
    def something_happens(self, phone: int, tab: int, accident: str) -> None:
        getattr(self, accident)(self.pockets[self.pick(phone)], tab)

    def hand_in(self, pocket: Pocket, tab: int) -> None:
        self._write(pocket, tab, "menekan Selesai", "selesai")

    def network_comes_or_goes(self, pocket: Pocket, _tab: int) -> None:
        pocket.online = not pocket.online
        self.tell(f"{pocket.name} {'tersambung lagi' if pocket.online else 'kehilangan jaringan'}")

    def reload(self, pocket: Pocket, tab: int) -> None:
        """Lose a page's memory: the journal stays, the clock hangs on the server only where it answers."""
        page = pocket.tab(tab)
        page.heard, page.anchored = 0, pocket.online
        self.tell(f"{pocket.name} memuat ulang halaman")

    def open_a_second_tab(self, pocket: Pocket, _tab: int) -> None:
        if len(pocket.tabs) < 2:
            pocket.open_tab()
            self.tell(f"{pocket.name} membuka tab kedua")

    def put_the_clock_back(self, pocket: Pocket, _tab: int) -> None:
        self._move_the_clock(pocket, -7)

    def put_the_clock_on(self, pocket: Pocket, _tab: int) -> None:
        self._move_the_clock(pocket, 1440)

    def _move_the_clock(self, pocket: Pocket, minutes: int) -> None:
        pocket.drift_ms += minutes * 60_000
        self.tell(f"jam {pocket.name} digeser {minutes} menit")

    def take_another_phone(self, _pocket: Pocket, _tab: int) -> None:
        if len(self.pockets) < 3 and not self.over:
            self.service.clock.forward(seconds=1)
            self.move_in()
            self.service.clock.forward(seconds=1)
