"""The questions as a phone receives them: put in order per person, written once where all see the same."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from kapuas_quiz.core.items import accepts, is_drawn, possible, present, seen
from kapuas_quiz.core.items.base import Parts
from kapuas_quiz.forms.service import FormView, form_of

Render = Callable[[Mapping[str, Any], int], str]
"""Draws the fields of an item as presented, at its position, as HTML."""

SCRIPTED = "single_choice"
"""What a phone draws by itself; everything else comes with the HTML of its fields."""

RENDERED = "isian"


@dataclass(frozen=True)
class Sheet:
    """A form without its keys.

    `heads` and `options` are finished pieces of JSON by position, of the items that everybody has alike.
    """

    form: FormView
    heads: Mapping[int, str]
    options: Mapping[int, Mapping[str, str]]

    @property
    def n_items(self) -> int:
        return len(self.form.items)

    def takes(self, position: int | None, answer: object) -> bool:
        """Tell whether the form has this position and its item could have this answer."""
        return any(i.position == position and accepts(i.content, answer) for i in self.form.items)

    def items_json(self, presentation: Mapping[str, Any], render: Render) -> str:
        """Return the JSON list of the items in one person's order."""
        return "[" + ",".join(self._items(presentation, render)) + "]"

    def _items(self, presentation: Mapping[str, Any], render: Render) -> Iterator[str]:
        contents = {item.position: item.content for item in self.form.items}
        for position in presentation["items"]:
            chosen = presentation["options"][str(position)]
            if position in self.heads:
                pieces = ",".join(self.options[position][option] for option in chosen)
                yield f'{self.heads[position]},"options":[{pieces}]}}'
            else:
                shown = present(seen(contents[position], own(presentation, position)), chosen)
                parts = possible(contents[position], chosen)
                yield _compact({"n": position, **_for_phone(shown, position, parts, render)})

    def asked(self, presentation: Mapping[str, Any]) -> list[tuple[int, Parts | None]]:
        """Return position and possible answers of each item, in one person's order."""
        contents = {item.position: item.content for item in self.form.items}
        order: Mapping[str, list[str]] = presentation["options"]
        return [(n, possible(contents[n], order[str(n)])) for n in presentation["items"]]


def own(presentation: Mapping[str, Any], position: int) -> Mapping[str, Any] | None:
    """Return what one person alone has of an item; attempts from before there were such items have none."""
    drawn: Mapping[str, Mapping[str, Any]] = presentation.get("drawn", {})
    return drawn.get(str(position))


def _for_phone(
    shown: Mapping[str, Any], position: int, parts: Parts | None, render: Render
) -> Mapping[str, Any]:
    if shown["type"] == SCRIPTED:
        return shown
    html = re.sub(r"\s+", " ", render(shown, position)).strip()
    return {"type": RENDERED, "stem": shown["stem"], "html": html, **({"c": parts} if parts else {})}


_sheets: dict[uuid.UUID, Sheet] = {}
_MOST_SHEETS_KEPT = 64


def sheet_of(session: Session, form_id: uuid.UUID) -> Sheet:
    """Return the sheet of a form, from memory after the first time: forms never change."""
    if form_id not in _sheets:
        if len(_sheets) >= _MOST_SHEETS_KEPT:
            _sheets.clear()
        _sheets[form_id] = _write(form_of(session, form_id))
    return _sheets[form_id]


def kept_sheet(connection: Connection, form_id: uuid.UUID) -> Sheet:
    """Return the same where there is only a connection."""
    found = _sheets.get(form_id)
    if found is None:
        with Session(connection) as session:
            found = sheet_of(session, form_id)
    return found


def _write(form: FormView) -> Sheet:
    heads: dict[int, str] = {}
    options: dict[int, dict[str, str]] = {}
    for item in form.items:
        shown = present(item.content)
        if shown["type"] != SCRIPTED or is_drawn(item.content):
            continue
        listed = shown.pop("options")
        heads[item.position] = _compact({"n": item.position, **shown})[:-1]
        options[item.position] = {option["id"]: _compact(option) for option in listed}
    return Sheet(form, heads, options)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
