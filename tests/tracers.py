"""Find strace, which watches the server's system calls; install it where that is possible."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests import browsers


def ensure() -> Path | None:
    """Find strace, or install it; None where there is none, as on anything but Linux."""
    if shutil.which("strace") is None and sys.platform == "linux" and browsers.can_use_apt():
        print("Memasang strace lewat apt ...", flush=True)
        if browsers.call(["apt-get", "install", "-y", "-qq", "strace"]) is False:
            browsers.call(["apt-get", "update", "-qq"])
            browsers.call(["apt-get", "install", "-y", "-qq", "strace"])
    found = shutil.which("strace")
    return Path(found) if found else None
