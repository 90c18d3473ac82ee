"""What later rooms may wait for; sent after the transaction was committed."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

sitting_closed = _signals.signal("sitting-closed")
"""A sitting was closed. Sender: the application; `sitting_id`."""

room_changed = _signals.signal("room-changed")
"""Something was done to a room that its phones should hear of. Sender: the application; `sitting_id`."""

attempt_changed = _signals.signal("attempt-changed")
"""Answers reached an attempt whose sitting was closed already. Sender: the application; `attempt_id`."""
