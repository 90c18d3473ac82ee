"""Only plain YAML is read; what could mislead or exhaust a reader is refused with its line."""

import pytest

from kapuas_quiz.banks.yaml_events import parse


def messages(text: str) -> list[tuple[int, str]]:
    return parse(text).faults


def test_values_and_the_line_of_each_path():
    document = parse("a: satu\nb:\n  - x\n  - k: v\n")
    assert document.value == {"a": "satu", "b": ["x", {"k": "v"}]}
    assert document.faults == []
    assert [document.line_of(path) for path in [("a",), ("b",), ("b", 0), ("b", 1, "k")]] == [1, 2, 3, 4]
    assert document.line_of(("b", 1, "tidak", "ada")) == 4


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "on",
        "12:30",
        "007",
        "07.00",
        "2024-11-27",
        "0x1F",
        "1_000",
        "=",
        "<<",
        ".5",
        "+1",
        "TRUE",
    ],
)
def test_what_older_yaml_would_turn_into_something_else_stays_text(text):
    assert parse(f"a: {text}").value == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('""', ""),
        ("|\n  12\n", "12\n"),
    ],
)
def test_plain_scalars_are_typed_as_in_json_and_quoted_ones_are_text(text, value):
    assert parse(f"a: {text}").value == {"a": value}


def test_a_key_written_twice_is_refused_with_both_lines():
    assert messages("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n") == [
        (4, "kunci 'c' sudah ditulis pada baris 3; hapus salah satu."),
        (5, "kunci 'a' sudah ditulis pada baris 1; hapus salah satu."),
    ]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: &x 1\n", 1, "jangkar"),
        ("a: 1\nb: *x\n", 2, "alias"),
        ("a: !!str 1\n", 1, "tag"),
        ("a: !!python/object/apply:os.system ['ls']\n", 1, "tag"),
        ("a: 1\n--- \nb: 1\n", 2, "satu dokumen"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("a: satu: dua\n", 1, "tanda kutip"),
        ("a: 'belum ditutup\n", 2, "YAML"),
        ("a: \x00\n", 1, "huruf kendali"),
        ("a: 1\nb: \x1b[31m\n", 2, "huruf kendali"),
        ("? [a]\n: 1\n", 1, "kunci harus satu kata"),
        ("", 1, "kosong"),
        ("# hanya catatan\n", 1, "kosong"),
        ("&k a: 1\n", 1, "jangkar"),
    ],
)
def test_a_trick_or_a_slip_is_refused_with_its_line(text, line, word):
    found = messages(text)
    assert any(at == line and word in message for at, message in found), found


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 50_000, "- " * 60_000, "a: " + "[" * 30_000 + "]" * 30_000]
)
def test_hostile_nesting_is_refused_and_kills_nothing(text):
    assert any("20 tingkat" in message for _, message in messages(text))


def test_a_bomb_of_aliases_is_refused_before_it_grows():
    rows = ["a: &a [x, x, x]"] + [
        f"{name}: &{name} [*{prior}, *{prior}]" for prior, name in zip("abcdefg", "bcdefgh", strict=True)
    ]
    document = parse("\n".join(rows))
    assert len([1 for _, message in document.faults if "alias" in message]) == 14
    assert document.value["h"] == [None, None]


def test_a_number_of_a_million_digits_does_not_stop_the_reader():
    assert isinstance(parse("a: " + "9" * 1_000_000).value["a"], int)
