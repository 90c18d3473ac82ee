"""What a running server asks of the kernel, by strace: which calls, in which order, how they overlap."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CALLS = "trace=fdatasync,fsync,pwrite64,recvfrom,read,write,writev,sendto,sendmsg"
LINE = re.compile(r"(?P<thread>\d+) +(?:<\.\.\. \w+ resumed>)?(?P<text>.*)")


@dataclass(frozen=True)
class Call:
    """One system call: the lines of the trace at which it was entered and left, and what stands there."""

    entered: int
    left: int
    text: str

    @property
    def file(self) -> str:
        """Return number and path of the open file that the call is about."""
        return self.text.partition("(")[2].partition(">")[0]


@contextmanager
def traced(processes: list[int], log: Path, *options: str) -> Iterator[None]:
    """Trace processes with all their threads, into a file."""
    who = [part for process in processes for part in ("-p", str(process))]
    command = ["strace", "-f", "-y", "-s", "1200", "-e", CALLS, *options, "-o", str(log), *who]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        assert "attached" in said, said
        try:
            yield
        finally:
            strace.send_signal(signal.SIGINT)
            strace.communicate()


def calls(log: str) -> list[Call]:
    """Return the calls that were left, in the order of leaving."""
    open_calls: dict[str, tuple[int, str]] = {}
    done = []
    for number, line in enumerate(log.splitlines()):
        match = LINE.match(line)
        if match is None:
            continue
        thread, text = match["thread"], match["text"]
        entered, begun = open_calls.pop(thread, (number, ""))
        if text.endswith("<unfinished ...>"):
            open_calls[thread] = (number, text.removesuffix("<unfinished ...>"))
        else:
            done.append(Call(entered, number, begun + text))
    return done


def unsynced_replies(found: list[Call]) -> list[str]:
    """Return the acknowledgements that were written without a sync between request and reply."""
    syncs = [call for call in found if call.text.startswith("fdatasync") and "-wal>" in call.text]
    return [
        reply.text
        for reply in acknowledgements(found)
        if not any(_request(found, reply).left < sync.entered <= sync.left < reply.entered for sync in syncs)
    ]


def acknowledgements(found: list[Call]) -> list[Call]:
    """Return the replies that say how far a journal is stored."""
    return [call for call in found if r"{\"ack\":" in call.text and not call.text.startswith("recvfrom")]


def _request(found: list[Call], reply: Call) -> Call:
    return next(
        call
        for call in reversed(found)
        if call.left < reply.entered
        and call.file == reply.file
        and call.text.startswith(("recvfrom", "read"))
        and r"\"events\"" in call.text
    )
