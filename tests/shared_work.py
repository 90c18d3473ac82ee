"""What each test's own application would work out anew: addresses and templates, compiled once per run."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

_builders: dict[tuple[object, ...], Callable[..., Any]] = {}
_compile_builder = Rule._compile_builder


def _shared_builder(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
    """Return what builds the addresses of a rule; equal rules build them alike."""
    key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


class CompiledTemplates(BytecodeCache):
    """Templates compiled so far; their files do not change while tests run."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key] = bucket.code


_templates = CompiledTemplates()


def share_addresses() -> None:
    """Let applications that are made from now on share the compiled addresses."""
    Rule._compile_builder = _shared_builder  # type: ignore[method-assign]


def share_templates(app: Flask) -> None:
    """Let an application use the templates that another one compiled."""
    app.jinja_env.bytecode_cache = _templates
