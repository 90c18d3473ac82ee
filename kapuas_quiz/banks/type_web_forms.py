"""The fields of each item type, and what they write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)

from kapuas_quiz.banks.editor_web_forms import Data, ItemForm, choices, tidy

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TRUTHS = [("benar", _l("Benar")), ("salah", _l("Salah"))]


class OptionRow(Form):
    """One option; the id stays when its text changes."""

    id = HiddenField()
    text = StringField(_l("Pilihan"), filters=[tidy])
    correct = BooleanField(_l("Benar"))
    last = BooleanField(_l("Selalu paling bawah"))
    rationale = StringField(_l("Alasan (boleh kosong)"), filters=[tidy])


class WithOptions(ItemForm):
    """Types that show options of which one or more are right."""

    lists = ("options",)
    options = FieldList(FormField(OptionRow), _l("Pilihan"), min_entries=4)

    def options_data(self) -> tuple[list[Data], list[str]]:
        """Return the options that were written, and the ids of the right ones."""
        rows = [self.options.entries[number].form for number in self.filled("options")]
        taken = {row.id.data for row in rows}
        free = iter(letter for letter in LETTERS if letter not in taken)
        made, right = list[Data](), list[str]()
        for row in rows:
            name = row.id.data or next(free)
            made.append({"id": name, "text": row.text.data, **_option_extras(row)})
            right += [name] if self.is_right(row) else []
        return made, right

    def is_right(self, row: OptionRow) -> bool:
        """Tell whether the author marked a row as right."""
        return bool(row.correct.data)

    @staticmethod
    def option_values(data: Mapping[str, Any], right: list[str]) -> list[Data]:
        """Return the rows for the options of an item."""
        return [{**option, "correct": option["id"] in right} for option in data.get("options") or ()]


def _option_extras(row: Any) -> Data:
    reason = {"rationale": row.rationale.data} if row.rationale.data else {}
    return {**reason, **({"last": True} if row.last.data else {})}


class SingleChoiceForm(WithOptions):
    """One right option; its row is chosen by a radio button."""

    own = frozenset({"options", "key"})
    key = StringField(_l("Jawaban yang benar"))

    def is_right(self, row: OptionRow) -> bool:
        """Tell whether the radio button stands at this row."""
        return bool(self.key.data) and row.text.name == f"options-{self.key.data}-text"

    def type_data(self) -> Data:
        """Return options and key."""
        options, right = self.options_data()
        return {"options": options, "key": right[0] if right else ""}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return a row for each option, and which of them is right."""
        ids = [option["id"] for option in data.get("options") or ()]
        key = str(ids.index(data["key"])) if data.get("key") in ids else ""
        return {"options": cls.option_values(data, []), "key": key}


class MultipleResponseForm(WithOptions):
    """Several right options."""

    own = frozenset({"options", "keys", "scoring"})
    defaults: ClassVar[Mapping[str, object]] = {"scoring": "sebagian"}
    keys = HiddenField(_l("Jawaban yang benar"))
    scoring = SelectField(
        _l("Penilaian"),
        choices=choices(
            [
                ("sebagian", _l("sebagian: benar dikurangi salah, paling rendah 0")),
                ("semua", _l("semua atau tidak sama sekali")),
            ]
        ),
    )

    def type_data(self) -> Data:
        """Return options, keys and scoring."""
        options, right = self.options_data()
        return {"options": options, "keys": right, "scoring": self.scoring.data}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return a row for each option."""
        rows = cls.option_values(data, list(data.get("keys") or ()))
        return {"options": rows, "scoring": data.get("scoring", "sebagian")}


class TrueFalseForm(ItemForm):
    """A statement that is right or wrong."""

    own = frozenset({"key"})
    key = RadioField(_l("Pernyataan ini"), choices=choices(TRUTHS), validate_choice=False)

    def type_data(self) -> Data:
        """Return the key."""
        return {"key": self.key.data or ""}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return the key."""
        return {"key": data.get("key")}


class OrderingForm(ItemForm):
    """Steps in their right order."""

    own = frozenset({"steps"})
    lists = ("steps",)
    steps = FieldList(
        StringField(_l("Langkah"), filters=[tidy]), _l("Langkah, dalam urutan yang benar"), min_entries=4
    )

    def type_data(self) -> Data:
        """Return the steps that were written."""
        return {"steps": [text for text in self.steps.data if text]}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return the steps."""
        return {"steps": list(data.get("steps") or ())}


class PairRow(Form):
    """What belongs together."""

    left = StringField(_l("Kiri"), filters=[tidy])
    right = StringField(_l("Pasangannya di kanan"), filters=[tidy])


class MatchingForm(ItemForm):
    """Pairs, and texts on the right that belong to nothing."""

    own = frozenset({"pairs", "extra"})
    defaults: ClassVar[Mapping[str, object]] = {"extra": []}
    lists = ("pairs", "extra")
    pairs = FieldList(FormField(PairRow), _l("Pasangan"), min_entries=4)
    extra = FieldList(
        StringField(_l("Pengecoh"), filters=[tidy]), _l("Pengecoh di kanan (boleh kosong)"), min_entries=2
    )

    def type_data(self) -> Data:
        """Return pairs and distractors that were written."""
        rows = [self.pairs.entries[number].form for number in self.filled("pairs")]
        pairs = [{"left": row.left.data, "right": row.right.data} for row in rows]
        extra = [text for text in self.extra.data if text]
        return {"pairs": pairs, "extra": extra}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return pairs and distractors."""
        return {"pairs": list(data.get("pairs") or ()), "extra": list(data.get("extra") or ())}


class ShortTextForm(ItemForm):
    """A word or two, in any of the accepted ways."""

    own = frozenset({"accepted"})
    lists = ("accepted",)
    accepted = FieldList(
        StringField(_l("Jawaban yang diterima"), filters=[tidy]), _l("Jawaban yang diterima"), min_entries=3
    )

    def type_data(self) -> Data:
        """Return the accepted answers that were written."""
        return {"accepted": [text for text in self.accepted.data if text]}

    @classmethod
    def type_values(cls, data: Mapping[str, Any]) -> Data:
        """Return the accepted answers."""
        return {"accepted": list(data.get("accepted") or ())}
