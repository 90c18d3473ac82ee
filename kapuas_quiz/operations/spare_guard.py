"""What stands between a start and a second live laptop, and what runs beside the server for the spare."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.operations.spare import OccupiedFolderError, UnusableFolderError, attach_folder
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_image import top_entry
from kapuas_quiz.operations.spare_keeper import SpareKeeper
from kapuas_quiz.operations.spare_state import Kind, bound_mark, read_attached
from kapuas_quiz.operations.supervisor import Supervisor
from kapuas_quiz.operations.tenure import (
    database_file,
    newest_tenure,
    note_replaced,
    read_only,
    replaced_by,
    stored_epoch,
)
from kapuas_quiz.settings import Settings

REPLACED = (
    "Laptop ini sudah DIGANTIKAN: laptop lain telah mengambil alih tes ini, dan hanya satu yang boleh "
    "melayani.\nTidak ada yang diubah; data di laptop ini tetap ada. HP peserta kini tersambung ke laptop "
    "pengganti.\nBila laptop ini hendak dipakai lagi, jadikan ia cadangan: docs/operator/laptop-cadangan.md."
)


OCCUPIED = (
    "di {folder} sudah ada salinan kegiatan lain, atau salinan yang sudah diambil alih laptop lain. Tidak "
    "ada yang diubah: pakai flash disk lain, atau ganti nama folder kapuas-cadangan di sana."
)


class ReplacedError(Exception):
    """A laptop of a later tenure is live; the message says so."""


def refuse_replaced(settings: Settings) -> None:
    """Ask whoever may know whether another laptop took over; raise ReplacedError when one did.

    Asked are this laptop's memory, the folder of its copy, its spare laptop, and the addresses printed on
    the badges of present trainings, as far as they are not its own.
    """
    database = database_file(settings.database_url)
    if settings.demo or database is None or not database.is_file():
        return
    epoch = stored_epoch(database)
    for found in (replaced_by(settings.data), _in_folder(settings.data), _in_the_hall(settings, database)):
        if found > epoch:
            note_replaced(settings.data, found)
            raise ReplacedError(REPLACED)


def _in_folder(data: Path) -> int:
    attached = read_attached(data)
    if attached is None or attached.kind is not Kind.FOLDER:
        return 0
    folder = CopyFolder(Path(attached.where))
    return folder.promoted() if folder.identity() == attached.identity else 0


def _in_the_hall(settings: Settings, database: Path) -> int:
    attached = read_attached(settings.data)
    addresses = {f"http://{attached.host}:{settings.port}"} if attached and attached.host else set()
    printed = printed_addresses(database, day=datetime.now(UTC).date())
    return newest_tenure(settings.secrets, elsewhere(addresses | set(printed)))


def printed_addresses(database: Path, *, day: date, immutable: bool = False) -> list[str]:
    """Return the addresses on the badges of trainings not over on a day; [] when that cannot be read."""
    question = "SELECT DISTINCT address FROM training WHERE ends_on >= ? ORDER BY address"
    try:
        with closing(read_only(database, immutable=immutable)) as found:
            rows = found.execute(question, (day.isoformat(),)).fetchall()
            return [row[0].rstrip("/") for row in rows if _host(row[0])]
    except sqlite3.Error:
        return []


def elsewhere(addresses: Iterable[str]) -> list[str]:
    """Leave out the addresses of this machine."""
    own = {one.ip for one in local_addresses()} | {"127.0.0.1", "localhost"}
    return sorted(one for one in addresses if _host(one) not in own)


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def attach_chosen(settings: Settings) -> None:
    """Attach the folder of the settings; one that is not there now leaves everything as it was."""
    database, folder = database_file(settings.database_url), settings.spare
    if settings.demo or database is None or folder is None:
        return
    try:
        attach_folder(settings.data, folder, database=database)
    except OccupiedFolderError:
        print(f"  KAPUAS_SPARE: {OCCUPIED.format(folder=folder)}", flush=True)
    except UnusableFolderError:
        print(
            f"  KAPUAS_SPARE: folder {folder} tidak ada atau tidak dapat ditulis. Colokkan flash disknya, "
            "lalu pasang di halaman Mulai > Laptop cadangan.",
            flush=True,
        )


def keeper_beside(settings: Settings, supervisor: Supervisor) -> SpareKeeper | None:
    """Start the copying beside the server; None where the database has replication of its own."""
    database = database_file(settings.database_url)
    if settings.demo or database is None:
        return None
    with closing(sqlite3.connect(database)) as found:
        bound_mark(settings.data, top_entry(found))

    def replaced() -> None:
        print(REPLACED, flush=True)
        supervisor.stop()

    keeper = SpareKeeper(
        settings.data,
        epoch=stored_epoch(database),
        say=lambda words: print(f"  {words}", flush=True),
        replaced=replaced,
    )
    keeper.start()
    return keeper
