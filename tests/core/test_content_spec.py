"""A content specification holds 4 to 6 competencies, 5 items each, 20 to 30 together."""

import pytest
from pydantic import ValidationError

from kapuas_quiz.core.content_spec import DEFAULT, Competency, ContentSpecification, specification_faults


def competency(number: int, n_items: int = 5, **values) -> Competency:
    defaults = {
        "key": f"k{number}",
        "title": f"Materi {number}",
        "areas": (f"0{number}-area",),
        "counts": {"ingat": 1, "paham": 1, "terapkan": n_items - 2},
        "standard": 0.7,
    }
    return Competency(**{**defaults, **values})


def codes(*competencies: Competency) -> list[tuple[str, str, int]]:
    return [(fault.code, fault.subject, fault.value) for fault in specification_faults(competencies)]


def four() -> list[Competency]:
    return [competency(number) for number in range(1, 5)]


def test_the_default_groups_eleven_areas_into_five_competencies_of_five_items():
    assert [each.n_items for each in DEFAULT.competencies] == [5, 5, 5, 5, 5]
    assert len({area for each in DEFAULT.competencies for area in each.areas}) == 11


def test_four_competencies_of_five_items_are_enough():
    assert ContentSpecification(competencies=tuple(four())).n_items == 20


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (lambda: four()[:3], ("number_of_competencies", "", 3)),
        (lambda: [competency(n, 5) for n in range(1, 8)], ("number_of_competencies", "", 7)),
        (lambda: [*four()[:3], competency(4, 4)], ("too_few_items_each", "Materi 4", 4)),
        (lambda: [*four()[:3], competency(4, 16)], ("number_of_items", "", 31)),
        (lambda: [*four()[:3], competency(4, areas=("01-area",))], ("area_twice", "01-area", 0)),
        (lambda: [*four()[:3], competency(4, areas=())], ("no_area", "Materi 4", 0)),
        (lambda: [*four()[:3], competency(4, title="Materi 1")], ("title_twice", "Materi 1", 0)),
        (lambda: [*four()[:3], competency(4, key="k1")], ("key_twice", "k1", 0)),
        (
            lambda: [*four()[:3], competency(4, counts={"ingat": -1, "paham": 6})],
            ("negative_count", "Materi 4", 0),
        ),
    ],
)
def test_each_rule_is_named_when_it_is_broken(changed, fault):
    assert fault in codes(*changed())
    with pytest.raises(ValidationError, match=fault[0]):
        ContentSpecification(competencies=tuple(changed()))


def test_a_specification_survives_its_way_through_json():
    rows = DEFAULT.model_dump(mode="json")
    assert ContentSpecification.model_validate(rows) == DEFAULT
