"""What checking 2,000 items costs: reading and validating the files, then the review, in one process."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from pathlib import Path

from kapuas_quiz.banks.files import bank_paths, read_banks
from kapuas_quiz.banks.linting import check_banks
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.settings import ROOT

WANTED = 2_000
ROUNDS = 3


def copy_banks(folder: Path) -> int:
    """Write the project's banks again under other numbers until there are enough items; return how many."""
    shutil.copytree(ROOT / "question_banks" / "gambar", folder / "gambar")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in bank_paths(ROOT / "question_banks")}
    count = turn = 0
    while count < WANTED:
        for area, text in texts.items():
            name = f"{area}-salinan{turn}" if turn else area
            slug = area[3:]
            renamed = re.sub(rf"\b{slug}-(\d{{3}})\b", rf"{name[3:]}-\1", text)
            renamed = renamed.replace(f"competency: {area}", f"competency: {name}", 1)
            varied = re.sub(r"(stem: >-\n\s+)", rf"\g<1>Gelombang {turn}: ", renamed) if turn else renamed
            (folder / f"{name}.yaml").write_text(varied, encoding="utf-8")
            count += len(re.findall(r"^  - id:", text, re.MULTILINE))
        turn += 1
    return count


def main() -> None:
    """Print the best of a few rounds."""
    registers = load_registers()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        items = copy_banks(folder)
        reading, whole = [], []
        for _ in range(ROUNDS):
            started = time.process_time()
            read_banks(bank_paths(folder), registers)
            read = time.process_time()
            report = check_banks(folder)
            reading.append(read - started)
            whole.append(time.process_time() - read)
    load, check = min(reading), min(whole)
    print(f"{items} items: {len(report.errors)} errors, {len(report.warnings)} warnings")
    print(f"read and validate {load:.2f} s, whole check {check:.2f} s, review alone {check - load:.2f} s")
    print(f"review / reading: {(check - load) / load:.2f}; {1000 * check / items:.2f} ms per item")


if __name__ == "__main__":
    main()
