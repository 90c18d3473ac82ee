"""Find a Chromium or Chrome for the browser tests; install one where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find() -> Path | None:
    """Name the browser to drive: one of the system, else Playwright's own download."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for place in PLACES:
        if Path(place).exists():
            return Path(place)
    return downloaded()


def downloaded() -> Path | None:
    """Name the Chromium that Playwright fetched earlier."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def ensure() -> Path | None:
    """Find a browser, or install one; None when neither works."""
    found = find()
    if found is None and can_use_apt():
        print("Memasang Chromium lewat apt ...", flush=True)
        if call(["apt-get", "install", "-y", "-qq", "chromium"]) is False:
            call(["apt-get", "update", "-qq"])
            call(["apt-get", "install", "-y", "-qq", "chromium"])
        found = find()
    if found is None:
        print("Mengunduh Chromium lewat Playwright ...", flush=True)
        call([sys.executable, "-m", "playwright", "install", "chromium"])
        found = find()
    return found


def can_use_apt() -> bool:
    """Tell whether this process may install packages of Debian."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def call(command: list[str]) -> bool:
    """Run an installer; tell whether it succeeded."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet).returncode == 0
