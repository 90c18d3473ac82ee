"""Get a real Chrome 80, the oldest that a trainee's phone may have, from a package that carries one."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("chrome-aws-lambda@2.1.1", "puppeteer-core@2.1.1")
PLACE = Path(sys.prefix) / "chrome-80"
UNPACK = """
const fs = require("fs"), [, packed, browser] = process.argv;
fs.writeFileSync(browser, require("zlib").brotliDecompressSync(fs.readFileSync(packed)), {mode: 0o755});
"""


@dataclass(frozen=True)
class OldChrome:
    """The browser, and the folder with the driver of its age."""

    browser: Path
    modules: Path


def node() -> Path:
    """Name the JavaScript engine that Playwright brings along."""
    import playwright

    return Path(playwright.__file__).parent / "driver" / ("node.exe" if sys.platform == "win32" else "node")


def ensure(place: Path = PLACE) -> OldChrome | None:
    """Find the browser, or install it; None where that does not work: no npm, or not on Linux."""
    found = OldChrome(place / "chrome", place / "node_modules")
    if found.browser.exists():
        return found
    npm = shutil.which("npm")
    if npm is None or sys.platform != "linux":
        return None
    place.mkdir(parents=True, exist_ok=True)
    (place / "package.json").write_text(json.dumps({"private": True}), encoding="utf-8")
    install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", *PACKAGES]
    if subprocess.run(install, cwd=place).returncode:
        return None
    packed = found.modules / "chrome-aws-lambda" / "bin" / "chromium.br"
    part = place / "part"
    if subprocess.run([node(), "-e", UNPACK, packed, part]).returncode:
        return None
    part.rename(found.browser)
    return found
