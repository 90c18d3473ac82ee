"""Read each hostile file as a bank is read, checked and stored, within bounds; print what was found.

Runs in a process of its own: memory above what the program needs anyway, and CPU, are bounded by the
operating system, so that a bomb ends this process and not the machine.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kapuas_quiz.banks.files import read_bank
from kapuas_quiz.banks.linting import check_banks
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.rendering import rendered
from kapuas_quiz.core.bank import revision_content
from tests.banks.hostile.corpus import CASES

MEMORY = 600 * 1024 * 1024
SECONDS = 8
"""CPU of a case, counted from the last whole second; the slowest takes 0.6 on an idle machine."""


def bound_memory() -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def bound_time() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS, resource.RLIM_INFINITY))


def read(folder: Path, data: bytes) -> tuple[bool, list[int], str]:
    path = folder / "08-logistik.yaml"
    path.write_bytes(data)
    reading = read_bank(path, load_registers())
    if reading.bank:
        for item in reading.bank.items:
            rendered(revision_content(item, load_registers()))
        check_banks(path)
    return reading.bank is not None, [fault.line for fault in reading.faults][:1000], str(reading.faults[:1])


def main(folder: Path) -> None:
    read(folder, b"")
    bounded = sys.platform == "linux"
    if bounded:
        bound_memory()
    for name, data, _ in CASES:
        if bounded:
            bound_time()
        print(json.dumps([name, *read(folder, data)]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
