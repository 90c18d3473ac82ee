"""The laptop's battery, where the system tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")


@dataclass(frozen=True)
class Battery:
    """How full it is, 0 to 100, and whether it is being charged (or full on the mains)."""

    percent: int
    charging: bool


def battery(supplies: Path = SUPPLIES) -> Battery | None:
    """Return the first battery that Linux knows, None without one or on another system."""
    for folder in sorted(supplies.glob("BAT*")):
        try:
            percent = int((folder / "capacity").read_text())
            status = (folder / "status").read_text().strip()
        except (OSError, ValueError):
            continue
        return Battery(max(0, min(percent, 100)), status != "Discharging")
    return None
