"""Authors' Markdown to HTML that a phone may show: text structure only, no links or scripts."""

from __future__ import annotations

from typing import Any

import nh3
from markdown_it import MarkdownIt

from kapuas_quiz.banks.pictures import picture_html

_MARKDOWN = MarkdownIt("js-default", {"html": False}).disable(["link", "image", "autolink", "linkify"])
_TAGS = {
    "p", "br", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def to_html(markdown: str) -> str:
    """Render Markdown; raw HTML in it is shown as text."""
    return nh3.clean(_MARKDOWN.render(markdown), tags=_TAGS, attributes={}).strip()


def rendered(content: dict[str, Any]) -> dict[str, Any]:
    """Return a revision content with the HTML of its Markdown parts added, in the parts of a case too."""
    whole = {**content, **{f"{name}_html": to_html(content[name]) for name in ("stem", "rationale")}}
    if "src" in content.get("picture", {}):
        whole["stem_html"] += picture_html(content["picture"])
    if "parts" in content:
        whole["parts"] = [rendered(part) for part in content["parts"]]
    return whole
