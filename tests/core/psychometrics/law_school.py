"""Sections 6 and 7 of the Law School Admission Test, 1,000 persons by five items each.

Printed as counts of the 32 patterns 00000, 00001, ..., 11111 by Bock and Lieberman (1970), Psychometrika 35,
179-197.
"""

import numpy as np
from numpy.typing import NDArray

COUNTS_6 = "3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298"
COUNTS_7 = "12 19 1 7 3 19 3 17 10 5 3 7 7 23 8 28 7 39 11 34 14 51 15 90 6 25 7 35 18 136 32 308"


def persons(counts: str) -> NDArray[np.float64]:
    """Return persons by items, 1 right and 0 wrong."""
    patterns = [[int(mark) for mark in f"{pattern:05b}"] for pattern in range(32)]
    return np.repeat(np.array(patterns, dtype=float), [int(count) for count in counts.split()], axis=0)
