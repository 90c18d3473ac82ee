"""Strict YAML: one document, no anchors, aliases or tags, each key once, a line for each path.

PyYAML's own loading would recurse on hostile nesting, keep the last of two equal keys, and read
`no` as false and `12:30` as a number; so only its event stream is used, and plain scalars are typed
as in JSON: null, true, false and numbers, everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.reader import Reader

KeyPath = tuple[str | int, ...]

DEEPEST = 20
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass
class Document:
    """A parsed file: `lines` gives the line (from 1) of a path, `faults` are (line, message)."""

    value: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def line_of(self, path: KeyPath) -> int:
        """Return the line of a path, or of its nearest known ancestor."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Stop(Exception):
    """Nothing after this place can be understood."""


def parse(text: str) -> Document:
    """Read one YAML document and every fault in how it is written."""
    document = Document()
    try:
        _refuse_control_characters(text)
        _Builder(document, yaml.parse(text, Loader=_Parser)).build()
    except _Stop as stop:
        document.faults.append((stop.args[0], stop.args[1]))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        document.faults.append((line, _syntax_words(error.problem or "", text, line)))
    return document


def _refuse_control_characters(text: str) -> None:
    found = Reader.NON_PRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise _Stop(line, f"ada huruf kendali U+{ord(found.group()):04X}; hapus.")


def _syntax_words(problem: str, text: str, line: int) -> str:
    if "mapping values are not allowed" in problem:
        return "ada ': ' di dalam teks; apit seluruh teks dengan tanda kutip."
    written = [*text.split("\n"), ""][line - 1]
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "indentasi memakai tab; ganti dengan dua spasi."
    return f"susunan YAML tidak terbaca ({problem}); periksa indentasi, titik dua, dan tanda kutip."


class _Builder:
    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events

    def build(self) -> None:
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _Stop(1, "berkas kosong; isi atau hapus berkas ini.")
        self.document.value = self._node(next(self.events), ())
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._fault(event, "satu berkas hanya satu dokumen; hapus '---' dan sesudahnya.")

    def _fault(self, event: Any, message: str) -> None:
        self.document.faults.append((event.start_mark.line + 1, message))

    def _node(self, event: Any, path: KeyPath) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return _typed(event.value) if event.implicit[0] else event.value
        if len(path) > DEEPEST:
            raise _Stop(event.start_mark.line + 1, f"bersarang lebih dari {DEEPEST} tingkat; sederhanakan.")
        if kind is yaml.AliasEvent:
            self._fault(event, f"alias '*{event.anchor}' tidak diterima; tulis isinya lengkap.")
            return None
        self._refuse_marks(event)
        if kind is yaml.ScalarEvent:
            return event.value
        return self._list(path) if kind is yaml.SequenceStartEvent else self._mapping(path)

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(event, f"jangkar '&{event.anchor}' tidak diterima; hapus.")
        if event.tag is not None:
            self._fault(event, f"tag '{event.tag}' tidak diterima; hapus.")

    def _list(self, path: KeyPath) -> list[Any]:
        values: list[Any] = []
        events, lines = self.events, self.document.lines
        while type(event := next(events)) is not yaml.SequenceEndEvent:
            place = (*path, len(values))
            lines[place] = event.start_mark.line + 1
            values.append(self._node(event, place))
        return values

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        events, lines = self.events, self.document.lines
        while type(event := next(events)) is not yaml.MappingEndEvent:
            name = self._key(event, path)
            place = (*path, name)
            if name in values:
                self._fault(
                    event, f"kunci '{name}' sudah ditulis pada baris {lines[place]}; hapus salah satu."
                )
            else:
                lines[place] = event.start_mark.line + 1
            values[name] = self._node(next(events), place)
        return values

    def _key(self, event: Any, path: KeyPath) -> str:
        if type(event) is not yaml.ScalarEvent:
            self._fault(event, "kunci harus satu kata; periksa tanda kurung dan indentasi.")
            self._node(event, (*path, "?"))
            return "?"
        self._refuse_marks(event)
        return str(event.value)


def _typed(text: str) -> Any:
    """Type a plain scalar as JSON would; what is neither word nor number is text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-0123456789":
        return text
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    return float(text) if found.group(2) or found.group(3) else int(text[:400])
