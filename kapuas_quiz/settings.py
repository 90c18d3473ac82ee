"""Settings from the environment, and the one secret from which all others derive."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets as randomness
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from click import ClickException
from sqlalchemy import NullPool, create_engine, inspect, literal, make_url, select, table
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

ROOT = Path(__file__).resolve().parent.parent
MASTER_BYTES = 32


class SettingsError(ClickException):
    """One or more settings cannot be used; the message names all of them, also on the command line."""


@lru_cache(maxsize=64)
def _derived(master: bytes, purpose: str) -> bytes:
    return hmac.new(master, purpose.encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class Secrets:
    """Keys for separate purposes, each 32 bytes, derived from one stored master."""

    master: bytes

    def derive(self, purpose: str) -> bytes:
        """Return the 32-byte key for one purpose."""
        return _derived(self.master, purpose)

    @property
    def cookie(self) -> bytes:
        return self.derive("cookie")

    @property
    def badge(self) -> bytes:
        return self.derive("badge")

    @property
    def attempt(self) -> bytes:
        return self.derive("attempt")


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations.

    https: certificate and key in PEM, when this server itself speaks HTTPS.
    spare: the folder to which the running database is copied; None leaves the choice to the page.
    """

    data: Path
    database_url: str
    banks: Path
    secrets: Secrets
    host: str = "0.0.0.0"  # noqa: S104 - phones on the venue's network must reach it
    port: int = 8000
    address: str | None = None
    proxies: int = 0
    probes: bool = False
    https: tuple[Path, Path] | None = None
    spare: Path | None = None
    demo: bool = False
    prepared: bool = True

    @property
    def has_https(self) -> bool:
        """Tell whether HTTPS is this installation's own doing, or that of a proxy that it trusts."""
        return self.https is not None or self.proxies > 0


def load_settings(
    environment: Mapping[str, str] = os.environ, *, demo: bool = False, making: bool = True
) -> Settings:
    """Read the settings, creating the data folder and its secret on the first start.

    making: False writes nothing; without a stored secret the settings are not `prepared`, and theirs is
    good for this process only.
    Raises SettingsError that names every unusable value at once.
    """
    faults: list[str] = []
    data = Path(environment.get("KAPUAS_DATA", ROOT / "data")).expanduser()
    data = data / "demo" if demo else data
    port = _whole_number(environment, "KAPUAS_PORT", 8000, faults)
    proxies = _whole_number(environment, "KAPUAS_PROXIES", 0, faults)
    if proxies and not environment.get("KAPUAS_ADDRESS"):
        faults.append(
            "KAPUAS_PROXIES: isi juga KAPUAS_ADDRESS dengan alamat pada proksi, misalnya https://..."
        )
    https = _certificate(environment, faults)
    probes = environment.get("KAPUAS_PROBES", "")
    if probes not in ("", "0", "1"):
        faults.append(f"KAPUAS_PROBES: {probes!r} bukan 0 atau 1.")
    banks = Path(environment.get("KAPUAS_BANKS", ROOT / "question_banks")).expanduser()
    if not banks.is_dir():
        faults.append(f"KAPUAS_BANKS: folder {banks} tidak ada.")
    default_database = f"sqlite:///{data / 'kapuas.sqlite3'}"
    database_url = default_database if demo else environment.get("KAPUAS_DATABASE", default_database)
    if not _is_database(database_url):
        faults.append(
            "KAPUAS_DATABASE: alamat basis data tidak dikenal; "
            "contoh: postgresql+psycopg://pengguna:sandi@komputer/nama."
        )
    if faults:
        raise SettingsError("\n".join(faults))
    secret = data / "rahasia.json"
    if making:
        _prepare(secret, "" if demo else database_url)
    prepared = secret.exists()
    return Settings(
        data=data,
        database_url=database_url,
        banks=_copied(banks, data / "question_banks") if demo and prepared else banks,
        secrets=_stored_secrets(secret) if prepared else Secrets(randomness.token_bytes(MASTER_BYTES)),
        host=environment.get("KAPUAS_HOST") or _host(proxies),
        port=port,
        address=environment.get("KAPUAS_ADDRESS") or None,
        proxies=proxies,
        probes=probes == "1",
        https=https,
        spare=_folder(environment.get("KAPUAS_SPARE")),
        demo=demo,
        prepared=prepared,
    )


def _prepare(secret: Path, database_url: str) -> None:
    secret.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not secret.exists():
        if database_url:
            _refuse_lost_secret(secret, database_url)
        _make_secret(secret)


def _copied(banks: Path, place: Path) -> Path:
    """Return a copy of the banks that visitors of the demo may write in, made when there is none."""
    if not place.exists():
        part = place.with_suffix(".sebagian")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(banks, part)
        part.rename(place)
    return place


def _whole_number(environment: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = environment.get(name, str(default))
    if text.isdecimal() and int(text) <= 65535:
        return int(text)
    faults.append(f"{name}: {text!r} bukan bilangan bulat 0 sampai 65535.")
    return default


def _host(proxies: int) -> str:
    """Listen everywhere, but behind a proxy for this machine alone: past it, headers can be forged."""
    return "127.0.0.1" if proxies else "0.0.0.0"  # noqa: S104


def _folder(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None


def _certificate(environment: Mapping[str, str], faults: list[str]) -> tuple[Path, Path] | None:
    """Return the files of certificate and key; both or neither, and only for a name that phones use."""
    names = {name: environment.get(name, "") for name in ("KAPUAS_CERT", "KAPUAS_KEY")}
    if not any(names.values()):
        return None
    faults += [
        f"{name}: berkas {path or '(kosong)'} tidak ada."
        for name, path in names.items()
        if not Path(path).is_file()
    ]
    if not environment.get("KAPUAS_ADDRESS", "").startswith("https://"):
        faults.append("KAPUAS_CERT: isi juga KAPUAS_ADDRESS dengan nama pada sertifikat: https://...")
    certificate, key = (Path(path) for path in names.values())
    if key.is_file() and b"-----BEGIN PRIVATE KEY-----" not in key.read_bytes():
        faults.append(
            f"KAPUAS_KEY: {key} harus PKCS#8 tanpa sandi; ubah dengan: openssl pkcs8 -topk8 -nocrypt "
            f"-in {key.name} -out kunci-baru.pem"
        )
    return certificate, key


def _is_database(url: str) -> bool:
    try:
        make_url(url).get_dialect().import_dbapi()
    except (ArgumentError, ValueError, ImportError):
        return False
    return True


def _refuse_lost_secret(path: Path, database_url: str) -> None:
    """Raise SettingsError when the database already rests on a secret: a new one would fit no badge."""
    try:
        lost = _holds_people(database_url)
    except SQLAlchemyError as problem:
        raise SettingsError(
            f"{path} tidak ada, dan basis data tidak dapat diperiksa: {getattr(problem, 'orig', problem)}\n"
            "Tidak ada yang diubah. Pastikan basis data dapat dibuka, lalu ulangi."
        ) from problem
    if lost:
        raise SettingsError(
            f"{path} hilang, padahal basis data sudah berisi petugas atau peserta. Tidak ada yang diubah.\n"
            f"{_where_the_copy_is(path)}\n"
            "Tanpa berkas itu, kartu yang sudah dicetak tidak dikenali."
        )


def _holds_people(database_url: str) -> bool:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    with create_engine(url, poolclass=NullPool).connect() as connection:
        present = [table(name) for name in ("staff", "enrolment") if inspect(connection).has_table(name)]
        return any(connection.scalar(select(literal(1)).select_from(one).limit(1)) for one in present)


def _where_the_copy_is(path: Path) -> str:
    return (
        f"Salin {path.name} dari {path.parent / 'cadangan'}, atau dari laptop yang dipakai sebelumnya, "
        f"ke {path.parent}, lalu ulangi."
    )


def _make_secret(path: Path) -> None:
    """Write the whole file under another name first, so that no start ever finds half of it."""
    part = path.with_suffix(".sebagian")
    try:
        with part.open("w", encoding="utf-8") as file:
            part.chmod(0o600)
            json.dump({"master": randomness.token_hex(MASTER_BYTES)}, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _stored_secrets(path: Path) -> Secrets:
    try:
        master = bytes.fromhex(json.loads(path.read_text(encoding="utf-8"))["master"])
    except (OSError, ValueError, KeyError, TypeError):
        master = b""
    if len(master) != MASTER_BYTES:
        raise SettingsError(
            f"{path} tidak terbaca atau tidak utuh. Tidak ada yang diubah.\n{_where_the_copy_is(path)}\n"
            "Jika kapuas_quiz belum pernah dipakai di sini, cukup hapus berkas itu, lalu ulangi."
        )
    return Secrets(master)
