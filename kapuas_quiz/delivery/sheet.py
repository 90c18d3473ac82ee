"""The questions as a phone receives them: written as JSON once per form, put in order per person."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from kapuas_quiz.core.items import accepts, present
from kapuas_quiz.forms.service import FormView, form_of


@dataclass(frozen=True)
class Sheet:
    """A form without its keys; `heads` and `options` are finished pieces of JSON by position."""

    form: FormView
    heads: Mapping[int, str]
    options: Mapping[int, Mapping[str, str]]

    @property
    def n_items(self) -> int:
        return len(self.heads)

    def takes(self, position: int | None, answer: object) -> bool:
        """Tell whether the form has this position and its item could have this answer."""
        if position is None or position not in self.heads:
            return False
        return any(i.position == position and accepts(i.content, answer) for i in self.form.items)

    def items_json(self, presentation: Mapping[str, Any]) -> str:
        """Return the JSON list of the items in one person's order."""
        return "[" + ",".join(self._items(presentation)) + "]"

    def _items(self, presentation: Mapping[str, Any]) -> Iterator[str]:
        for position in presentation["items"]:
            chosen = presentation["options"][str(position)]
            pieces = self.options[position]
            yield f'{self.heads[position]},"options":[{",".join(pieces[option] for option in chosen)}]}}'


_sheets: dict[uuid.UUID, Sheet] = {}
_MOST_SHEETS_KEPT = 64


def sheet_of(session: Session, form_id: uuid.UUID) -> Sheet:
    """Return the sheet of a form, from memory after the first time: forms never change."""
    if form_id not in _sheets:
        if len(_sheets) >= _MOST_SHEETS_KEPT:
            _sheets.clear()
        _sheets[form_id] = _write(form_of(session, form_id))
    return _sheets[form_id]


def _write(form: FormView) -> Sheet:
    heads: dict[int, str] = {}
    options: dict[int, dict[str, str]] = {}
    for item in form.items:
        shown = present(item.content)
        listed = shown.pop("options", [])
        heads[item.position] = _compact({"n": item.position, **shown})[:-1]
        options[item.position] = {option["id"]: _compact(option) for option in listed}
    return Sheet(form, heads, options)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
