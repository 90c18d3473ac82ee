"""What the console says to the person who started the server."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from kapuas_quiz.operations.address import PhoneAddress
from kapuas_quiz.operations.checks import Check, State

MARKS = {State.OK: ("32", "baik   "), State.WARN: ("33", "periksa"), State.BAD: ("31", "BURUK  ")}


@dataclass(frozen=True)
class Report:
    """Everything the console shows; `setup_link` is None once there is an operator."""

    laptop: str
    addresses: Sequence[PhoneAddress]
    setup_link: str | None
    checks: Sequence[Check]
    demo: bool


def write(report: Report, *, colour: bool, drawing: bool) -> str:
    """Compose the page for the console.

    colour: the terminal understands ANSI colours.  drawing: it shows block characters.
    """
    lines = ["", "kapuas_quiz siap" + (" (DATA CONTOH)." if report.demo else "."), ""]
    lines += _addresses(report.addresses, drawing)
    lines += [f"Halaman mulai di laptop ini: {report.laptop}/mulai"]
    if report.setup_link:
        lines += [
            "",
            "Belum ada operator. Buka tautan sekali pakai ini di laptop ini:",
            f"  {report.setup_link}",
        ]
    lines += ["", "Pemeriksaan:"]
    lines += [_check(check, colour) for check in report.checks]
    lines += ["", "Tekan Ctrl+C untuk menghentikan server. Jawaban yang sudah diterima tetap tersimpan.", ""]
    return "\n".join(lines)


def _addresses(addresses: Sequence[PhoneAddress], drawing: bool) -> list[str]:
    chosen = next((one for one in addresses if one.chosen), None)
    if chosen is None:
        return ["Laptop ini belum tersambung ke jaringan, jadi HP belum dapat masuk.", ""]
    lines = [f"Alamat untuk HP: {chosen.url}{_interface(chosen)}"]
    if drawing:
        picture = io.StringIO()
        segno.make(chosen.url, micro=False).terminal(out=picture, border=2, compact=True)
        lines += ["", picture.getvalue().rstrip("\n"), ""]
    lines += [f"Alamat lain: {one.url}{_interface(one)}" for one in addresses if not one.chosen]
    return lines


def _interface(address: PhoneAddress) -> str:
    if not address.interface:
        return ""
    return f"  (Wi-Fi, {address.interface})" if address.wireless else f"  ({address.interface})"


def _check(check: Check, colour: bool) -> str:
    code, word = MARKS[check.state]
    mark = f"\x1b[{code}m[{word}]\x1b[0m" if colour else f"[{word}]"
    return f"  {mark} {check.name}: {check.sentence}"
