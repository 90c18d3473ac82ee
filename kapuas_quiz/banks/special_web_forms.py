"""The fields of the types that count, draw or belong together, and the list of all types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from kapuas_quiz.banks import case_lines
from kapuas_quiz.banks.editor_web_forms import Data, ItemForm, choices, tidy
from kapuas_quiz.banks.type_web_forms import (
    MatchingForm,
    MultipleResponseForm,
    OrderingForm,
    ShortTextForm,
    SingleChoiceForm,
    TrueFalseForm,
)

PAIRS = [("1", _l("satu pasangan melawan kolom kosong")), *((str(n), str(n)) for n in (2, 3, 4))]
SLIPS = [
    ("tukar-angka", _l("angka tertukar")),
    ("selisih-sepuluh", _l("selisih sepuluh")),
    ("salah-jumlah", _l("salah jumlah")),
    ("salah-baris", _l("salah baris")),
]


class NumberForm(ItemForm):
    """A number with its tolerance."""

    own = frozenset({"key", "tolerance", "unit"})
    defaults: ClassVar[Mapping[str, object]] = {"tolerance": 0, "unit": ""}
    key = StringField(_l("Jawaban yang benar (angka)"), filters=[tidy])
    tolerance = StringField(_l("Boleh meleset sampai"), filters=[tidy])
    unit = StringField(_l("Satuan (boleh kosong)"), filters=[tidy])

    def type_data(self) -> Data:
        """Return the key, tolerance and unit as numbers and text."""
        tolerance = case_lines.number(self.tolerance.data or "0")
        return {
            "key": case_lines.number(self.key.data or ""),
            "tolerance": tolerance,
            "unit": self.unit.data or "",
        }

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return the numbers as Indonesians write them."""
        return {
            "key": case_lines.text_of(data.get("key", "")),
            "tolerance": case_lines.text_of(data.get("tolerance", "")),
            "unit": data.get("unit", ""),
        }


class PartRow(Form):
    """One question about a case; what is right stands in lines."""

    id = HiddenField()
    type = SelectField(
        _l("Jenis pertanyaan"),
        choices=choices(
            [
                ("single_choice", _l("pilihan ganda, satu benar")),
                ("multiple_response", _l("pilihan ganda, beberapa benar")),
                ("true_false", _l("benar atau salah")),
                ("number", _l("isian angka")),
                ("short_text", _l("isian singkat")),
            ]
        ),
    )
    stem = TextAreaField(_l("Pertanyaan"), filters=[tidy])
    lines = TextAreaField(_l("Jawaban"), filters=[tidy])
    rationale = TextAreaField(_l("Pembahasan pertanyaan"), filters=[tidy])


class CaseForm(ItemForm):
    """A scene with several questions."""

    own = frozenset({"parts"})
    lists = ("parts",)
    old_parts: tuple[Data, ...] = ()
    parts = FieldList(FormField(PartRow), _l("Pertanyaan"), min_entries=2)

    def data_for(self, kind: str, old: Mapping[str, Any]) -> Data:
        """Return the item; what the lines of a part cannot say is kept from the old part."""
        self.old_parts = tuple(old.get("parts") or ())
        return super().data_for(kind, old)

    def type_data(self) -> Data:
        """Return the parts that were written."""
        known = {part["id"]: part for part in self.old_parts}
        rows = [self.parts.entries[number].form for number in self.filled("parts")]
        taken = {row.id.data for row in rows}
        free = (name for n in range(1, 99) if (name := f"p{n}") not in taken)
        return {"parts": [_part(row, row.id.data or next(free), known) for row in rows]}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return a row for each part."""
        parts = data.get("parts") or ()
        return {"parts": [{**part, "lines": case_lines.lines_of(part)} for part in parts]}


def _part(row: Any, name: str, known: Mapping[str, Data]) -> Data:
    kind = row.type.data
    answer = case_lines.keys_from(kind, row.lines.data or "", known.get(name, {}))
    return {"id": name, "type": kind, "stem": row.stem.data, **answer, "rationale": row.rationale.data}


class BallotForm(ItemForm):
    """Ballots of some rules; each trainee gets another one."""

    own = frozenset({"pairs", "cells"})
    unordered = frozenset({"cells"})
    seeded = True
    pairs = SelectField(_l("Pasangan calon pada surat suara"), choices=choices(PAIRS))
    cells = SelectMultipleField(_l("Aturan yang digambar"), validate_choice=False)

    def type_data(self) -> Data:
        """Return pairs and cells."""
        return {"pairs": case_lines.number(self.pairs.data or ""), "cells": list(self.cells.data or ())}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return pairs and cells."""
        return {"pairs": str(data.get("pairs", "2")), "cells": list(data.get("cells") or ())}


class BallotStackForm(BallotForm):
    """A small stack of ballots to sort."""

    own = frozenset({"pairs", "cells", "ballots"})
    ballots = SelectField(
        _l("Banyaknya surat suara"), choices=choices((str(n), str(n)) for n in (3, 4, 5, 6))
    )

    def type_data(self) -> Data:
        """Return pairs, cells and the size of the stack."""
        return {**super().type_data(), "ballots": case_lines.number(self.ballots.data or "")}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return pairs, cells and the size of the stack."""
        return {**super().type_values(data), "ballots": str(data.get("ballots", "4"))}


class ResultFormForm(ItemForm):
    """A result form to fill in or to check; each trainee gets other numbers."""

    unordered = frozenset({"errors"})
    own = frozenset({"layout", "task", "rules", "blank", "errors", "pairs", "places"})
    seeded = True
    layout = SelectField(_l("Formulir"), validate_choice=False)
    task = SelectField(
        _l("Tugas"),
        choices=choices([("isi", _l("mengisi sel yang kosong")), ("periksa", _l("mencari kesalahan"))]),
    )
    blank = StringField(_l("Banyaknya sel kosong (tugas mengisi)"), filters=[tidy])
    errors_planted = SelectMultipleField(_l("Kesalahan yang ditanam (tugas mencari)"), choices=choices(SLIPS))
    pairs = StringField(_l("Banyaknya pasangan calon (boleh kosong)"), filters=[tidy])
    places = StringField(_l("Banyaknya TPS atau desa (boleh kosong)"), filters=[tidy])
    rules = StringField(_l("Nama aturan jumlah, dipisah koma (boleh kosong)"), filters=[tidy])

    def type_data(self) -> Data:
        """Return the keys that were filled in."""
        counts = {name: self[name].data for name in ("blank", "pairs", "places")}
        lists = {
            "rules": [name for name in re.split(r"[,\s]+", self.rules.data or "") if name],
            "errors": list(self.errors_planted.data or ()),
        }
        return {
            "layout": self.layout.data or "",
            "task": self.task.data,
            **{name: case_lines.number(text) for name, text in counts.items() if text},
            **{name: names for name, names in lists.items() if names},
        }

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return what is known."""
        return {
            **{name: str(data.get(name, "")) for name in ("layout", "task", "blank", "pairs", "places")},
            "rules": ", ".join(data.get("rules") or ()),
            "errors_planted": list(data.get("errors") or ()),
        }


TYPE_FORMS: dict[str, type[ItemForm]] = {
    "single_choice": SingleChoiceForm,
    "multiple_response": MultipleResponseForm,
    "true_false": TrueFalseForm,
    "ordering": OrderingForm,
    "matching": MatchingForm,
    "number": NumberForm,
    "short_text": ShortTextForm,
    "case": CaseForm,
    "ballot": BallotForm,
    "ballot_stack": BallotStackForm,
    "result_form": ResultFormForm,
}
TYPE_WORDS = {
    "single_choice": _l("Pilihan ganda, satu jawaban benar"),
    "multiple_response": _l("Pilihan ganda, beberapa jawaban benar"),
    "true_false": _l("Benar atau salah"),
    "ordering": _l("Mengurutkan langkah"),
    "matching": _l("Memasangkan"),
    "number": _l("Isian angka"),
    "short_text": _l("Isian singkat"),
    "case": _l("Kasus dengan beberapa pertanyaan"),
    "ballot": _l("Surat suara: sah atau tidak"),
    "ballot_stack": _l("Setumpuk surat suara untuk dipilah"),
    "result_form": _l("Formulir hasil untuk diisi atau diperiksa"),
}


def choose(form: ItemForm, *, instruments: Iterable[tuple[str, str]], layouts: Iterable[str]) -> ItemForm:
    """Give the lists of a form what the registers know."""
    form.instrument.choices = choices([("", _l("(tanpa rujukan)")), *instruments])
    if isinstance(form, ResultFormForm):
        form.layout.choices = choices((name, name) for name in layouts)
    return form
