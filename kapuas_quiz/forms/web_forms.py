"""What staff type about the content of a training's forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from kapuas_quiz.core.content_spec import (
    LEVELS,
    MOST_COMPETENCIES,
    Competency,
    ContentSpecification,
    SpecificationFault,
    specification_faults,
)

HIGHEST_SEED = 2**31 - 1
COUNT = NumberRange(0, 30, _l("Tulis bilangan 0 sampai 30."))
PERCENT = NumberRange(1, 100, _l("Tulis bilangan 1 sampai 100."))
DURATION = NumberRange(1, 300, _l("Tulis bilangan 1 sampai 300 menit."))
NEEDED = InputRequired(_l("Bagian ini perlu diisi."))
SHORTEST_REASON = 10
NUMBERS = range(1, MOST_COMPETENCIES + 1)


class WholeNumberField(IntegerField):
    """A whole number; anything else is refused in plain words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number, or say what is expected."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Tulis bilangan bulat, misalnya 2.")) from None


class CompetencyForm(Form):
    """One reporting competency; an unused one has no name and no area."""

    key = HiddenField(validators=[Optional(), Regexp(r"^[a-z][a-z0-9-]{0,39}$")])
    title = StringField(_l("Nama kelompok"), [Length(max=80, message=_l("Paling panjang 80 huruf."))])
    ingat = WholeNumberField(_l("Soal ingat"), [Optional(), COUNT])
    paham = WholeNumberField(_l("Soal paham"), [Optional(), COUNT])
    terapkan = WholeNumberField(_l("Soal terapkan"), [Optional(), COUNT])
    standard = WholeNumberField(_l("Standar"), [Optional(), PERCENT])
    study = StringField(
        _l("Bahan belajar bagi yang belum mencapai standar"),
        [Length(max=300, message=_l("Paling panjang 300 huruf."))],
    )


class AreaForm(Form):
    """Which competency an area of the banks belongs to."""

    area = HiddenField(validators=[Length(max=60)])
    group = SelectField(choices=[SelectChoice(value) for value in ("", *map(str, NUMBERS))])


class SpecificationForm(FlaskForm):
    """The content specification of a training."""

    competencies = FieldList(
        FormField(CompetencyForm), min_entries=MOST_COMPETENCIES, max_entries=MOST_COMPETENCIES
    )
    areas = FieldList(FormField(AreaForm), max_entries=99)

    @classmethod
    def showing(cls, spec: ContentSpecification, areas: Mapping[str, str]) -> Self:
        """Return the form filled in with a specification; areas: all known ones."""
        home = {area: number for number, each in enumerate(spec.competencies, start=1) for area in each.areas}
        rows = [
            {
                "key": each.key,
                "title": each.title,
                "standard": round(each.standard * 100),
                "study": each.study,
                **{level: each.counts.get(level, 0) for level in LEVELS},
            }
            for each in spec.competencies
        ]
        known = sorted({*areas, *home})
        groups = [{"area": area, "group": str(home.get(area, ""))} for area in known]
        return cls(data={"competencies": rows, "areas": groups}, formdata=None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that every group that has areas has a name."""
        valid = super().validate(extra_validators)
        for number, entry in self._numbered():
            if self.areas_of(number) and not (entry.form.title.data or "").strip():
                entry.form.title.errors = [_l("Beri nama kelompok ini, atau pindahkan materinya.")]
                valid = False
        return valid

    def name_groups(self) -> None:
        """Let the choices of each area tell the groups' names as they stand now."""
        names = [entry.form.title.data or _l("Kelompok %(n)s", n=n) for n, entry in self._numbered()]
        for entry in self.areas:
            entry.form.group.choices = [
                SelectChoice("", _l("tidak diujikan")),
                *(SelectChoice(str(n), f"{n}. {name}") for n, name in zip(NUMBERS, names, strict=True)),
            ]

    def _numbered(self) -> list[tuple[int, Any]]:
        return list(zip(NUMBERS, self.competencies, strict=True))

    def areas_of(self, number: int) -> tuple[str, ...]:
        """Return the areas that were put into a group, numbered from 1."""
        rows = (entry.form for entry in self.areas)
        return tuple(row.area.data or "" for row in rows if row.group.data == str(number))

    def available(self, stock: Mapping[tuple[str, str], int]) -> list[dict[str, int]]:
        """Return for each group how many items of each level its areas have."""
        return [
            {level: sum(stock.get((area, level), 0) for area in self.areas_of(number)) for level in LEVELS}
            for number in NUMBERS
        ]

    def typed(self) -> tuple[Competency, ...]:
        """Return the competencies as typed; where a field cannot be read, it counts as empty."""
        rows = [(number, entry.form) for number, entry in self._numbered()]
        used = [(n, row) for n, row in rows if (row.title.data or "").strip() or self.areas_of(n)]
        taken = {row.key.data for _, row in used}
        fresh = (name for number in range(1, 99) if (name := f"kelompok-{number}") not in taken)
        return tuple(
            Competency(
                key=row.key.data if row.key.data and not row.key.errors else next(fresh),
                title=(row.title.data or "").strip()[:80] or f"{number}",
                areas=self.areas_of(number),
                counts={level: _within(row[level]) for level in LEVELS},
                standard=(_within(row.standard) or 70) / 100,
                study=(row.study.data or "").strip()[:300],
            )
            for number, row in used
        )

    def faults(self) -> list[SpecificationFault]:
        """Return everything that the competencies break together, whatever else is wrong."""
        return specification_faults(self.typed())

    @property
    def sums(self) -> list[int]:
        """Return for each group how many items are typed."""
        return [sum(_within(entry.form[level]) for level in LEVELS) for entry in self.competencies]

    def specification(self) -> ContentSpecification:
        """Return the specification; only when there are no faults."""
        return ContentSpecification(competencies=self.typed())


def _within(field: Any) -> int:
    return 0 if field.errors else field.data or 0


class AssembleForm(FlaskForm):
    """The number that decides which items are drawn; empty draws a new one."""

    seed = WholeNumberField(
        _l("Angka acak (boleh kosong)"),
        [Optional(), NumberRange(0, HIGHEST_SEED, _l("Tulis bilangan 0 sampai 2147483647."))],
        render_kw={"inputmode": "numeric"},
    )
    allow = BooleanField(_l("Izinkan juga soal yang belum disetujui penelaah"))
    allowance = StringField(
        _l("Alasan (dicetak di berita acara)"),
        [Length(max=300, message=_l("Paling panjang 300 huruf."))],
    )

    def validate_allowance(self, field: Any) -> None:
        """Ask for a reason where unapproved items are allowed."""
        if self.allow.data and len((field.data or "").strip()) < SHORTEST_REASON:
            raise ValidationError(_l("Tulis alasannya, paling sedikit 10 huruf."))

    @property
    def reason(self) -> str:
        """Return why unapproved items are allowed; empty when they are not."""
        return (self.allowance.data or "").strip() if self.allow.data else ""


class MinutesForm(FlaskForm):
    """How long the tests last."""

    pre = WholeNumberField(_l("Tes awal (menit)"), [NEEDED, DURATION])
    post = WholeNumberField(_l("Tes akhir (menit)"), [NEEDED, DURATION])
