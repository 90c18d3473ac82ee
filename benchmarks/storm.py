"""Everybody starts at once: phones scan, get in, fetch the questions and answer within a minute.

python3 -m benchmarks.storm [--phones 1000] [--seconds 60] [--answers 3] [--postgresql] [--sync-ms 20]
                            [--news 0] [--steady]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crowd import Log, Plan, crowd
from benchmarks.journey import database, floor
from benchmarks.process import cpu_seconds, resident_megabytes, serving
from benchmarks.world import build
from kapuas_quiz.delivery.news import news_folder


class Peak(threading.Thread):
    """Look at the server's memory twice a second and remember the most."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0.0, threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self.over.wait(0.5):
            self.most = max(self.most, resident_megabytes(self.pid))


@contextmanager
def slow_syncs(ms: int, folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment in which each sync takes so many milliseconds more; nothing for 0."""
    if not ms:
        yield {}
        return
    library = folder / "slow_sync.so"
    source = Path(__file__).with_name("slow_sync.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", str(source), "-o", str(library), "-ldl"], check=True)
    slow = {"LD_PRELOAD": str(library), "KAPUAS_SYNC_MS": str(ms)}
    yield slow


def plans(options: argparse.Namespace) -> list[Plan]:
    """Spread the arrivals over the time, so that the last answers fall into its end."""
    chance = random.Random(4)  # noqa: S311
    if options.steady:
        gap = options.seconds / (options.answers + 1)
        return [
            Plan(chance.uniform(0, gap), 0.2, options.answers, gap, options.news)
            for _ in range(options.phones)
        ]
    window = max(1.0, options.seconds - 2.0 - options.answers * 2.0)
    return [
        Plan(chance.uniform(0, window), 1.0, options.answers, 2.0, options.news)
        for _ in range(options.phones)
    ]


def tell(log: Log, seconds: float) -> None:
    """Print the times by kind of request, and of all but asking for news."""
    for kind, many in log.seconds.items():
        times = " ".join(f"{log.at(share, kind):7.1f}" for share in (0.5, 0.95, 0.99, 1.0))
        print(f"{kind:10} {len(many):6} requests   p50 p95 p99 max {times} ms")
    log.seconds.pop("news", None)
    times = ", ".join(f"p{round(100 * share)} {log.at(share):.1f} ms" for share in (0.5, 0.95, 0.99))
    print(f"all of them: {log.requests} requests in {seconds:.0f} s, {len(log.errors)} errors, {times}")
    for error in log.errors[:5]:
        print("  error:", error)


def main() -> int:
    """Run one storm and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--answers", type=int, default=3)
    parser.add_argument(
        "--news", type=float, default=0.0, help="seconds of asking for news after the answers"
    )
    parser.add_argument("--steady", action="store_true", help="all in, answers spread over the time")
    parser.add_argument("--sync-ms", type=int, default=0)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with tempfile.TemporaryDirectory() as name, slow_syncs(options.sync_ms, Path(name)) as slow:
        hello = floor()
        os.environ.update(slow if options.postgresql else {})
        with database(options.postgresql, Path(name)) as (environment, extra):
            data = Path(name) / "data"
            world = build(data, options.phones, environment)
            with serving({**environment, **slow, "KAPUAS_DATA": str(data)}, news=news_folder(data)) as (
                port,
                pid,
            ):
                idle, peak = resident_megabytes(pid), Peak(pid)
                peak.start()
                before, began = cpu_seconds(pid, *extra), time.monotonic()
                log = asyncio.run(crowd(port, list(world.tokens), world.pin, plans(options)))
                seconds = time.monotonic() - began
                cpu = cpu_seconds(pid, *extra) - before
                peak.over.set()
    asked = len(log.seconds.get("news", []))
    tell(log, seconds)
    per_phone = 1000 * cpu / options.phones
    ratio = per_phone / hello
    print(f"server CPU {cpu:.1f} s: {per_phone:.1f} ms per phone, {ratio:.0f} hellos of {hello:.2f} ms")
    print(f"memory {idle:.0f} MB idle, {peak.most:.0f} MB at most; asked for news {asked} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
