"""A browser's own description of itself, in words that its owner recognises."""

from __future__ import annotations

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def describe(user_agent: str) -> str:
    """Name browser and system: "Firefox, Windows"; empty when neither is recognised."""
    found = (
        next((word for mark, word in words.items() if mark in user_agent), "")
        for words in (BROWSERS, SYSTEMS)
    )
    return ", ".join(word for word in found if word)
