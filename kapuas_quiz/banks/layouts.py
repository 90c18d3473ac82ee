"""The layouts of result forms that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.core.result_forms.layout import Layout
from kapuas_quiz.core.result_forms.soundness import layout_fault

FOLDER = Path(__file__).resolve().parent.parent / "data" / "result_forms"


@lru_cache(maxsize=2)
def load_layouts(folder: Path = FOLDER) -> Mapping[str, Layout]:
    """Read every layout once per process, by name.

    Raises ValueError naming the file and the place that is not well-formed.
    """
    layouts = [_layout(path) for path in sorted(folder.glob("*.yaml"))]
    return {layout.name: layout for layout in layouts}


def _layout(path: Path) -> Layout:
    document = yaml_events.parse(path.read_text(encoding="utf-8"))
    if document.faults:
        line, message = document.faults[0]
        raise ValueError(f"{path.name}:{line}: {message}")
    try:
        layout = Layout.model_validate(document.value)
    except ValidationError as error:
        wrong = error.errors()[0]
        raise ValueError(f"{path.name}:{document.line_of(wrong['loc'])}: {wrong['msg']}") from None
    if layout.name != path.stem:
        raise ValueError(f"{path.name}:{document.line_of(('name',))}: name harus '{path.stem}'.")
    fault = layout_fault(layout)
    if fault:
        raise ValueError(f"{path.name}: {fault}")
    return layout
