"""Simulated tally of a coming text, printed on request; nothing here writes a table.

The text takes the parameters of a past one. Positions are drawn with their standard errors, the demand with
the family's spread, absences from each state's habit.
"""

from __future__ import annotations

import numpy as np
from positions import Positions

from sim.theory.arrays import Array

DRAWS = 20_000
BLOCK = 2_000
OUTCOMES = ("yes", "no", "abstain", "absent")


def one_block(positions: Positions, column: int, demand_sd: float, rng: np.random.Generator) -> Array:
    """Tallies (outcomes, draws) of one block of simulated votes."""
    items, shape = positions.items, (len(positions.states), BLOCK)
    general = positions.general[:, None] + positions.general_se[:, None] * rng.standard_normal(shape)
    conflict = positions.conflict[:, None] + positions.conflict_se[:, None] * rng.standard_normal(shape)
    demand = items.demand[column] + demand_sd * rng.standard_normal(BLOCK)
    support = items.known_slope[column] * general + items.slope[column] * conflict - demand
    support = support + rng.standard_normal(shape)
    absent = rng.random(shape) < (1.0 / (1.0 + np.exp(-positions.absence)))[:, None]
    yes, no = support > items.half[column], support < -items.half[column]
    return np.stack([part.sum(axis=0) for part in (yes & ~absent, no & ~absent, ~yes & ~no & ~absent, absent)])


def simulated_tally(positions: Positions, resolution: str, demand_sd: float, seed: int = 0) -> dict[str, str]:
    """Mean and 90% interval of each outcome if the text is voted on like `resolution`."""
    column = list(positions.record.texts.resolution).index(resolution)
    rng = np.random.default_rng(seed)
    tallies = np.concatenate([one_block(positions, column, demand_sd, rng) for _ in range(DRAWS // BLOCK)], axis=1)
    low, high = np.quantile(tallies, [0.05, 0.95], axis=1)
    return {name: f"{tallies[k].mean():.1f} [{low[k]:.0f}, {high[k]:.0f}]" for k, name in enumerate(OUTCOMES)}
