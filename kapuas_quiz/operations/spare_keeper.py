"""Keep the copying process alive beside the server, and say on the console how the spare stands."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kapuas_quiz.operations.spare_state import SpareState, Standing, spare_state
from kapuas_quiz.operations.spare_words import sentence
from kapuas_quiz.operations.tenure import replaced_by
from kapuas_quiz.settings import ROOT

LOOK_EVERY = 1.0
REST = 3.0
COPIER = [sys.executable, "-m", "kapuas_quiz.operations.spare_copier"]


class SpareKeeper:
    """Starts the copying process, starts it again when it dies, and tells what changed."""

    def __init__(
        self,
        data: Path,
        *,
        epoch: int,
        say: Callable[[str], None],
        replaced: Callable[[], None],
        command: list[str] = COPIER,
    ) -> None:
        """Watch over one installation.

        say: shows a line to the operator.  replaced: called once, when a later laptop turns out to be live.
        """
        self.data, self.epoch, self.say, self.replaced, self.command = data, epoch, say, replaced, command
        self.leaving = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.said: Standing | None = None

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """End the copying process; it ends by itself when this process is killed."""
        self.leaving.set()
        self.thread.join(timeout=10)

    def _run(self) -> None:
        while not self.leaving.is_set():
            self.child = subprocess.Popen(self.command, stdin=subprocess.PIPE, cwd=ROOT)
            while self.child.poll() is None and not self.leaving.wait(LOOK_EVERY):
                self._look()
            if not self.leaving.is_set():
                self.say("Proses penyalinan ke cadangan berhenti sendiri; dijalankan lagi.")
                self.leaving.wait(REST)
        self._end()

    def _look(self) -> None:
        state = spare_state(self.data, now=datetime.now(UTC))
        if state.standing is not self.said and self._is_news(state):
            self.say(sentence(state))
        self.said = state.standing
        if replaced_by(self.data) > self.epoch:
            self.leaving.set()
            self.replaced()

    def _is_news(self, state: SpareState) -> bool:
        return self.said is not None or state.standing is not Standing.NONE

    def _end(self) -> None:
        child = self.child
        if child is None:
            return
        with suppress(OSError):
            if child.stdin:
                child.stdin.close()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
