"""When the items of a form may be shown: not before nobody can still be asked them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormUse:
    """What is going on with one form in the training that uses it.

    open_sittings: sittings of either assessment that are not closed.
    post_sittings, unsealed_post_sittings: sittings of the post-test, and those of them not yet sealed.
    open_attempts: attempts on this form that have not ended.
    expected: people still to meet this form, because the other one was their other test.
    """

    open_sittings: int
    post_sittings: int
    unsealed_post_sittings: int
    open_attempts: int
    expected: int


def is_over(use: FormUse) -> bool:
    """Tell whether nobody can be asked from this form any more.

    One half's pre-test form is the other half's post-test form, so the post-test must have been held;
    people who never came to it stop counting once its last sitting is sealed.
    """
    if use.open_sittings or use.open_attempts or not use.post_sittings:
        return False
    return use.expected == 0 or use.unsealed_post_sittings == 0
