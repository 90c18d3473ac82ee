"""Would a bank file be accepted with a new text? The faults go to the items and places they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.banks.files import Fault, bank_paths
from kapuas_quiz.banks.service import check
from kapuas_quiz.banks.storing import BankText

KeyPath = tuple[str | int, ...]
FaultsOfItem = list[tuple[KeyPath, str]]


class NotAcceptedError(Exception):
    """The file would have faults: `of_items` by item id and path in it, `elsewhere` in other places."""

    def __init__(self, of_items: Mapping[str, FaultsOfItem], elsewhere: Sequence[Fault]) -> None:
        super().__init__(str(of_items or elsewhere))
        self.of_items = of_items
        self.elsewhere = tuple(elsewhere)


def refuse_faults(bank: BankText, draft: Path, text: str, ids: Sequence[str]) -> None:
    """Check the folder as it would be with `draft` in place of a bank's file.

    Faults that other files have already stop nothing. Raises NotAcceptedError.
    """
    paths = [draft if path == bank.path else path for path in bank_paths(bank.path.parent)]
    own, elsewhere = dict[str, FaultsOfItem](), list[Fault]()
    places = _places(text)
    for fault in check(*paths, pictures=bank.path.parent):
        name, path = places.get(fault.line, ("", ()))
        if fault.file == str(draft) and name in ids:
            own.setdefault(name, []).append((path, fault.message))
        elif fault.file == str(draft):
            elsewhere.append(Fault(bank.path.name, fault.line, fault.message))
        elif any(f"'{name}'" in fault.message for name in ids):
            elsewhere.append(Fault(Path(fault.file).name, fault.line, fault.message))
    if own or elsewhere:
        raise NotAcceptedError(own, elsewhere)


def _places(text: str) -> dict[int, tuple[str, KeyPath]]:
    """Return for each line of an item its id and the path in it that a fault there is about."""
    document = yaml_events.parse(text)
    items = document.value["items"]
    found: dict[int, tuple[str, KeyPath]] = {}
    for path, line in document.lines.items():
        if path[:1] == ("items",) and len(path) > 2 and isinstance(path[1], int):
            found.setdefault(line, (str(items[path[1]].get("id")), path[2:]))
    return found
