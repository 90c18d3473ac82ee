"""Two forms with no item in common and the same count in every cell, or the cell that cannot be filled."""

import uuid
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapuas_quiz.core.assembly import Candidate, CellsTooSmall, assemble, cells, supply
from kapuas_quiz.core.content_spec import LEVELS, Competency, ContentSpecification


def candidate(area: str, level: str, number: int, facts=frozenset()) -> Candidate:
    name = f"{area}-{level}-{number}"
    return Candidate(name, uuid.uuid5(uuid.NAMESPACE_OID, name), area, level, facts)


def stock(areas, each: int) -> list[Candidate]:
    return [candidate(a, level, number) for a in areas for level in LEVELS for number in range(each)]


def spec(**counts: int) -> ContentSpecification:
    """Four competencies of two areas each, with the same counts per level."""
    return ContentSpecification(
        competencies=tuple(
            Competency(
                key=f"k{n}", title=f"Materi {n}", areas=(f"{n}x", f"{n}y"), counts=counts, standard=0.7
            )
            for n in range(4)
        )
    )


SPEC = spec(ingat=1, paham=2, terapkan=2)
AREAS = [area for competency in SPEC.competencies for area in competency.areas]


def table(places) -> Counter:
    return Counter((place.competency, place.candidate.level) for place in places)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_whatever_the_banks_hold_forms_follow_the_specification_or_name_the_cells_that_cannot(data):
    candidates = [
        candidate(area, level, number, data.draw(st.frozensets(st.sampled_from("FGH"), max_size=2)))
        for area in AREAS
        for level in LEVELS
        for number in range(data.draw(st.integers(0, 5)))
    ]
    seed = data.draw(st.integers(0, 2**31))
    short = {(c.competency.key, c.level) for c in cells(candidates, SPEC) if c.available < c.needed}
    try:
        forms = assemble(candidates, SPEC, seed)
    except CellsTooSmall as refusal:
        assert {(c.competency.key, c.level) for c in refusal.cells} == short
        return
    assert not short
    wanted = Counter({(c.key, level): n for c in SPEC.competencies for level, n in c.counts.items() if n})
    assert table(forms["A"]) == table(forms["B"]) == wanted
    drawn = [place.candidate.item_id for places in forms.values() for place in places]
    assert len(drawn) == len(set(drawn)) == 2 * SPEC.n_items
    home = {area: c.key for c in SPEC.competencies for area in c.areas}
    for places in forms.values():
        assert [place.position for place in places] == list(range(1, SPEC.n_items + 1))
        assert all(home[place.candidate.area] == place.competency for place in places)
    assert assemble(list(reversed(candidates)), SPEC, seed) == forms


def test_another_seed_draws_other_items():
    candidates = stock(AREAS, 6)
    drawn = {tuple(place.candidate.item_id for place in assemble(candidates, SPEC, s)["A"]) for s in range(5)}
    assert len(drawn) == 5


def test_a_cell_that_cannot_be_filled_twice_is_named_with_its_numbers():
    candidates = [c for c in stock(AREAS, 4) if (c.area, c.level) != ("2x", "terapkan")][:-1]
    candidates = [
        c for c in candidates if not (c.area == "2y" and c.level == "terapkan" and c.item_id[-1] == "3")
    ]
    with pytest.raises(CellsTooSmall) as refusal:
        assemble(candidates, SPEC, 1)
    (cell,) = refusal.value.cells
    assert (cell.competency.title, cell.level, cell.needed, cell.available) == ("Materi 2", "terapkan", 4, 3)


def test_both_areas_of_a_competency_are_drawn_from_and_the_forms_match_area_by_area():
    for seed in range(10):
        forms = assemble(stock(AREAS, 4), SPEC, seed)
        of = {label: Counter(p.candidate.area for p in places) for label, places in forms.items()}
        assert of["A"] == of["B"]
        assert all(2 <= of["A"][area] <= 3 for area in AREAS)


def test_one_left_in_each_of_two_areas_still_makes_a_pair():
    single = [candidate(area, "ingat", 0) for area in AREAS]
    rest = [c for c in stock(AREAS, 4) if c.level != "ingat"]
    forms = assemble([*single, *rest], SPEC, 7)
    assert {
        p.candidate.area for places in forms.values() for p in places if p.candidate.level == "ingat"
    } == set(AREAS)


def test_items_on_the_same_fact_are_kept_out_of_one_form_where_the_bank_allows():
    twins = [candidate("0x", "ingat", n, frozenset({"F1"})) for n in range(2)]
    others = [candidate("0x", "ingat", n, frozenset({f"F{n}"})) for n in range(2, 6)]
    rest = [c for c in stock(AREAS, 8) if (c.area, c.level) not in {("0x", "ingat"), ("0y", "ingat")}]
    two = spec(ingat=2, paham=2, terapkan=2)
    for seed in range(20):
        for places in assemble([*twins, *others, *rest], two, seed).values():
            assert sum("F1" in place.candidate.facts for place in places) <= 1


def test_the_scarcest_cell_says_how_many_disjoint_forms_there_are():
    full = stock(AREAS, 3)
    scarce = [c for c in full if not (c.area == "2x" and c.level == "terapkan")]
    assert supply(cells(full, SPEC)).forms == 3
    found = supply(cells(scarce, SPEC))
    assert (found.forms, [(c.competency.key, c.level) for c in found.short]) == (1, [("k2", "terapkan")])


def test_only_approved_items_count_where_that_is_asked():
    items = [replace(c, approved=c.area.endswith("x")) for c in stock(AREAS, 4)]
    assert supply(cells(items, SPEC)).forms == 4
    assert supply(cells(items, SPEC), approved=True).forms == 2


def test_without_items_there_is_no_form():
    assert supply(cells([], SPEC)).forms == 0


@given(st.integers(0, 2**31), st.sampled_from([("0", "1"), ("0", "1", "2", "3")]))
@settings(max_examples=60, deadline=None)
def test_both_forms_hold_as_many_items_of_a_family_where_the_bank_has_pairs(seed, endings):
    items = [replace(c, family="surat-suara" if c.item_id.endswith(endings) else "") for c in stock(AREAS, 6)]
    families = {
        label: Counter((p.competency, p.candidate.level, p.candidate.family) for p in places)
        for label, places in assemble(items, SPEC, seed).items()
    }
    assert families["A"] == families["B"]
