"""Stems as typesetting needs them: the HTML that phones show, as nested values."""

from __future__ import annotations

import re
from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

Node = dict[str, Any]
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
FONT = "Libertinus Serif"
SINGLE = frozenset({"br", "img"})


def nodes_of(html: str) -> list[Node | str]:
    """Return a text's parts: strings, and {"tag", "body"} with an address or a drawing where it has one."""
    reader = _Reader()
    end = 0
    for found in SVG.finditer(html):
        reader.feed(html[end : found.start()])
        reader.add({"tag": "svg", "body": [], "source": printable(found[0])})
        end = found.end()
    reader.feed(html[end:])
    reader.close()
    return reader.root


def printable(svg: str) -> str:
    """Give a drawing the one font of our documents, and ink that an old printer still shows."""
    return svg.replace("sans-serif", FONT).replace("#bbb", "#aaa")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Node | str] = []
        self.open: list[Node] = []

    def add(self, part: Node | str) -> None:
        (self.open[-1]["body"] if self.open else self.root).append(part)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: Node = {"tag": tag, "body": []}
        if tag == "img":
            node |= _picture(dict(attrs))
        self.add(node)
        if tag not in SINGLE:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in SINGLE:
            if self.open.pop()["tag"] == tag:
                break

    def handle_data(self, data: str) -> None:
        if data.strip() or (data and self.open and self.open[-1]["tag"] not in ("ul", "ol", "table", "tr")):
            self.add(re.sub(r"\s+", " ", data))


def _picture(attributes: dict[str, str | None]) -> Node:
    """Return an author's picture: a drawing as its source, others as the bytes of a PNG."""
    head, _, body = (attributes.get("src") or "").partition(",")
    data = b64decode(body)
    words = {"alt": attributes.get("alt") or "", "width": int(attributes.get("width") or 0)}
    if "svg" in head:
        return {**words, "tag": "svg", "source": printable(data.decode("utf-8"))}
    from PIL import Image

    png = BytesIO()
    Image.open(BytesIO(data)).save(png, "PNG")
    return {**words, "bytes": list(png.getvalue())}
