"""What an author fills in for an item of any type; the types add their own fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lag
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from kapuas_quiz.banks.fault_words import told

Data = dict[str, Any]
KeyPath = tuple[str | int, ...]
MOST_ROWS = 12
LEVELS = [
    ("ingat", _l("ingat: menyebutkan aturan")),
    ("paham", _l("paham: menjelaskan aturan")),
    ("terapkan", _l("terapkan: memutuskan sebuah kejadian")),
]
REVIEWS = [
    ("draf", _l("draf: masih ditulis")),
    ("siap-ditelaah", _l("siap ditelaah: selesai, menunggu pejabat hukum")),
    ("ditarik", _l("ditarik: tidak boleh dipakai lagi")),
]
CITATION = ("instrument", "article", "paragraph", "letter", "point")
FACT = re.compile(r"\bF\d{3,4}\b", re.IGNORECASE)


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return what a list offers, from values and their words."""
    return [SelectChoice(value=value, label=words) for value, words in pairs]


def tidy(text: str | None) -> str:
    """Return a text as it goes into a file: one kind of line end, no space at the ends of lines."""
    lines = re.sub(r"\r\n?", "\n", (text or "").replace("\u00a0", " ")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


class ItemForm(FlaskForm):
    """The part that all types share; `own` names the keys that the type itself writes.

    A key at its value in `defaults` is written only where the file has it already; the order of
    lists in `unordered` means nothing and stays.
    """

    own: ClassVar[frozenset[str]] = frozenset()
    defaults: ClassVar[Mapping[str, object]] = {}
    unordered: ClassVar[frozenset[str]] = frozenset()
    lists: ClassVar[tuple[str, ...]] = ()
    seeded: ClassVar[bool] = False

    stem = TextAreaField(_l("Pokok soal"), filters=[tidy])
    level = SelectField(_l("Jenjang"), choices=choices(LEVELS))
    rationale = TextAreaField(_l("Pembahasan"), filters=[tidy])
    facts = SelectMultipleField(_l("Fakta yang mendasari"), validate_choice=False)
    more_facts = StringField(_l("Nomor fakta lain"), filters=[tidy])
    instrument = SelectField(_l("Peraturan"), validate_choice=False)
    article = StringField(_l("Pasal"), filters=[tidy])
    paragraph = StringField(_l("Ayat"), filters=[tidy])
    letter = StringField(_l("Huruf"), filters=[tidy])
    point = StringField(_l("Angka"), filters=[tidy])
    review = SelectField(_l("Keadaan"), choices=choices(REVIEWS), validate_choice=False)
    review_note = StringField(_l("Catatan untuk penelaah"), filters=[tidy])
    opened = HiddenField()

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.elsewhere: list[str] = []
        self.marked: dict[str, tuple[str, str]] = {}

    @classmethod
    def values_of(cls, data: Mapping[str, Any]) -> Data:
        """Return what the fields hold for an item of a file."""
        common = {name: data.get(name, "") for name in ("stem", "level", "rationale", "review_note")}
        citation = data.get("citation") or {}
        review = data.get("review") if data.get("review") in dict(REVIEWS) else "siap-ditelaah"
        return {
            **common,
            **{name: citation.get(name, "") for name in CITATION},
            "facts": list(data.get("facts") or ()),
            "review": review,
            **cls.type_values(data),
        }

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return what the type's own fields hold."""
        raise NotImplementedError

    def type_data(self) -> Data:
        """Return the keys that the type itself writes, from the fields."""
        raise NotImplementedError

    def data_for(self, kind: str, old: Mapping[str, Any]) -> Data:
        """Return the item as a file keeps it; keys of `old` that no field shows stay."""
        made = {
            "type": kind,
            "level": self.level.data,
            "stem": self.stem.data,
            **self._type_keys(old),
            "rationale": self.rationale.data,
            "citation": {n: self[n].data or "" for n in CITATION if n != "point" or self[n].data},
            "facts": self._facts(old.get("facts") or ()),
            "review": self.review.data,
            "review_note": self.review_note.data,
        }
        rest = {name: value for name, value in old.items() if name not in {*made, *self.own}}
        head = {"id": rest.pop("id")} if "id" in rest else {}
        return {**head, **made, **rest}

    def _type_keys(self, old: Mapping[str, Any]) -> Data:
        usual, made = self.defaults, self.type_data()
        for name in self.unordered & made.keys():
            made[name] = in_old_order(made[name], old.get(name) or ())
        return {
            name: value
            for name, value in made.items()
            if name in old or name not in usual or usual[name] != value
        }

    def _facts(self, before: Sequence[str]) -> list[str]:
        named = FACT.findall((self.more_facts.data or "").upper())
        return in_old_order([*(self.facts.data or ()), *named], before)

    def add_row(self, name: str) -> None:
        """Give a list of the form one more empty row."""
        rows = self[name] if name in self.lists else None
        if isinstance(rows, FieldList) and len(rows.entries) < MOST_ROWS:
            rows.append_entry()

    def place(self, faults: Iterable[tuple[KeyPath, str]]) -> None:
        """Put the faults of an item where its author can mend them."""
        for path, words in told(faults):
            field = self._field(path)
            if field is None:
                self.elsewhere.append(words)
            elif words not in field.errors:
                field.errors = [*field.errors, words]
                self.marked[field.id] = (label_of(field), " ".join(field.errors))

    def _field(self, path: KeyPath) -> Field | None:
        name = str(path[0]) if path else ""
        if name == "citation":
            name = str(path[1]) if len(path) > 1 else "instrument"
        name = "errors_planted" if name == "errors" else name
        if name not in self or name == "opened":
            return None
        field = self[name]
        if isinstance(field, FieldList) and len(path) > 1:
            return _of_row(field, path, self.filled(name))
        return field

    def filled(self, name: str) -> list[int]:
        """Return the numbers of the rows that say something; empty ones are left out of the item."""
        rows = self[name].entries
        return [number for number, row in enumerate(rows) if said(row)]


def in_old_order(chosen: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return what was ticked, first what was there already and in its order there."""
    kept = [name for name in before if name in chosen]
    return [*kept, *(name for name in dict.fromkeys(chosen) if name not in kept)]


def said(row: Field, ignored: Collection[str] = ("id", "correct", "last", "type")) -> bool:
    """Tell whether somebody wrote something into a row."""
    if isinstance(row, FormField):
        return any(field.data for field in row if field.short_name not in ignored)
    return bool(row.data)


def _of_row(field: FieldList, path: KeyPath, filled: Sequence[int]) -> Field:
    index = path[1]
    if not isinstance(index, int) or index >= len(filled):
        return field
    row = field.entries[filled[index]]
    if not isinstance(row, FormField):
        return row
    wanted = [str(name) for name in path[2:] if name in row.form and name != "id"]
    return row[wanted[-1] if wanted else next(name for name in ("lines", "text", "left") if name in row.form)]


def label_of(field: Field) -> str:
    """Return the words above a field, with the number of its row."""
    row = re.search(r"-(\d+)(-|$)", field.name)
    return f"{field.label.text} {int(row[1]) + 1}" if row else str(field.label.text)
