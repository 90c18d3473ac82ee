"""An item as one trainee sees it, from what an author wrote so far or from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kapuas_quiz.banks.pictures import PictureError, load_picture
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.rendering import rendered
from kapuas_quiz.core import items
from kapuas_quiz.core.bank import parse_bank, revision_content
from kapuas_quiz.core.items import ITEM_TYPES

KeyPath = tuple[str | int, ...]
NOT_YET = "(belum ditulis)"


@dataclass(frozen=True)
class Preview:
    """What a trainee would see; `shown` is None while too little is written, `missing` says of what."""

    shown: Mapping[str, Any] | None
    missing: tuple[tuple[KeyPath, str], ...]
    varies: bool = False


def as_seen(content: items.Content, seed: int) -> tuple[items.Content, dict[str, Any]]:
    """Return a content as the person with this seed gets it, and what is presented of it."""
    seen = items.seen(content, items.draw(content, seed))
    return seen, items.present(seen, items.arrange(seen, seed))


def preview(folder: Path, area: str, data: Mapping[str, Any], seed: int) -> Preview:
    """Show an item that may not be complete: what no trainee sees need not be there yet.

    folder: the banks', where pictures are.
    """
    raw = _padded(area, data)
    kind = ITEM_TYPES[raw["type"]]
    registers = load_registers()
    missing = tuple(
        (fault.path[2:], fault.message)
        for fault in parse_bank({"competency": area, "title": area, "items": [raw]}, registers)[1]
        if fault.path[2:3] not in (("facts",), ("citation",), ("review_note",))
    )
    if missing:
        return Preview(None, missing)
    try:
        source = kind.source.model_validate(raw)
        named = source.picture
        picture = load_picture(folder, named.file, named.alt) if named else None
        _, shown = as_seen(rendered(revision_content(source, registers, picture)), seed)
    except PictureError as error:
        return Preview(None, ((("picture", "file"), str(error)),))
    except (ValidationError, ValueError) as error:
        return Preview(None, (((), str(error)),))
    return Preview(shown, (), varies=items.is_drawn(raw))


def _padded(area: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in what the preview can do without."""
    parts = [{**part, "rationale": part.get("rationale") or NOT_YET} for part in data.get("parts") or ()]
    return {
        **data,
        "id": data.get("id") or f"{area[3:]}-999",
        "level": data.get("level") or "paham",
        "review": data.get("review") or "draf",
        "rationale": data.get("rationale") or NOT_YET,
        "facts": data.get("facts") or ["F001"],
        **({"parts": parts} if "parts" in data else {}),
    }
