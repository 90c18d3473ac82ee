"""What can be seen on a ballot, by name: the words in which the rules speak."""

from __future__ import annotations

from dataclasses import dataclass

from kapuas_quiz.core.ballots.model import REACH, Ballot, Mark

MIRROR_ERROR = 3
"""How far apart, along either axis, a hole and the mirror image of another may lie and still be one punch."""


@dataclass(frozen=True)
class Place:
    """Where a mark is: the columns it touches, whether on their line, and on which part of a column."""

    columns: tuple[str, ...]
    on_line: bool
    spot: str


def place_of(ballot: Ballot, mark: Mark) -> Place:
    """Return where a mark is; on a line is what touches the line, however little."""
    reach = REACH[mark.tool]
    depths = [(column, column.box.depth(mark.x, mark.y)) for column in ballot.columns]
    touched = [(column, depth) for column, depth in depths if depth >= -reach]
    if not touched:
        return Place((), False, "luar")
    if any(depth <= reach for _, depth in touched):
        return Place(tuple(column.id for column, _ in touched), True, "garis")
    column = touched[0][0]
    inside = (name for name, box in ballot.spots(column).items() if box.depth(mark.x, mark.y) >= 0)
    return Place((column.id,), False, next(inside, "ruang"))


def places_of(ballot: Ballot) -> tuple[Place, ...]:
    """Return where each mark is."""
    return tuple(place_of(ballot, mark) for mark in ballot.marks)


def columns_hit(places: tuple[Place, ...]) -> list[str]:
    """Return the columns that some mark touches alone, from left to right."""
    return sorted({place.columns[0] for place in places if len(place.columns) == 1})


def features(ballot: Ballot) -> dict[str, str]:
    """Name what can be seen on a ballot; every feature has a value on every ballot."""
    places = places_of(ballot)
    hit = columns_hit(places)
    spots = {place.spot for place in places if len(place.columns) == 1}
    return {
        "pairs": "satu" if ballot.pairs == 1 else "banyak",
        "signature": "ada" if ballot.signed else "tidak-ada",
        "tool": _tool(ballot),
        "marks": _many(len(ballot.marks)),
        "columns": _many(len(hit)),
        "target": "tidak-ada" if len(hit) != 1 else "kosong" if hit[0] == "kosong" else "pasangan",
        "outside": "ya" if any(not place.columns for place in places) else "tidak",
        "line": _line(places),
        "spot": spots.pop() if len(spots) == 1 else "campuran" if spots else "tidak-ada",
        "fold": _fold(ballot),
        "tear": _tear(ballot),
        "writing": "ya" if ballot.writing else "tidak",
    }


def _many(count: int) -> str:
    return ("nol", "satu", "banyak")[min(count, 2)]


def _tool(ballot: Ballot) -> str:
    by_nail = {mark.tool == "paku" for mark in ballot.marks}
    if not by_nail:
        return "tidak-ada"
    return "campuran" if len(by_nail) == 2 else "paku" if by_nail.pop() else "lain"


def _line(places: tuple[Place, ...]) -> str:
    if any(len(place.columns) > 1 for place in places):
        return "bersama"
    return "sendiri" if any(place.on_line for place in places) else "tidak"


def _fold(ballot: Ballot) -> str:
    """Tell whether all holes pair up across the fold; one hole alone went through one layer."""
    if ballot.fold is None or len(ballot.marks) < 2:
        return "tidak"
    images = [ballot.fold.mirrored(mark) for mark in ballot.marks]
    paired = all(
        any(_near(image, other) for other in ballot.marks if other is not mark)
        for mark, image in zip(ballot.marks, images, strict=True)
    )
    return "simetris" if paired else "lain"


def _near(one: Mark, other: Mark) -> bool:
    return abs(one.x - other.x) <= MIRROR_ERROR and abs(one.y - other.y) <= MIRROR_ERROR


def _tear(ballot: Ballot) -> str:
    if ballot.tear is None:
        return "tidak"
    photos = (ballot.spots(column).get("foto") for column in ballot.columns)
    on_photo = any(box and box.depth(ballot.tear.x, ballot.tear.y) >= 0 for box in photos)
    return "gambar" if on_photo else "lain"
