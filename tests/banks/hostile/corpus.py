"""Hostile bank files: (what it is, bytes, line of a fault or None where the file is right)."""

from __future__ import annotations

import yaml

from tests.core.bank_samples import raw_bank, raw_item

GOOD = {"facts": ["F033"]}


def good(**values) -> str:
    """A right file of one item, as an author would write it."""
    bank = raw_bank(raw_item(**{**GOOD, **values}))
    return yaml.safe_dump(bank, sort_keys=False, allow_unicode=True)


def with_stem(text: str) -> str:
    """A right file but for its stem, written as YAML text."""
    return "\n".join(f"  stem: {text}" if "stem:" in row else row for row in good().split("\n"))


STEM = 1 + next(at for at, row in enumerate(good().split("\n")) if "stem:" in row)
BOMB = "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MANY = "competency: 08-logistik\ntitle: Logistik\nitems:\n" + "".join(
    f"- id: x-{number % 1000:03}\n" for number in range(100_000)
)

CASES: list[tuple[str, bytes, int | None]] = [
    ("python object", with_stem("!!python/object/apply:os.system ['id']").encode(), STEM),
    ("python name", with_stem("!!python/name:os.system x").encode(), STEM),
    ("local tag", with_stem("!x y").encode(), STEM),
    ("billion laughs", f"a: &a [x]\n{BOMB}".encode(), 1),
    ("alias of itself", b"a: &a [*a]\n", 1),
    ("merge key", b"a: &a {b: c}\n<<: *a\n", 1),
    ("60 kB of brackets", b"a: " + b"[" * 30_000 + b"]" * 30_000, 1),
    ("60 kB of braces", b"{a: " * 15_000, 1),
    ("60 kB of dashes", b"- " * 30_000, 1),
    ("60 kB of question marks", b"? " * 30_000, 1),
    ("deep indentation", "".join(f"{' ' * n}a:\n" for n in range(1000)).encode(), 22),
    ("UTF-16", good().encode("utf-16"), 1),
    ("UTF-16 without mark", good().encode("utf-16-le"), 1),
    ("UTF-32", good().encode("utf-32"), 1),
    ("latin-1", with_stem("caf\u00e9").encode("latin-1"), STEM),
    ("overlong UTF-8", with_stem("x").encode().replace(b"stem: x", b"stem: \xc0\xaf"), STEM),
    ("lone surrogate", with_stem("x").encode().replace(b"stem: x", b"stem: \xed\xa0\x80"), STEM),
    ("escaped surrogate", with_stem('"\\ud800"').encode(), STEM),
    ("NUL", with_stem("a\0b").encode(), STEM),
    ("escape sequence", with_stem("\x1b[2J").encode(), STEM),
    ("byte order mark", b"\xef\xbb\xbf" + good().encode(), None),
    ("CRLF", good().replace("\n", "\r\n").encode(), None),
    ("emoji", with_stem("\U0001f5f3\ufe0f Apa langkah **pertama**?").encode(), None),
    ("Arabic in a stem", with_stem("\u0627\u0644\u0633\u0644\u0627\u0645 Apa artinya?").encode(), None),
    ("direction override in an id", good(id="logistik\u202e-001").encode(), 4),
    ("zero-width space in an id", good(id="logistik\u200b-001").encode(), 4),
    ("Cyrillic letter in an id", good(id="logistik-\u0430-001").encode(), 4),
    ("full-width digits in an id", good(id="logistik-\uff10\uff10\uff11").encode(), 4),
    ("key twice", good().replace("  key: b", "  key: a\n  key: b").encode(), 17),
    ("unknown key", good(kunci="b").encode(), 27),
    ("key not among the options", good(key="z").encode(), 16),
    ("two keys", good(key=["a", "b"]).encode(), 16),
    ("number for a stem", with_stem("12").encode(), STEM),
    ("infinity", with_stem(".inf").encode(), None),
    ("1e999", with_stem("1e999").encode(), STEM),
    ("giant integer", with_stem("9" * 1_000_000).encode(), STEM),
    ("giant exponent", with_stem("1e" + "9" * 100_000).encode(), STEM),
    ("half a file", good()[: len(good()) // 2].encode(), 4),
    ("cut in a quoted text", b"competency: '08-log", 1),
    ("2 MB on one line", b"a: " + b"x" * (2 * 1024 * 1024 - 3), 1),
    ("more than 2 MB", b"# \n" * 800_000, 1),
    ("100,000 keys", "".join(f"k{n}: 1\n" for n in range(100_000)).encode(), 1),
    ("one key 100,000 times", b"a: 1\n" * 100_000, 1),
    ("100,000 faulty items", MANY.encode(), 3),
    ("key of 1 MB", b"k" * 1_000_000 + b": 1\n", 1),
    ("tabs", good().replace("  stem", "\tstem").encode(), STEM),
    ("two documents", good().encode() + b"---\na: 1\n", 27),
    ("directive", b"%YAML 1.1\n---\n" + good().encode(), None),
    ("unknown directive", b"%TAG ! tag:x,2000:\n---\n" + good().encode(), None),
    ("regex-hostile id", good(id="a" + "-a" * 25 + "!").encode(), 4),
    ("regex-hostile area", good().replace("08-logistik", "08" + "-a" * 28 + "!", 1).encode(), 1),
    ("quadratic brackets", with_stem("'" + "[" * 7990 + "'").encode(), None),
    ("quadratic pictures", with_stem("'" + "![" * 3990 + "'").encode(), None),
    ("quadratic emphasis", with_stem("'" + "*a_ " * 1990 + "'").encode(), None),
    ("quadratic quotes", with_stem("'" + ">" * 7990 + "'").encode(), None),
    ("stem too long", with_stem("'" + "[" * 9000 + "'").encode(), STEM),
    ("regex-hostile number", with_stem("'" + "1" * 7000 + " sampai'").encode(), None),
    ("null", b"~\n", 1),
    ("only a list", b"- a\n", 1),
    ("nothing", b"", 1),
    ("zip file", b"PK\x03\x04" + bytes(range(256)), 2),
]
