"""Options as authors write them, and the faults that every type with options refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import Field
from pydantic_core import PydanticCustomError

from kapuas_quiz.core.authored import Shown, Strict


class OptionSource(Strict):
    """An option as an author writes it; the id stays when the text changes, `last` keeps it at the end."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]{0,7}$")
    text: Shown = Field(max_length=400)
    rationale: str = Field(default="", max_length=1000)
    last: bool = False


def refuse_twins(options: Iterable[OptionSource]) -> None:
    """Refuse two options with one id or one text, whatever their capitals."""
    options = list(options)
    refuse_twice("options", "id", [option.id for option in options])
    refuse_twice("options", "text", [option.text for option in options])


def refuse_twice(field: str, part: str, texts: Iterable[str]) -> None:
    """Refuse a text that stands twice in a list."""
    said = Counter(text.strip().casefold() for text in texts)
    again = [text for text, count in said.items() if count > 1]
    if again:
        raise PydanticCustomError("twice", "{value}", {"part": part, "value": again[0], "field": field})


def refuse_strangers(field: str, keys: Iterable[str], options: Sequence[OptionSource]) -> None:
    """Refuse a key that is no option."""
    known = [option.id for option in options]
    for key in keys:
        if key not in known:
            ids = ", ".join(known)
            raise PydanticCustomError(
                "key_without_option", "{value}", {"value": key, "ids": ids, "field": field}
            )
