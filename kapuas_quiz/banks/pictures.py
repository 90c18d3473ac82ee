"""Pictures of stems: from a file beside the bank to a small data URI with its size."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kapuas_quiz.banks.svg_pictures import DrawingError, drawing_size
from kapuas_quiz.core.bank import Bank, BankFault

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 2 * 1024 * 1024
MOST_PIXELS = 20_000_000
WIDTHS = (640, 560, 480, 400, 320)
QUALITIES = (80, 60, 40)
TALLEST = 3
"""Times its width: what is taller does not fit on a phone beside its options."""
HEAVIEST = 12 * 1024
"""Bytes of the data URI; a form has dozens of items."""

Picture = dict[str, Any]
PLAIN = "<> /:;,.=()'+-"


class PictureError(Exception):
    """A picture that is refused, in words for its author."""


def load_picture(folder: Path, name: str, alt: str) -> Picture:
    """Return alt, src, width, height, bytes (of src) and sha256 (of the file). Raises PictureError."""
    data = _data(folder, name)
    if Path(name).suffix.lower() == ".svg":
        # Drawings stay readable: written in base64 they would hardly shrink on the way to a phone.
        size = _drawn(name, data)
        src = f"data:image/svg+xml,{quote(data, safe=PLAIN)}"
    else:
        body, size = _shrunk(data)
        src = f"data:image/webp;base64,{b64encode(body).decode('ascii')}"
    if len(src) > HEAVIEST:
        raise PictureError(f"gambar menjadi {len(src) // 1024 + 1} kB, paling banyak 12 kB; sederhanakan.")
    return {
        "alt": alt,
        "src": src,
        "width": size[0],
        "height": size[1],
        "bytes": len(src),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def with_pictures(bank: Bank, folder: Path) -> tuple[Bank, list[BankFault]]:
    """Read the pictures that a bank's items name, from files in its folder."""
    pictures, faults = dict[str, Picture](), []
    for index, item in enumerate(bank.items):
        if item.picture:
            try:
                pictures[item.id] = load_picture(folder, item.picture.file, item.picture.alt)
            except PictureError as error:
                faults.append(BankFault(("items", index, "picture", "file"), str(error)))
    return (replace(bank, pictures=pictures) if pictures else bank), faults


def picture_html(picture: Picture) -> str:
    """Return the picture as it stands under a stem."""
    width, height, alt = picture["width"], picture["height"], escape(picture["alt"])
    return f'<p><img src="{escape(picture["src"])}" alt="{alt}" width="{width}" height="{height}"></p>'


def _data(folder: Path, name: str) -> bytes:
    home = folder.resolve()
    try:
        path = (home / name).resolve()
        if "\\" in name or Path(name).is_absolute() or not path.is_relative_to(home):
            raise PictureError("gambar harus berada di dalam folder bank soal; perbaiki alamatnya.")
        if not path.is_file():
            raise PictureError(f"gambar '{name}' tidak ditemukan; periksa namanya.")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError, RuntimeError) as error:
        raise PictureError("gambar tidak dapat dibaca; periksa nama dan izinnya.") from error
    if len(data) > LARGEST_FILE:
        raise PictureError("gambar lebih besar dari 2 MB; kecilkan.")
    return data


def _drawn(name: str, data: bytes) -> tuple[int, int]:
    if len(data) > HEAVIEST:
        raise PictureError(f"gambar {len(data) // 1024 + 1} kB, paling banyak 12 kB; sederhanakan.")
    try:
        width, height = drawing_size(data)
    except DrawingError as error:
        raise PictureError(f"{name}:{error.line}: {error.message}") from error
    share = min(1.0, WIDTHS[0] / width)
    return _whole(width * share, height * share)


def _whole(width: float, height: float) -> tuple[int, int]:
    if height > TALLEST * width:
        raise PictureError("gambar terlalu tinggi untuk ponsel; paling banyak tiga kali lebarnya.")
    return max(1, round(width)), max(1, round(height))


def _shrunk(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """Scale and compress in steps until it is light enough; the last step where none is."""
    picture = _opened(data)
    _whole(*picture.size)
    body, size = b"", (0, 0)
    for step in _steps(picture):
        body, size = step
        if len(body) * 4 / 3 + 40 <= HEAVIEST:
            break
    return body, size


def _steps(picture: Image) -> Iterator[tuple[bytes, tuple[int, int]]]:
    for width in WIDTHS:
        if width > picture.width and width != WIDTHS[-1]:
            continue
        copy = picture.copy()
        copy.thumbnail((width, width * TALLEST))
        for quality in QUALITIES:
            body = BytesIO()
            copy.save(body, "WEBP", quality=quality, method=6)
            yield body.getvalue(), copy.size


def _opened(data: bytes) -> Image:
    """Decode a still picture of bounded size, upright, on white."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        picture = Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
        if picture.width * picture.height > MOST_PIXELS:
            raise PictureError("gambar lebih dari 20 juta piksel; kecilkan.")
        if getattr(picture, "n_frames", 1) > 1:
            raise PictureError("gambar bergerak tidak diterima; simpan satu gambar saja.")
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except UnidentifiedImageError as error:
        raise PictureError("bukan gambar PNG, JPEG, WebP, atau SVG; simpan ulang.") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError("gambar rusak atau terpotong; simpan ulang.") from error
    white = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(white, upright).convert("RGB")
