"""A ballot as an SVG picture of a few kilobytes: ink on white in light and dark pages, no colours, no ids."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from kapuas_quiz.core.ballots.model import (
    BOTTOM,
    HEIGHT,
    LEFT,
    PAPER_BOTTOM,
    RIGHT,
    TOP,
    WIDTH,
    Ballot,
    Box,
    Mark,
)
from kapuas_quiz.core.ballots.words import describe

INK, PALE, PAPER = "#222", "#bbb", "#fff"
LAST_LINE = PAPER_BOTTOM + 30


def svg(ballot: Ballot) -> str:
    """Draw a ballot; its description is the picture's name for a screen reader."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="480" height="360" '
        f'role="img" aria-label="{escape(describe(ballot))}" font-family="sans-serif" fill="{INK}">'
        f"{''.join(_parts(ballot))}</svg>"
    )


def _parts(ballot: Ballot) -> Iterator[str]:
    yield f'<path fill="{PAPER}" stroke="#666" d="{_rectangle(Box(3, 1, 317, PAPER_BOTTOM))}'
    yield f'{_rectangle(Box(3, PAPER_BOTTOM + 5, 317, HEIGHT - 1))}"/>'
    yield f'<text x="{LEFT}" y="15" font-size="11" font-weight="700">SURAT SUARA LATIHAN</text>'
    yield from _columns(ballot)
    yield from _names(ballot)
    yield from _fold(ballot)
    yield from _tear(ballot)
    yield from (_mark(mark) for mark in ballot.marks)
    yield from _writing(ballot)
    yield from _signature(ballot)


def _columns(ballot: Ballot) -> Iterator[str]:
    spots = [ballot.spots(column) for column in ballot.columns]
    photos = [found["foto"] for found in spots if found]
    heads = "".join(f"M{x} {box.top + 17}h0" for box in photos for x in _two_places(box))
    bodies = "".join(_shoulders(box, x) for box in photos for x in _two_places(box))
    thin = "".join(_rectangle(box) for found in spots for name, box in found.items() if name != "nama")
    yield f'<path stroke="{PALE}" stroke-width="17" stroke-linecap="round" d="{heads}"/>'
    yield f'<path fill="{PALE}" d="{bodies}"/><path fill="none" stroke="#888" d="{thin}"/>'
    borders = "".join(_rectangle(column.box) for column in ballot.columns)
    yield f'<path fill="none" stroke="{INK}" stroke-width="1.5" d="{borders}"/>'


def _rectangle(box: Box) -> str:
    return f"M{box.left} {box.top}H{box.right}V{box.bottom}H{box.left}z"


def _two_places(box: Box) -> tuple[int, int]:
    """Return the middles of the two people on a photo."""
    width = box.right - box.left
    return box.left + width * 3 // 10, box.left + width * 7 // 10


def _shoulders(box: Box, x: int) -> str:
    broad = min(17, (box.right - box.left) // 4 - 1)
    return f"M{x - broad} {box.bottom}v-8a{broad} 13 0 0 1 {2 * broad} 0v8z"


def _names(ballot: Ballot) -> Iterator[str]:
    size = 12 if ballot.pairs > 3 else 14
    yield '<g text-anchor="middle" font-weight="700">'
    for number, (names, column) in enumerate(zip(ballot.names, ballot.columns, strict=False), 1):
        x = (column.box.left + column.box.right) // 2
        if ballot.pairs > 1:
            yield f'<text x="{x}" y="{TOP + 23}" font-size="17">{number}</text>'
        for name, y in zip(names, (TOP + 107, TOP + 122), strict=True):
            yield f'<text x="{x}" y="{y}" font-size="{size}">{escape(name)}</text>'
    yield "</g>"


def _fold(ballot: Ballot) -> Iterator[str]:
    if ballot.fold:
        at = ballot.fold.at
        line = f"M{at} 2V{PAPER_BOTTOM}" if ballot.fold.axis == "tegak" else f"M3 {at}H317"
        yield f'<path stroke="#555" stroke-dasharray="7 4" d="{line}M{RIGHT - 78} 11h30"/>'
        yield f'<text x="{RIGHT}" y="15" font-size="11" text-anchor="end">lipatan</text>'


def _tear(ballot: Ballot) -> Iterator[str]:
    if ballot.tear:
        x, y = ballot.tear.x, ballot.tear.y
        shape = (
            f"M{x - 17} {y - 13}l11 4 4-6 7 8 11-3-6 10 7 8-13-1-5 8-5-9-12 4 6-12z"
            if y < BOTTOM
            else f"M{x - 9} {y}l5-9 4 5 6-11 6 15z"
        )
        yield f'<path fill="{PAPER}" stroke="{INK}" d="{shape}"/>'


def _mark(mark: Mark) -> str:
    x, y = mark.x, mark.y
    if mark.tool == "paku":
        return f'<circle cx="{x}" cy="{y}" r="4.5" fill="#000" stroke="{PAPER}"/>'
    if mark.tool == "rokok":
        return (
            f'<circle cx="{x}" cy="{y}" r="9" fill="#999"/>'
            f'<circle cx="{x}" cy="{y}" r="5" fill="{PAPER}" stroke="#111" stroke-width="3.5"/>'
        )
    stroke = f"M{x - 8} {y}l6 7 10-15" if (x + y) % 2 else f"M{x - 7} {y - 7}l14 14m0-14l-14 14"
    return f'<path fill="none" stroke="{INK}" stroke-width="2.5" stroke-linecap="round" d="{stroke}"/>'


def _writing(ballot: Ballot) -> Iterator[str]:
    if ballot.writing is None:
        return
    x, y, text = ballot.writing.x, ballot.writing.y, ballot.writing.text
    if text:
        yield f'<text x="{x}" y="{y}" font-size="14" font-style="italic">{escape(text)}</text>'
    else:
        waves = "l9-12 3 12" * 5
        yield f'<path fill="none" stroke="{INK}" stroke-width="1.5" d="M{x} {y}{waves}"/>'


def _signature(ballot: Ballot) -> Iterator[str]:
    line = f"M210 {LAST_LINE}H{RIGHT}"
    yield f'<text x="{LEFT}" y="{LAST_LINE - 12}" font-size="11">Sisi luar surat suara.</text>'
    yield f'<text x="{LEFT}" y="{LAST_LINE + 1}" font-size="11">Tanda tangan Ketua KPPS:</text>'
    yield f'<path stroke="#888" d="{line}"/>'
    if ballot.signed:
        curve = f"M218 {LAST_LINE - 4}c8-26 16-18 10-2s6-16 12-14-4 18 4 14 8-14 12-10-2 12 6 8 14-10 30-6"
        yield f'<path fill="none" stroke="{INK}" stroke-width="1.8" d="{curve}"/>'
