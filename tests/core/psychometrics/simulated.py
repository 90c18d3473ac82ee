"""Answers drawn from the Rasch model with known difficulties."""

import numpy as np
from numpy.typing import NDArray


def answers(
    seed: int, n_persons: int, difficulties: NDArray[np.float64], discrimination: float = 1.0
) -> NDArray[np.float64]:
    """Return persons by items, abilities being N(0, 1)."""
    generator = np.random.default_rng(seed)
    abilities = generator.normal(size=(n_persons, 1))
    chances = 1 / (1 + np.exp(-discrimination * (abilities - difficulties)))
    return (generator.random(chances.shape) < chances).astype(float)
