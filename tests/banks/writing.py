"""Write bank files for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.core.bank_samples import raw_bank, raw_item

USED_FACT = "F033"


def item(number: int = 1, area: str = "08-logistik", **values: Any) -> dict[str, Any]:
    """A good item of an area, resting on a fact that exists."""
    return raw_item(number, **{"id": f"{area[3:]}-{number:03}", "facts": [USED_FACT], **values})


def write_bank(folder: Path, *items: dict[str, Any], area: str = "08-logistik", **values: Any) -> Path:
    """Write one bank file as an author would, and return its path."""
    path = folder / f"{area}.yaml"
    content = raw_bank(*(items or (item(area=area),)), competency=area, **{"title": "Logistik", **values})
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path
