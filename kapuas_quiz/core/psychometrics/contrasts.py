"""How something goes with the rest of its form: sums that add up over forms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from kapuas_quiz.core.psychometrics.score_table import settle


class Obstacle(StrEnum):
    """Why a figure is undefined."""

    NOT_PRESENTED = "tidak-disajikan"
    FEW_PERSONS = "orang-kurang"
    ONE_ITEM = "satu-soal"
    NO_SPREAD = "tanpa-sebaran"
    NO_REST = "sisa-tanpa-sebaran"
    NEGATIVE = "kovarians-negatif"
    NOT_RIGHT_OR_WRONG = "bukan-benar-salah"
    NO_RELIABILITY = "reliabilitas-tidak-positif"


@dataclass(frozen=True)
class Contrast:
    """Points of an item, or whether an option was chosen (1 or 0), against the points of all other items.

    n: persons.  freedom: n - 1 by form.  compared: persons of forms in which both vary.
    points: sum.  spread, rest_spread: sums of squared deviations from the means of a form.
    together: sum of products of both deviations; most_together: its greatest value if the same points were
    dealt out anew (0 for options).  lower, upper: points in either end of the form's persons by total.
    ends: persons in each end; 0 where the totals of a form do not differ.
    """

    n: int = 0
    freedom: int = 0
    compared: int = 0
    points: float = 0.0
    spread: float = 0.0
    rest_spread: float = 0.0
    together: float = 0.0
    most_together: float = 0.0
    lower: float = 0.0
    upper: float = 0.0
    ends: float = 0.0

    def __add__(self, other: Contrast) -> Contrast:
        """Join two forms: what differs between forms says nothing about an item."""
        mine, others = vars(self).values(), vars(other).values()
        return Contrast(*(a + b for a, b in zip(mine, others, strict=True)))

    @property
    def obstacle(self) -> Obstacle | None:
        """Return why nothing can be said about how the two go together, or None."""
        if not self.n:
            return Obstacle.NOT_PRESENTED
        if not self.freedom:
            return Obstacle.FEW_PERSONS
        if self.compared:
            return None
        return Obstacle.NO_REST if self.spread else Obstacle.NO_SPREAD

    @property
    def mean(self) -> float | None:
        """Return the mean points; None without persons."""
        return self.points / self.n if self.n else None

    @property
    def deviation(self) -> float | None:
        """Return the standard deviation within forms (divisor n - 1); None for fewer than two persons."""
        return math.sqrt(self.spread / self.freedom) if self.freedom else None

    @property
    def correlation(self) -> float | None:
        """Return r with the rest, -1..1; None where one of the two does not vary."""
        if self.obstacle:
            return None
        return settle(max(-1.0, min(1.0, self.together / math.sqrt(self.spread * self.rest_spread))))

    @property
    def efficiency(self) -> float | None:
        """Return the covariance with the rest over the greatest possible; at most 1, no lower limit."""
        return None if self.obstacle else min(1.0, self.together / self.most_together)

    @property
    def difference(self) -> float | None:
        """Return mean points of the upper less those of the lower end."""
        return None if self.obstacle or not self.ends else (self.upper - self.lower) / self.ends

    @property
    def in_ends(self) -> tuple[float, float] | None:
        """Return mean points of the lower and of the upper end; None where there are no ends."""
        return (self.lower / self.ends, self.upper / self.ends) if self.ends else None
