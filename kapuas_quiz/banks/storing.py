"""Bank files as they lie on the disk: read whole, and put in place whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

BOM = "\ufeff"


class BankNotWritableError(Exception):
    """The folder of the banks, or the file, does not let itself be written by the application."""


class FileChangedMeanwhileError(Exception):
    """Somebody saved the file from outside while its new text was checked."""


class BankFileNotFound(Exception):
    """No file covers this area."""


@dataclass(frozen=True)
class BankText:
    """A bank file as text, without the mark that some editors put at its beginning."""

    path: Path
    text: str
    raw: bytes


def bank_text(folder: Path, area: str) -> BankText:
    """Read the file of an area.

    Raises BankFileNotFound, UnicodeDecodeError.
    """
    path = {path.stem: path for path in folder.glob("*.yaml")}.get(area)
    if path is None:
        raise BankFileNotFound(area)
    raw = path.read_bytes()
    return BankText(path, raw.decode("utf-8").removeprefix(BOM), raw)


@contextmanager
def beside(bank: BankText, text: str) -> Iterator[Path]:
    """Write a new text of a file beside it, to be checked and then put in place.

    Raises BankNotWritableError.
    """
    mark = BOM if bank.raw.startswith(BOM.encode()) else ""
    with _words_for_refusal(), tempfile.TemporaryDirectory(prefix=".tulis-", dir=bank.path.parent) as folder:
        draft = Path(folder) / bank.path.name
        _write_whole(draft, (mark + text).encode("utf-8"), like=bank.path)
        yield draft


def put_in_place(bank: BankText, draft: Path, then: Callable[[], None]) -> None:
    """Replace the file in one step; it comes back as it was when what follows fails.

    What somebody saved from outside in between stays.
    Raises BankNotWritableError, FileChangedMeanwhileError.
    """
    new = draft.read_bytes()
    with _words_for_refusal():
        _replace(bank.path, bank.raw, draft)
    try:
        then()
    except BaseException:
        with suppress(FileChangedMeanwhileError):
            _write_whole(draft, bank.raw, like=bank.path)
            _replace(bank.path, new, draft)
        raise


def _write_whole(path: Path, content: bytes, *, like: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    shutil.copymode(like, path)


def _replace(path: Path, expected: bytes, draft: Path) -> None:
    if not os.access(path, os.W_OK):
        raise PermissionError(path)
    if path.read_bytes() != expected:
        raise FileChangedMeanwhileError(path.name)
    draft.replace(path)
    _keep_folder(path.parent)


@contextmanager
def _words_for_refusal() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BankNotWritableError(str(error)) from error


def _keep_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
