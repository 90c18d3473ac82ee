"""Keep what somebody filled in when it arrives without a valid session or token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

LARGEST = 64 * 1024
SECRET_PARTS = ("password", "sandi")
SECRET_WORDS = frozenset({"old", "again", "pin"})
TOKEN = "csrf_token"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class KeptForm:
    """A submission that can be sent again from the page that answers it."""

    action: str
    fields: tuple[tuple[str, str], ...]
    without_files: bool
    without_secrets: bool


def keep() -> KeptForm | None:
    """Return the submission of this request.

    None when it did not come from a page of ours, is no form, or is larger than 64 kB.
    """
    if request.method != "POST" or not _is_form() or not _from_own_page():
        return None
    try:
        sent = list(request.form.items(multi=True))
        files = any(file.filename for file in request.files.values())
    except HTTPException:
        return None
    sent = [(name, value) for name, value in sent if not name.endswith(TOKEN)]
    fields = tuple((name, value) for name, value in sent if not is_secret(name))
    if sum(len(name.encode()) + len(value.encode()) for name, value in fields) > LARGEST:
        return None
    return KeptForm(request.full_path.rstrip("?"), fields, files, len(fields) < len(sent))


def is_secret(name: str) -> bool:
    """Tell whether a field of this name must never be written into a page."""
    plain = name.lower()
    words = re.split(r"[^a-z]+", plain)
    return any(part in plain for part in SECRET_PARTS) or not SECRET_WORDS.isdisjoint(words)


def _is_form() -> bool:
    return request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")


def _from_own_page() -> bool:
    """Trust the browser's Origin, or the Referer where it sends none; a stranger's page can fake neither."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(sender)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}/" == request.host_url
