"""Many phones at once from one process: raw sockets, so that the load costs little beside the server."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Log:
    """What was measured: seconds by kind of request, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    received: int = 0

    def at(self, share: float, kind: str | None = None) -> float:
        """Return a quantile in milliseconds, of one kind or of all."""
        values = sorted(self.seconds[kind] if kind else [s for many in self.seconds.values() for s in many])
        return 1000 * values[min(len(values) - 1, int(share * len(values)))] if values else 0.0

    @property
    def requests(self) -> int:
        """Return how many requests were answered."""
        return sum(len(many) for many in self.seconds.values())


class Line:
    """One kept-open connection of one phone."""

    def __init__(self, port: int, log: Log) -> None:
        self.port, self.log = port, log
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, kind: str, method: str, path: str, content: dict[str, Any] | None = None) -> Any:
        """Send one request; note its time, from the first byte sent to the last received."""
        body = json.dumps(content).encode() if content is not None else b""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        begun = time.perf_counter()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(head.encode() + b"\r\n" + body)
        status, answer = await self._answer()
        self.log.seconds[kind].append(time.perf_counter() - begun)
        if status != 200:
            self.log.errors.append(f"{kind}: {status} {answer[:120]!r}")
        return answer

    async def _answer(self) -> tuple[int, bytes]:
        assert self.reader is not None
        head = await self.reader.readuntil(b"\r\n\r\n")
        lower = head.lower()
        body = await self._body(lower)
        self.log.received += len(head) + len(body)
        if b"content-encoding: gzip" in lower:
            body = gzip.decompress(body)
        return int(head[9:12]), body

    async def _body(self, head: bytes) -> bytes:
        assert self.reader is not None
        if b"content-length: " in head:
            return await self.reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        whole = b""
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            whole += await self.reader.readexactly(size)
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)
        return whole

    def close(self) -> None:
        """Hang up."""
        if self.writer:
            self.writer.close()


@dataclass
class Plan:
    """How one phone behaves: `pause` seconds between its steps, `answers` it sends, `gap` between these."""

    delay: float
    pause: float
    answers: int
    gap: float
    news_for: float = 0.0


async def play(port: int, token: str, pin: str, plan: Plan, log: Log) -> None:
    """Scan, ask, get in, fetch the questions, answer; then ask for news as long as the plan says."""
    line = Line(port, log)
    device = "bench" + token[:11]
    try:
        await asyncio.sleep(plan.delay)
        await line.ask("shell", "GET", f"/k/{token}")
        await line.ask("standing", "POST", "/t/keadaan", {"token": token})
        await asyncio.sleep(plan.pause)
        joined = json.loads(
            await line.ask("join", "POST", "/t/gabung", {"token": token, "pin": pin, "device": device})
        )
        mine = {"attempt": joined["attempt"], "secret": joined["secret"], "device": device}
        begun = json.loads(await line.ask("start", "POST", "/t/mulai", mine))
        items = begun["form"]["items"]
        for number in range(1, plan.answers + 1):
            await asyncio.sleep(plan.gap * random.uniform(0.5, 1.5))  # noqa: S311
            item = items[(number - 1) % len(items)]
            entry = {"s": number, "k": "jawab", "n": item["n"], "a": item["options"][0]["id"], "t": number}
            told = json.loads(await line.ask("answer", "POST", "/t/jurnal", {**mine, "events": [entry]}))
            if told["ack"] != number:
                log.errors.append(f"answer {number} was not acknowledged")
        until = time.monotonic() + plan.news_for
        while time.monotonic() < until:
            await line.ask("news", "GET", begun["news"])
            await asyncio.sleep(random.uniform(3.0, 5.0))  # noqa: S311
    except (OSError, asyncio.IncompleteReadError, KeyError) as error:
        log.errors.append(f"{type(error).__name__}: {error}")
    finally:
        line.close()


async def crowd(port: int, tokens: list[str], pin: str, plans: list[Plan]) -> Log:
    """Let all phones play at once and return what was measured."""
    log = Log()
    await asyncio.gather(
        *(play(port, token, pin, plan, log) for token, plan in zip(tokens, plans, strict=True))
    )
    return log
