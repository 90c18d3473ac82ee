"""Writing small files so that a cut leaves the old or the new one, and the files beside the database."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

SECRET = "rahasia.json"  # noqa: S105 - the name of a file
BANKS = "bank"


def write_synced(path: Path, content: bytes, *, synced: bool = True) -> None:
    """Replace a file by a whole new one that is on the disk before this returns, unless not `synced`."""
    part = path.with_name(path.name + ".sebagian")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        if synced:
            file.flush()
            os.fsync(file.fileno())
    _replace(part, path)
    if synced:
        sync_folder(path.parent)


def _replace(part: Path, path: Path) -> None:
    """Rename; Windows refuses while somebody reads the old file, which takes a moment at most."""
    for _ in range(50):
        try:
            part.replace(path)
            return
        except PermissionError:
            time.sleep(0.01)
    part.replace(path)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system has a way to."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some file systems of memory sticks have no such call for folders.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_json(path: Path, content: Mapping[str, Any], *, synced: bool = True) -> None:
    """Replace a JSON file as a whole."""
    write_synced(path, json.dumps(content, ensure_ascii=False).encode(), synced=synced)


def read_json(path: Path) -> dict[str, Any] | None:
    """Read a JSON object; None when there is none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


class Beside:
    """What a spare needs beside the database: the secret, the banks and their pictures.

    Names are paths inside the copy's folder.
    """

    def __init__(self, data: Path, banks: Path) -> None:
        """Look nowhere yet."""
        self.data, self.banks = data, banks
        self._seen: dict[str, tuple[tuple[int, int], str]] = {}

    def look(self) -> dict[str, str]:
        """Return the digest of each file; only what changed is read again."""
        found = {}
        for name, path in self._paths():
            with suppress(OSError):
                found[name] = self._digest(name, path)
        return found

    def content(self, name: str) -> bytes:
        """Return a file's bytes."""
        return (self.data / name if name == SECRET else self.banks / name.partition("/")[2]).read_bytes()

    def _digest(self, name: str, path: Path) -> str:
        state = path.stat()
        signature = (state.st_mtime_ns, state.st_size)
        known = self._seen.get(name)
        if known is None or known[0] != signature:
            known = self._seen[name] = (signature, content_digest(path.read_bytes()))
        return known[1]

    def _paths(self) -> Iterator[tuple[str, Path]]:
        yield SECRET, self.data / SECRET
        for path in sorted(self.banks.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".sebagian":
                yield f"{BANKS}/{path.relative_to(self.banks).as_posix()}", path


def content_digest(content: bytes) -> str:
    """Digest a small file."""
    return hashlib.sha256(content).hexdigest()


def is_inside(name: str) -> bool:
    """Tell whether a name from outside stays inside the copy's folder."""
    parts = PurePosixPath(name).parts
    return name == SECRET or (parts[:1] == (BANKS,) and len(parts) > 1 and not _strange(name, parts))


def _strange(name: str, parts: tuple[str, ...]) -> bool:
    return ".." in parts or "\\" in name or ":" in name or "\0" in name
