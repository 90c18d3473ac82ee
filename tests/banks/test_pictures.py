"""A picture in a stem is small, safe and described before it comes near a phone."""

import base64
import struct
import zlib
from html import escape
from io import BytesIO
from urllib.parse import unquote_to_bytes

import pytest
from PIL import Image

from kapuas_quiz.banks.files import read_bank
from kapuas_quiz.banks.pictures import HEAVIEST, PictureError, load_picture, picture_html
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.rendering import rendered
from kapuas_quiz.core.bank import content_digest, revision_content
from tests.banks.writing import item, write_bank

ALT = "Denah sebuah TPS."


def svg(inside: str = '<rect width="10" height="10" fill="#888"/>', head: str = "", more: str = "") -> bytes:
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"{more}>'
    return f"{head}{start}\n{inside}\n</svg>".encode()


def bitmap(kind: str, size=(1200, 800), colour="lightgray") -> bytes:
    body = BytesIO()
    Image.new("RGB", size, colour).save(body, kind)
    return body.getvalue()


def noise(side: int) -> bytes:
    body = BytesIO()
    Image.effect_noise((side, side), 90).save(body, "PNG")
    return body.getvalue()


def load(folder, data: bytes, name: str = "x.png"):
    (folder / name).write_bytes(data)
    return load_picture(folder, name, ALT)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_bitmap_is_scaled_and_compressed_to_what_a_phone_can_bear(tmp_path, kind):
    picture = load(tmp_path, bitmap(kind))
    assert (picture["width"], picture["height"], picture["alt"]) == (640, 427, ALT)
    assert picture["bytes"] == len(picture["src"]) <= HEAVIEST
    body = base64.b64decode(picture["src"].removeprefix("data:image/webp;base64,"))
    assert Image.open(BytesIO(body)).size == (640, 427)


def test_a_small_bitmap_is_not_blown_up(tmp_path):
    assert load(tmp_path, bitmap("PNG", (200, 100)))["width"] == 200


def test_a_drawing_is_kept_as_it_is(tmp_path):
    picture = load(tmp_path, svg(), "x.svg")
    assert unquote_to_bytes(picture["src"].removeprefix("data:image/svg+xml,")) == svg()
    assert (picture["width"], picture["height"]) == (320, 200)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (svg("<script>alert(1)</script>"), 2),
        (svg('<rect onload="x()"/>'), 2),
        (svg("<foreignObject/>"), 2),
        (svg('<image href="https://contoh.id/x.png"/>'), 2),
        (svg('<use href="#a"/>'), 2),
        (svg('<a href="javascript:x()"><rect/></a>'), 2),
        (svg('<rect style="fill:red"/>'), 2),
        (svg("<style>*{}</style>"), 2),
        (svg('<rect fill="url(https://contoh.id)"/>'), 2),
        (svg('<rect fill="URL (#a)"/>'), 2),
        (svg('<animate attributeName="x"/>'), 2),
        (svg(more=' xmlns:xlink="http://www.w3.org/1999/xlink"'), 1),
        (svg(head='<?xml-stylesheet href="x.css"?>\n'), 1),
        (svg(head="<!DOCTYPE svg>\n"), 1),
        (svg("&x;", head='<!DOCTYPE svg [<!ENTITY x "y">]>\n'), 1),
        (svg("<rect>"), 3),
        (svg()[:60], 1),
        (b'<svg viewBox="0 0 1 1"/>', 1),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', 1),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', 1),
        (b"<html/>", 1),
        (b"", 1),
        (svg().decode().encode("utf-16"), 1),
        (b"\n" + "\u00e9".encode("latin-1"), 2),
    ],
)
def test_a_drawing_with_anything_but_shapes_and_text_is_refused_with_its_line(tmp_path, data, line):
    with pytest.raises(PictureError, match=rf"^x\.svg:{line}: "):
        load(tmp_path, data, "x.svg")


def test_a_drawing_of_deep_nesting_is_read_without_recursion(tmp_path):
    assert load(tmp_path, svg("<g>" * 900 + "</g>" * 900), "x.svg")["width"] == 320


def test_a_heavy_drawing_is_refused(tmp_path):
    with pytest.raises(PictureError, match="paling banyak 12 kB"):
        load(tmp_path, svg("<rect/>" * 2000), "x.svg")


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and has no more than a few bytes of it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png_of(60_000, 60_000), "rusak|piksel"),
        (png_of(5_000, 5_000), "piksel"),
        (png_of(300, 300), "rusak"),
        (bitmap("PNG")[:200], "rusak"),
        (bitmap("JPEG")[:400], "rusak"),
        (bitmap("GIF"), "bukan gambar"),
        (b"%PDF-1.7", "bukan gambar"),
        (b"", "bukan gambar"),
        (svg(), "bukan gambar"),
        (bitmap("PNG", (10, 100)), "terlalu tinggi"),
        (b"\0" * (2 * 1024 * 1024 + 1), "2 MB"),
        (noise(900), "12 kB"),
    ],
)
def test_a_bitmap_that_is_broken_huge_or_of_another_kind_is_refused(tmp_path, data, words):
    with pytest.raises(PictureError, match=words):
        load(tmp_path, data)


def test_a_moving_picture_is_refused(tmp_path):
    body, frames = BytesIO(), [Image.new("RGB", (20, 20), colour) for colour in ("white", "black")]
    frames[0].save(body, "PNG", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureError, match="bergerak"):
        load(tmp_path, body.getvalue())


@pytest.mark.parametrize("name", ["../luar.png", "/etc/hostname", "gambar\\x.png", "tautan.png", "a\0b", "."])
def test_a_picture_outside_the_folder_of_the_banks_is_refused(tmp_path, name):
    folder = tmp_path / "banks"
    folder.mkdir()
    (tmp_path / "luar.png").write_bytes(bitmap("PNG"))
    (folder / "tautan.png").symlink_to(tmp_path / "luar.png")
    with pytest.raises(PictureError, match="folder|dibaca|ditemukan"):
        load_picture(folder, name, ALT)


def test_the_picture_stands_under_the_stem_with_size_and_escaped_description(tmp_path):
    (tmp_path / "x.svg").write_bytes(svg())
    said = load_picture(tmp_path, "x.svg", 'Denah "TPS" <script>')
    html = picture_html(said)
    assert 'alt="Denah &quot;TPS&quot; &lt;script&gt;" width="320" height="200"' in html


def picture_item(tmp_path, data: bytes, **values):
    (tmp_path / "x.svg").write_bytes(data)
    path = write_bank(tmp_path, item(1, picture={"file": "x.svg", "alt": ALT}, **values))
    return path, read_bank(path, load_registers())


def test_a_refused_picture_is_a_fault_of_the_bank_at_its_line(tmp_path):
    path, reading = picture_item(tmp_path, svg("<script/>"))
    line = 1 + path.read_text().splitlines().index("    file: x.svg")
    (fault,) = reading.faults
    assert str(fault).startswith(f"{path}:{line}: soal logistik-001, picture.file: x.svg:2: unsur <script>")


def test_another_drawing_is_another_wording_and_its_html_shows_it(tmp_path):
    digests = []
    for inside in ("<rect/>", "<circle/>", "<rect/>"):
        _, reading = picture_item(tmp_path, svg(inside))
        source, picture = reading.bank.items[0], reading.bank.pictures["logistik-001"]
        content = revision_content(source, load_registers(), picture)
        digests.append(content_digest(content))
        assert escape(picture["src"]) in rendered(content)["stem_html"]
        assert content_digest(rendered(content)) == digests[-1]
    assert digests[0] == digests[2] != digests[1]


@pytest.mark.parametrize("alt", ["", "TPS", "a" * 301])
def test_a_picture_needs_a_description(tmp_path, alt):
    path = write_bank(tmp_path, item(1, picture={"file": "x.svg", "alt": alt}))
    assert [fault.where for fault in read_bank(path, load_registers()).faults] == [
        "soal logistik-001, picture.alt"
    ]
