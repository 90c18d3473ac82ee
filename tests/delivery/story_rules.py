"""What travels between phone and server, and what the trainer does: the other half of a story's rules."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from kapuas_quiz.delivery.models import Response
from tests.delivery.handset import look
from tests.delivery.stories import FATES, PHONES, TABS, Story
from tests.delivery.story_model import Entry, Tab, what_counts

ACTS = (
    *("give_time", "give_time", "pause_or_resume", "pause_or_resume", "reopen", "reopen"),
    *("close_for_one", "restart", "close"),
)


class Day(Story):
    """A story with its network, its server and its trainer."""

    @precondition(lambda self: self.online)
    @rule(phone=PHONES, tab=TABS, most=st.integers(0, 9), backwards=st.booleans(), fate=FATES)
    def send(self, phone: int, tab: int, most: int, backwards: bool, fate: str) -> None:
        """Send what a page was not told is stored; no entries are a sign of life."""
        number = self.online[phone % len(self.online)]
        page = self.pockets[number].tab(tab)
        batch = self.pockets[number].journal[page.heard : page.heard + most]
        self._send(number, page, batch[::-1] if backwards else batch, fate)

    @precondition(lambda self: self.online)
    @rule(phone=PHONES, tab=TABS)
    def send_everything(self, phone: int, tab: int) -> None:
        number = self.online[phone % len(self.online)]
        page = self.pockets[number].tab(tab)
        self._send(number, page, self.pockets[number].journal[page.heard :], "dijawab")

    def _send(self, number: int, page: Tab, batch: list[Entry], fate: str) -> None:
        if fate == "tertahan di jalan":
            self.on_the_way.append((number, batch))
            self._tell_sent(number, batch, fate)
            return
        ack = self._arrive(number, batch, fate)
        if ack is not None and fate == "dijawab":
            page.heard, page.anchored = max(page.heard, ack), True
            self.pockets[number].acknowledged = max(self.pockets[number].acknowledged, ack)

    @precondition(lambda self: self.on_the_way)
    @rule(which=st.integers(0, 9), again=st.booleans())
    def an_old_request_arrives(self, which: int, again: bool) -> None:
        """Let one through that was held up, perhaps not for the last time; nobody hears the answer."""
        which %= len(self.on_the_way)
        number, batch = self.on_the_way[which] if again else self.on_the_way.pop(which)
        self._arrive(number, batch, "sampai terlambat")

    @precondition(lambda self: any(pocket.stored for pocket in self.pockets) and not self.sealed)
    @rule(phone=PHONES, which=st.integers(0, 20))
    def send_another_content(self, phone: int, which: int) -> None:
        """Send a number that is stored with an answer that is not the one stored; it is refused."""
        number = next(n for n, pocket in enumerate(self.pockets) if pocket.stored)
        entry, _received = self.pockets[number].stored[which % len(self.pockets[number].stored)]
        other = {**entry, "t": entry["t"] + 1}
        self.tell(f"{self.pockets[number].name} mengirim catatan {entry['s']} dengan isi lain")
        status, answer = self.service.take(self.handsets[number], [other], "dijawab") or (0, {})
        self.agree("isi lain ditolak", (status, answer.get("galat")), (409, "bentrok"))

    def _arrive(self, number: int, batch: list[Entry], fate: str) -> int | None:
        """Play one request on server and model; return the number that is acknowledged."""
        pocket = self.pockets[number]
        self._tell_sent(number, batch, fate)
        answered = self.service.take(self.handsets[number], batch, fate)
        expected = (200, "")
        if self.sealed:
            expected = (410, "disegel")
        elif answered or fate == "listrik padam sesudah simpan":
            expected = (200, "") if pocket.takes(batch, self.elapsed_ms) else (409, "lompat")
        if answered is not None:
            status, said = answered
            self.agree("jawaban server", (status, said.get("galat", "")), expected)
            self.agree("diterima sampai catatan", said["ack"], len(pocket.stored))
        self.check_what_counts()
        if answered is None or expected != (200, ""):
            return None
        self._check_answer(said, number)
        return len(pocket.stored)

    def _tell_sent(self, number: int, batch: list[Entry], fate: str) -> None:
        entries = ", ".join(str(entry["s"]) for entry in batch) or "tidak ada"
        self.tell(f"{self.pockets[number].name} mengirim catatan {entries}: {fate}")

    def _check_answer(self, said: dict[str, object], number: int) -> None:
        counted, handed_in = what_counts(self.pockets, self.times.limit_ms)
        status = "mengerjakan"
        if handed_in is not None:
            status = "selesai"
        elif self.elapsed_ms >= self.times.limit_ms:
            status = "selesai" if self.times.ran_out else "ditutup"
        model = {
            "status": status,
            "closed": self.times.closed is not None,
            "superseded": number < len(self.pockets) - 1,
            "n_answered": sum(answer is not None for answer, _flag in counted.values()),
            "elapsed_ms": self.elapsed_ms,
        }
        self.agree("keadaan", {name: said[name] for name in model}, model)

    def check_what_counts(self) -> None:
        counted, _handed_in = what_counts(self.pockets, self.times.limit_ms)
        rows = look(self.service.hall.session, select(Response).where(Response.attempt_id == self.attempt))
        real = {row.position: (row.answer, bool(row.flagged)) for row in rows}
        self.agree("yang dihitung", real, counted)

    @rule(act=st.sampled_from(ACTS))
    def the_trainer_acts(self, act: str) -> None:
        try:
            getattr(self, act)()
        except Exception as error:
            self.service.hall.session.rollback()
            self.agree(act, repr(error), "")

    def give_time(self) -> None:
        reaches = self.times.waits or self.service.clock() < self.times.deadline + timedelta(minutes=5)
        if self.times.closed is None and not self.ended_by_somebody and reaches:
            self.tell("pelatih menambah 5 menit")
            self.service.give_time(self.attempt, self.times, 5)

    def pause_or_resume(self) -> None:
        if self.times.closed is None:
            going = self.times.paused is None
            self.tell("pelatih menjeda ruang" if going else "pelatih melanjutkan ruang")
            (self.service.pause if going else self.service.resume)(self.times)

    def close_for_one(self) -> None:
        if not self.over:
            self.tell("pelatih menutup tes untuk orang ini")
            self.service.close_for_one(self.attempt, self.times)

    def reopen(self) -> None:
        if self.times.closed is None and self.ended_by_somebody:
            self.service.clock.forward(seconds=1)
            self.tell("pelatih membuka lagi untuk orang ini, 7 menit")
            self.pockets[-1].let_in_ms = self.elapsed_ms
            self.service.reopen(self.attempt, self.times, 7)

    @property
    def ended_by_somebody(self) -> bool:
        """Tell whether a hand-in or a closing ended the test, not the time."""
        handed_in = what_counts(self.pockets, self.times.limit_ms)[1] is not None
        return handed_in or self.elapsed_ms >= self.times.limit_ms and not self.times.ran_out

    def restart(self) -> None:
        self.tell("server dimulai ulang")
        self.service.restart()

    def close(self) -> None:
        if self.times.closed is None:
            self.tell("pelatih menutup tes")
            self.service.close(self.times)

    def teardown(self) -> None:
        """End the day: the room is closed, every phone comes back and sends all it has, the day is sealed."""
        if self.torn:
            return
        self.close()
        for number, pocket in enumerate(self.pockets):
            self._arrive(number, list(pocket.journal), "dijawab")
        self.tell("hari ditutup")
        self.sealed = True
        self.service.seal()
        self._arrive(0, list(self.pockets[0].journal), "dijawab")
        self.service.check_receipts(self.attempt, self.agree)
