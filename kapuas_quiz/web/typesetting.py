"""Typeset PDF documents from templates and data, and draw QR codes."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst

QUIET = 4
MASK = 4
_local = threading.local()


def typeset(template: Path, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """Return the PDF that a Typst template makes of data.

    data: JSON values, read in the template with `json(bytes(sys.inputs.data))`; text in it stays text.
    """
    compiler = _compiler(template.parent)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    moment = now.replace(microsecond=0)
    pdf: bytes = compiler.compile(input=str(template), format="pdf", sys_inputs=inputs, timestamp=moment)
    return pdf


def _compiler(root: Path) -> Any:
    """Return this thread's compiler: one shared between threads fails with "Already borrowed"."""
    compilers: dict[Path, Any] = _local.__dict__.setdefault("compilers", {})
    if root not in compilers:
        compilers[root] = typst.Compiler(root=str(root), ignore_system_fonts=True)
    return compilers[root]


def qr_svg(text: str) -> str:
    """Draw a QR code as an SVG picture with its quiet zone, black on white, error correction M.

    The mask is given: weighing all eight takes five times as long, and a random token needs no weighing.
    """
    matrix = segno.make(text, error="m", micro=False, boost_error=False, mask=MASK).matrix
    size = len(matrix) + 2 * QUIET
    path = "".join(_runs(row, y + QUIET) for y, row in enumerate(matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        'class="qr" role="img" aria-label="QR">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: bytearray, y: int) -> str:
    """Draw the dark runs of one row of modules as rectangles of height one."""
    parts, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            parts.append(f"M{start + QUIET} {y}h{x - start}v1h{start - x}z")
        x += 1
    return "".join(parts)
