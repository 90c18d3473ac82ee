"""Which passwords are too easy to guess, whatever their length."""

from __future__ import annotations

FEWEST_DIFFERENT = 5
RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def too_easy(password: str) -> bool:
    """Tell whether a password is a run of the keyboard or made of very few characters.

    Source: NIST SP 800-63B, 5.1.1.2 (repetitive or sequential characters).
    """
    plain = password.lower()
    return len(set(plain)) < FEWEST_DIFFERENT or any(plain in run or plain in run[::-1] for run in RUNS)
