"""What authors write in more than one kind of file: strict parts, citations, levels, review states."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Level = Literal["ingat", "paham", "terapkan"]
ReviewState = Literal["draf", "siap-ditelaah", "disetujui", "ditarik"]
WrittenState = Literal["draf", "siap-ditelaah", "ditarik"]
"""What a bank file may say; an approval is a decision of a named person, see core.review."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("string_too_short", "blank")
    return text


Shown = Annotated[str, Field(min_length=1), AfterValidator(_not_blank)]
"""A text that shows something."""

Line = Annotated[Shown, Field(max_length=200)]
"""A short one, such as a step."""


class Strict(BaseModel):
    """A part of an authored file: unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Citation(Strict):
    """Where the law says so; a field that is not known, or may not be cited, is empty.

    instrument: an id of the register of instruments.  point: the number of an `angka`.
    """

    instrument: str = Field(max_length=200)
    article: str = Field(max_length=60)
    paragraph: str = Field(max_length=60)
    letter: str = Field(max_length=60)
    point: str = Field(default="", max_length=60)


class Waiver(Strict):
    """A rule of the lint that is set aside here, and why."""

    rule: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=60)
    reason: str = Field(min_length=10, max_length=400)


class PictureSource(Strict):
    """A picture in a stem: a file beside the bank, and what it shows for those who cannot see it."""

    file: str = Field(min_length=1, max_length=200)
    alt: str = Field(min_length=5, max_length=300)
