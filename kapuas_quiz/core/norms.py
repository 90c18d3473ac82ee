"""Which places of the law a wording rests on, and whether a change of the law touches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kapuas_quiz.core.articles import overlap, places
from kapuas_quiz.core.facts import Fact, laws_of

Touch = Literal["kena", "mungkin"]


@dataclass(frozen=True)
class Norm:
    """A place in the law; an article that is not known is empty."""

    instrument: str
    article: str


def norms(content: Mapping[str, Any], facts: Mapping[str, Fact]) -> frozenset[Norm]:
    """Return every place that a wording rests on: by its citations, and by the facts under it.

    Ballots rest on what their rule cells cite, result forms on what their layout and its rules rest on.
    A citation of a whole instrument says no more than a fact that was read at a place in it.
    """
    parts = list(parts_of(content))
    cited = {norm for part in parts if (norm := _cited(part))}
    seen = {norm for part in parts for norm in _read(part, facts)}
    placed = {norm.instrument for norm in cited | seen if norm.article}
    return frozenset(seen | {norm for norm in cited if norm.article or norm.instrument not in placed})


def touch(rested: Iterable[Norm], instrument: str, article: str) -> Touch | None:
    """Tell whether a change of an article touches what a wording rests on.

    article: empty when the whole instrument changed.
    Returns "kena" where it does, "mungkin" where only the instrument is known or the place cannot be read,
    None where it does not.
    """
    inside = [norm.article for norm in rested if f"{norm.instrument} ".startswith(f"{instrument} ")]
    if not inside:
        return None
    if not article:
        return "kena"
    known = [places(place) for place in inside]
    changed = places(article) or []
    if any(overlap(one, other) for place in known if place for one in place for other in changed):
        return "kena"
    return None if all(known) and changed else "mungkin"


def parts_of(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a content, and the rule cells, layout and layout rules that it keeps."""
    yield content
    yield from content.get("cells", ())
    layout = content.get("form", {})
    yield layout
    yield from layout.get("rules", ())


def _cited(part: Mapping[str, Any]) -> Norm | None:
    citation = part.get("citation") or {}
    if not citation.get("instrument"):
        return None
    place = (citation.get(name) for name in ("article", "paragraph", "letter", "point"))
    return Norm(citation["instrument"], " ".join(word for word in place if word))


def _read(part: Mapping[str, Any], facts: Mapping[str, Fact]) -> Iterator[Norm]:
    """Yield the places at which the facts of a part were read."""
    for fact in (facts[name] for name in part.get("facts", ()) if name in facts):
        yield from (Norm(law.split(" jo. ")[0], fact.article) for law in laws_of(fact.regulation) if law)
