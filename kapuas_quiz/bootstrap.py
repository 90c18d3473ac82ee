"""From a bare CPython to a prepared virtual environment; standard library only."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME_LOCK = "requirements.txt"
TEST_LOCK = "requirements-dev.txt"

USAGE = """\
Perintah:
  python3 app.py [serve]   menyiapkan dan menjalankan kapuas_quiz di komputer ini
  python3 app.py demo      menjalankan DATA CONTOH di basis data tersendiri
  python3 app.py cadangan http://ALAMAT
                           menjadikan komputer ini laptop cadangan dari laptop di alamat itu
  python3 app.py ambil-alih [FOLDER]
                           mengambil alih dari salinan di FOLDER, lalu menjalankannya
  python3 app.py test      memasang alat uji dan menjalankan semua pengujian
Pilihan: python3 app.py serve --help"""


class CannotPrepareError(Exception):
    """The virtual environment cannot be made; the message says what to do."""


def run(arguments: list[str]) -> int:
    """Prepare the virtual environment, continue inside it, and return the exit status."""
    command, rest = split_command(arguments)
    if command not in ("serve", "demo", "test", "cadangan", "ambil-alih"):
        print(USAGE)
        return 0 if command == "help" else 2
    try:
        prepare(ROOT, testing=command == "test")
    except CannotPrepareError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nPemasangan dihentikan. Jalankan perintah yang sama untuk melanjutkan.", file=sys.stderr)
        return 1
    if not inside(ROOT):
        return continue_inside(ROOT, [command, *rest])
    if command == "test":
        from tests.run import main as run_tests

        return run_tests(rest)
    from kapuas_quiz.factory import create_app

    if command == "cadangan":
        from kapuas_quiz.operations.spare_guest import main as be_spare

        return be_spare(rest, create_app=create_app)
    if command == "ambil-alih":
        from kapuas_quiz.operations.promote import main as promote

        return promote(rest, create_app=create_app)
    from kapuas_quiz.operations.serve import main as serve

    return serve(rest, demo=command == "demo", create_app=create_app)


def split_command(arguments: list[str]) -> tuple[str, list[str]]:
    """Separate the command from its options; without a command it is `serve`."""
    if arguments and arguments[0] in ("-h", "--help", "help"):
        return "help", []
    if not arguments or arguments[0].startswith("-"):
        return "serve", arguments
    return arguments[0], arguments[1:]


def prepare(root: Path, *, testing: bool) -> None:
    """Make `.venv` and install the locked packages, unless that was done already.

    Raises CannotPrepareError with words for the person at the keyboard.
    """
    locks = [root / RUNTIME_LOCK] + ([root / TEST_LOCK] if testing else [])
    fresh = not usable(root)
    pending = [lock for lock in locks if fresh or not installed(root, lock)]
    if not pending:
        return
    print(
        "Menyiapkan kapuas_quiz. Sekali saja, memerlukan internet, paling lama beberapa menit ...", flush=True
    )
    uv = find_uv()
    if fresh:
        make_environment(root, uv)
    install(root, uv, locks)
    for lock in locks:
        stamp(root, lock).write_text(fingerprint(lock), encoding="ascii")


def environment_python(root: Path) -> Path:
    """Name the interpreter of the virtual environment, which need not exist."""
    windows = os.name == "nt"
    return root / ".venv" / ("Scripts/python.exe" if windows else "bin/python")


def inside(root: Path) -> bool:
    """Tell whether this process already runs in the virtual environment."""
    return Path(sys.prefix).resolve() == (root / ".venv").resolve()


def usable(root: Path) -> bool:
    """Tell whether the virtual environment answers and has the version of this Python."""
    if inside(root):
        return True
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([environment_python(root), "-c", question], capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.strip() == f"{sys.version_info[0]}.{sys.version_info[1]}"


def stamp(root: Path, lock: Path) -> Path:
    """Name the file that remembers which lock was installed last."""
    return root / ".venv" / f"terpasang-{lock.stem}.sha256"


def fingerprint(lock: Path) -> str:
    """Digest a lock file, whatever its line endings."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def installed(root: Path, lock: Path) -> bool:
    """Tell whether exactly this lock was installed last."""
    path = stamp(root, lock)
    return path.exists() and path.read_text(encoding="ascii") == fingerprint(lock)


def find_uv() -> str | None:
    """Find a uv that really starts; a shim on PATH may stand for nothing."""
    found = shutil.which("uv")
    if found is None:
        return None
    try:
        answer = subprocess.run([found, "--version"], capture_output=True)
    except OSError:
        return None
    return found if answer.returncode == 0 else None


def make_environment(root: Path, uv: str | None) -> None:
    """Make an empty virtual environment with the Python that runs now."""
    target = str(root / ".venv")
    if uv:
        call([uv, "venv", "--quiet", "--clear", "--python", sys.executable, target])
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise CannotPrepareError(
            "Python di komputer ini belum lengkap: bagian venv belum terpasang.\n"
            f"Di Debian atau Ubuntu jalankan: sudo apt install python3-venv (atau python{version}-venv),\n"
            "lalu ulangi perintah tadi."
        )
    call([sys.executable, "-m", "venv", "--clear", target])


def install(root: Path, uv: str | None, locks: list[Path]) -> None:
    """Install the locked packages, each checked against its hash."""
    python = str(environment_python(root))
    listed = [part for lock in locks for part in ("-r", str(lock))]
    options = ["--require-hashes", "--only-binary", ":all:", "--quiet", *listed]
    if uv:
        call([uv, "pip", "install", "--python", python, *options])
    else:
        call([python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *options])


def call(command: list[str]) -> None:
    """Run an installer in sight of the person who waits for it."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    try:
        status = subprocess.run(command, env=environment).returncode
    except OSError as problem:
        raise CannotPrepareError(f"Tidak dapat menjalankan {command[0]}: {problem}") from problem
    if status:
        raise CannotPrepareError(
            "Pemasangan belum berhasil; penyebabnya ada pada baris di atas.\n"
            "Periksa sambungan internet dan sisa ruang penyimpanan, lalu ulangi perintah yang sama.\n"
            "Data tes, bila sudah ada, tidak berubah."
        )


def continue_inside(root: Path, arguments: list[str]) -> int:
    """Start app.py again with the Python of the virtual environment."""
    command = [str(environment_python(root)), str(root / "app.py"), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # The child got the same Ctrl+C and closes by itself.
                continue
