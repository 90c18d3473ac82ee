"""Every way a bank file can be wrong is named at its place, with the repair."""

import pytest

from kapuas_quiz.core.bank import parse_bank
from tests.core.bank_samples import citation, fact, raw_bank, raw_item, registers

LAW = "UU 1/2015"
FACTS = {
    "F001": fact(),
    "F002": fact("F002", use="siap-tanpa-pasal", article=""),
    "F003": fact(
        "F003",
        use="sandingkan-perubahan-uu",
        regulation="UU 1/2015 (teks Perpu 1/2014) jo. UU 8/2015, UU 10/2016, UU 6/2020",
        article="Pasal 94",
    ),
    "F004": fact("F004", use="cek-berlaku-untuk-pilkada-2024", regulation="UU 7/2017"),
    "F005": fact("F005", use="tanpa-sitasi-hukum", regulation="", article=""),
    "F006": fact("F006", use="jangan-dulu"),
}


def faults(bank) -> list[tuple[tuple, str]]:
    parsed, found = parse_bank(bank, registers(*FACTS.values()))
    assert (parsed is None) == bool(found)
    return [(fault.path, fault.message) for fault in found]


def one_fault(**values) -> tuple[tuple, str]:
    (only,) = faults(raw_bank(raw_item(**values)))
    return only


def test_a_good_bank_has_no_faults():
    bank, found = parse_bank(raw_bank(raw_item(1), raw_item(2)), registers(*FACTS.values()))
    assert found == []
    assert [item.id for item in bank.items] == ["logistik-001", "logistik-002"]


def without(name):
    item = raw_item()
    del item[name]
    return item


@pytest.mark.parametrize("name", sorted(set(raw_item()) - {"type"}))
def test_a_missing_key_is_named(name):
    assert faults(raw_bank(without(name))) == [(("items", 0, name), f"kunci '{name}' belum ada; tambahkan.")]


def test_an_unknown_key_is_refused_where_it_stands():
    path, message = one_fault(optoins=[])
    assert path == ("items", 0, "optoins")
    assert "tidak dikenal" in message


def test_an_unknown_item_type_names_the_known_ones():
    path, message = one_fault(type="esai")
    assert path == ("items", 0, "type")
    assert "single_choice" in message


def test_two_right_options_are_refused():
    path, message = one_fault(key=["a", "b"])
    assert path == ("items", 0, "key")
    assert "kunci hanya satu" in message


def test_a_key_that_is_no_option_names_the_options():
    assert one_fault(key="d") == (
        ("items", 0, "key"),
        "kunci 'd' bukan id pilihan; pilih salah satu: a, b, c.",
    )


@pytest.mark.parametrize("part", ["id", "text"])
def test_two_equal_options_are_refused(part):
    options = [{"id": "a", "text": "Satu"}, {"id": "b", "text": "Dua"}]
    options[1][part] = options[0][part].upper() if part == "text" else "a"
    path, message = one_fault(options=options, key="a")
    assert path == ("items", 0, "options")
    assert "ditulis dua kali" in message


@pytest.mark.parametrize(
    ("values", "repair"),
    [
        ({"stem": 600}, "tanda kutip"),
        ({"stem": ""}, "masih kosong"),
        ({"stem": " \n "}, "masih kosong"),
        ({"rationale": " "}, "masih kosong"),
        ({"stem": "x" * 8001}, "paling banyak 8000"),
        ({"level": "sulit"}, "'ingat', 'paham' or 'terapkan'"),
        ({"review": "sah"}, "'siap-ditelaah'"),
        ({"review": "disetujui"}, "tulis siap-ditelaah"),
        ({"options": [{"id": "a", "text": "A"}], "key": "a"}, "paling sedikit 2"),
        ({"options": "a"}, "harus berupa daftar"),
        ({"facts": []}, "paling sedikit 1"),
        ({"citation": "PKPU"}, "kumpulan kunci dan nilai"),
        ({"id": "Logistik 1"}, "pola"),
        ({"id": "logistik-0001"}, "pola"),
        ({"id": "koordinasi-001"}, "harus berawalan 'logistik-'"),
    ],
)
def test_a_wrong_value_is_refused_with_its_repair(values, repair):
    assert repair in one_fault(**values)[1]


STEPS = ["Buka", "Hitung", "Catat"]
PAIRS = [{"left": f"Kiri {n}", "right": f"Kanan {n}"} for n in (1, 2, 3)]


def arranging(kind: str, **keys) -> dict:
    bare = {key: value for key, value in raw_item().items() if key not in ("options", "key")}
    return {**bare, "type": kind, **keys}


@pytest.mark.parametrize(
    ("kind", "keys", "path", "repair"),
    [
        ("ordering", {"steps": ["", *STEPS]}, ("steps", 0), "'steps' masih kosong"),
        ("ordering", {"steps": [*STEPS, "  "]}, ("steps", 3), "'steps' masih kosong"),
        ("ordering", {"steps": [*STEPS, "x" * 201]}, ("steps", 3), "paling banyak 200"),
        ("matching", {"pairs": PAIRS, "extra": [" "]}, ("extra", 0), "'extra' masih kosong"),
        ("matching", {"pairs": PAIRS, "extra": ["x" * 201]}, ("extra", 0), "paling banyak 200"),
        (
            "matching",
            {"pairs": [*PAIRS, {"left": " ", "right": "Kanan 4"}]},
            ("pairs", 3, "left"),
            "'left' masih kosong",
        ),
    ],
)
def test_steps_and_partners_are_neither_blank_nor_endless(kind, keys, path, repair):
    (found,) = faults(raw_bank(arranging(kind, **keys)))
    assert found[0] == ("items", 0, *path)
    assert repair in found[1]


def test_an_id_used_twice_in_a_file_is_refused_the_second_time():
    assert faults(raw_bank(raw_item(1), raw_item(1)))[0][0] == ("items", 1, "id")


def test_all_faults_of_all_items_are_found_at_once():
    found = faults(raw_bank(raw_item(1, stem=1, key="z"), "x", raw_item(3, level="?", facts=["F999"])))
    assert [path for path, _ in found] == [("items", 0, "stem"), ("items", 1), ("items", 2, "level")]


@pytest.mark.parametrize("value", [None, [], "teks", {"competency": "logistik", "title": "", "items": []}])
def test_something_that_is_no_bank_at_all_is_refused(value):
    assert faults(value)


@pytest.mark.parametrize(
    ("facts", "cited", "note"),
    [
        (["F001"], citation("PKPU 8/2022", "Pasal 10", "ayat (1)"), ""),
        (["F001"], citation("PKPU 8/2022", "Pasal 10"), ""),
        (["F001"], citation("PKPU 8/2022"), ""),
        (["F001"], citation(), ""),
        (["F002"], citation("PKPU 8/2022"), ""),
        (["F003"], citation(LAW), "Dibaca pada Perpu 1/2014 Pasal 94."),
        (["F003", "F005"], citation(), ""),
        (["F004"], citation(), "Terlihat untuk Pemilu 2024."),
        (["F005"], citation(), ""),
    ],
)
def test_a_citation_that_its_facts_allow_is_accepted(facts, cited, note):
    assert faults(raw_bank(raw_item(facts=facts, citation=cited, review_note=note))) == []


@pytest.mark.parametrize(
    ("facts", "cited", "field"),
    [
        (["F001"], citation("PKPU 8/2022", "Pasal 1"), "citation"),
        (["F001"], citation("PKPU 8/2022", "Pasal 10", "ayat (2)"), "citation"),
        (["F001"], citation("PKPU 17/2024", "Pasal 10"), "citation"),
        (["F001"], citation("", "Pasal 10"), "citation"),
        (["F002"], citation("PKPU 8/2022", "Pasal 10"), "citation"),
        (["F003"], citation("UU 10/2016"), "citation"),
        (["F003"], citation(LAW, "Pasal 94"), "citation"),
        (["F003"], citation(LAW), "review_note"),
        (["F004"], citation("UU 7/2017"), "citation"),
        (["F004"], citation(), "review_note"),
        (["F005"], citation("PKPU 8/2022"), "citation"),
        (["F006"], citation(), "facts"),
        (["F001", "F999"], citation(), "facts"),
    ],
)
def test_what_the_facts_do_not_carry_is_refused(facts, cited, field):
    found = faults(raw_bank(raw_item(facts=facts, citation=cited)))
    assert field in {path[-1] for path, _ in found}


def test_a_place_goes_down_to_the_point_of_a_definition():
    facts = registers(fact(article="Pasal 1 angka 11"))
    cited = {**citation("PKPU 8/2022", "Pasal 1"), "point": "angka 11"}
    assert parse_bank(raw_bank(raw_item(citation=cited)), facts)[1] == []
    (fault,) = parse_bank(raw_bank(raw_item(citation={**cited, "point": "angka 12"})), facts)[1]
    assert "'Pasal 1 angka 12' tidak didukung" in fault.message


@pytest.mark.parametrize(
    ("instrument", "repair"),
    [
        ("PKPU 9/2022", "tulis id yang ada di sana"),
        ("Kepmendagri 300.2.2-2430/2025", "tidak berlaku pada 27-11-2024"),
    ],
)
def test_an_instrument_outside_the_register_or_not_in_force_is_refused(instrument, repair):
    known = registers(fact(regulation=instrument, article="", use="siap-tanpa-pasal"))
    (fault,) = parse_bank(raw_bank(raw_item(citation=citation(instrument))), known)[1]
    assert (fault.path[-1], repair in fault.message) == ("citation", True)
