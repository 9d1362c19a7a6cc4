"""What is settled about unilateral steps before the first week: how likely they are, and what each would teach."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from sim.theory.grit import step_lesson, step_probability

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Initiatives:
    """Numbers of both sides' unilateral steps, (side, run)."""

    chance: Array
    """Probability in a week of war that the side, being what it is, takes one."""
    cost: Array
    """Share of its forces that it gives up."""
    taken: Array
    """Factor on the odds of its good faith after a step."""
    absent: Array
    """Factor on those odds after a week without one."""


def initiatives(rules: SimpleNamespace, trustworthy: npt.NDArray[np.bool_]) -> Initiatives | None:
    """Numbers of the unilateral steps; None where no side ever takes one.

    Parameters
    ----------
    rules : numbers of the steps, (side, run) each
    trustworthy : (side, run) bool
    """
    if not np.any(rules.rate > 0.0):
        return None
    price = np.where(trustworthy, rules.good_price, rules.bad_price)
    chance = rules.rate * step_probability(rules.cost, price)
    taken, absent = step_lesson(rules.cost, rules.good_price, rules.bad_price, rules.rate, rules.silence)
    return Initiatives(chance, rules.cost, taken, absent)
