"""Where a page may send its reader next: inside this installation only."""

from __future__ import annotations

from urllib.parse import urlsplit


def inside(target: str | None, default: str = "/") -> str:
    """Return path and query of a target that stays here, else the default."""
    text = target or ""
    if not text.startswith("/") or text.startswith("//") or "\\" in text or not text.isprintable():
        return default
    try:
        parts = urlsplit(text)
    except ValueError:
        return default
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
