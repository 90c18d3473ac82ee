"""Test theory as functions on arrays: items, scores, decisions and change. Undefined is None."""
