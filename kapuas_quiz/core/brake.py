"""Slow down somebody who guesses, without ever slowing down a neighbour."""

from __future__ import annotations

import math
from collections.abc import Hashable
from datetime import datetime, timedelta
from threading import Lock


class Brake:
    """Count failures by key; too many within a window make that key wait.

    Keys are what is guessed for (a badge), never an address: phones in one hall share addresses.
    """

    def __init__(self, failures: int = 5, window: timedelta = timedelta(minutes=1)) -> None:
        self.failures = failures
        self.window = window
        self._failed: dict[Hashable, list[datetime]] = {}
        self._lock = Lock()

    def wait_seconds(self, key: Hashable, now: datetime) -> int:
        """Return how long this key still has to wait, 0 when it may try."""
        with self._lock:
            recent = self._recent(key, now)
            if len(recent) < self.failures:
                return 0
            return math.ceil((recent[-self.failures] + self.window - now).total_seconds())

    def fail(self, key: Hashable, now: datetime) -> None:
        """Note one failure."""
        with self._lock:
            self._failed[key] = [*self._recent(key, now), now]

    def _recent(self, key: Hashable, now: datetime) -> list[datetime]:
        recent = [moment for moment in self._failed.pop(key, []) if now - moment < self.window]
        if recent:
            self._failed[key] = recent
        return recent
