"""When the items of a form may be shown: not before nobody can still be asked them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormUse:
    """What is going on in the training that uses a form.

    post_sittings: sittings of the post-test.  unsealed_sittings: sittings of either test not yet sealed.
    """

    post_sittings: int
    unsealed_sittings: int


def is_over(use: FormUse) -> bool:
    """Tell whether nobody can be asked from this form, or still answer it, any more.

    One half's pre-test form is the other half's post-test form, and who has not come yet may get either,
    so the post-test must have been held. A closed sitting still takes in answers; a sealed one does not.
    Whoever is enrolled and never came is waited for until the last sitting is sealed.
    """
    return use.post_sittings > 0 and use.unsealed_sittings == 0
