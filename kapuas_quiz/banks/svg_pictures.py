"""SVG drawings of authors: refused, never repaired, unless they are shapes and text alone."""

from __future__ import annotations

import re
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml import sax as safe_sax

NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = set("svg g path rect circle ellipse line polyline polygon text tspan title desc".split())
_ATTRIBUTES = set(
    "xmlns version viewBox preserveAspectRatio width height x y x1 y1 x2 y2 dx dy cx cy r rx ry d points "
    "transform fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin "
    "stroke-dasharray stroke-opacity opacity font-size font-family font-weight text-anchor "
    "dominant-baseline role aria-label".split()
)
_VALUE = re.compile(r"(?!.*url\s*\()[\w\s.,#%()+/-]*", re.ASCII | re.DOTALL | re.IGNORECASE)
_SPOKEN = {"aria-label"}
_BOX = re.compile(r"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)\s*", re.ASCII)


class DrawingError(Exception):
    """A drawing that is refused: line and what is wrong."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def drawing_size(data: bytes) -> tuple[float, float]:
    """Check a drawing against the list of what is allowed; return width and height of its viewBox.

    Raises DrawingError.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DrawingError(
            1 + data.count(b"\n", 0, error.start), "bukan teks UTF-8; simpan ulang."
        ) from error
    handler = _Strict()
    try:
        safe_sax.parseString(data, handler, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DrawingError(handler.line, "DOCTYPE dan entitas tidak diterima; hapus.") from error
    except SAXException as error:
        line = getattr(error, "getLineNumber", lambda: handler.line)() or 1
        raise DrawingError(line, "susunan SVG tidak terbaca; periksa tanda < dan >.") from error
    return handler.size


class _Strict(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.size = (0.0, 0.0)
        self._where: object = None
        self._open = 0

    def setDocumentLocator(self, locator: object) -> None:  # noqa: N802 - the interface's name
        self._where = locator

    @property
    def line(self) -> int:
        """Return the line that is being read."""
        return getattr(self._where, "getLineNumber", lambda: 1)() or 1

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - the interface's name
        given = dict(attrs.items())  # type: ignore[attr-defined]
        if not self._open:
            self._root(name, given)
        self._open += 1
        if name not in _ELEMENTS:
            raise DrawingError(self.line, f"unsur <{name[:40]}> tidak diterima; hapus.")
        for key, value in given.items():
            if key not in _ATTRIBUTES:
                raise DrawingError(self.line, f"atribut '{key[:40]}' tidak diterima; hapus.")
            if key != "xmlns" and key not in _SPOKEN and not _VALUE.fullmatch(value):
                raise DrawingError(
                    self.line, f"isi atribut '{key}' tidak diterima; tulis angka, warna, atau kata."
                )
            if key == "xmlns" and value != NAMESPACE:
                raise DrawingError(self.line, f"xmlns harus {NAMESPACE}.")

    def _root(self, name: str, given: dict[str, str]) -> None:
        if name != "svg" or given.get("xmlns") != NAMESPACE:
            raise DrawingError(self.line, f'unsur pertama harus <svg xmlns="{NAMESPACE}">.')
        box = _BOX.fullmatch(given.get("viewBox", ""))
        if not box or not float(box[1]) or not float(box[2]):
            raise DrawingError(self.line, 'viewBox belum ada; tulis misalnya viewBox="0 0 320 200".')
        self.size = (float(box[1]), float(box[2]))

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802 - the interface's name
        raise DrawingError(self.line, f"perintah <?{target[:40]}?> tidak diterima; hapus.")
