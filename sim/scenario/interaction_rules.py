"""What a matrix of interactions between issues must be: such that no terms can be better than the ideal point."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import numpy.typing as npt

from sim.scenario.faults import Fault
from sim.scenario.sections import Sections
from sim.scenario.vocabulary.actors import StateActor

Matrix = npt.NDArray[np.float64]

LOOSE = "a number or a distribution with two ends is allowed, found one without"
NEGATIVE = "a positive semidefinite matrix is allowed (let the diagonal outweigh the other entries)"

ROUNDING = 1e-9
"""Largest weight of a negative eigenvalue that is put down to rounding, relative to the largest entry."""


def faults_of_interactions(sections: Sections) -> Iterator[Fault]:
    """A fault for every side whose interactions could make a loss negative, whatever is drawn."""
    for key, actor in sections.belligerents.items():
        if not actor.interactions or not _known(actor, sections):
            continue
        place = f"actors.{key}.interactions"
        loose = [name for name, one in actor.interactions.items() if not np.isfinite(one.weight.support).all()]
        for name in loose:
            yield Fault(f"{place}.{name}.weight", LOOSE)
        smallest = 0.0 if loose else smallest_eigenvalue(*_middle_and_half(actor))
        if smallest < 0.0:
            yield Fault(place, f"{NEGATIVE}; found the eigenvalue {smallest:.3g}")


def _known(actor: StateActor, sections: Sections) -> bool:
    """Whether every entry stands between issues of the file; of others another fault tells."""
    return all({one.issue, one.other} <= {*sections.issues} for one in actor.interactions.values())


def _middle_and_half(actor: StateActor) -> tuple[Matrix, Matrix]:
    """Middle of the range of every entry, and half its length."""
    names = sorted({name for one in actor.interactions.values() for name in (one.issue, one.other)})
    middle, half = np.zeros((2, len(names), len(names)))
    for one in actor.interactions.values():
        row, column = names.index(one.issue), names.index(one.other)
        low, high = one.weight.support
        for place in {(row, column), (column, row)}:
            middle[place] += 0.5 * (low + high)
            half[place] += 0.5 * (high - low)
    return middle, half


def smallest_eigenvalue(middle: Matrix, half: Matrix) -> float:
    """Smallest eigenvalue among all symmetric matrices with entries in given ranges; 0 where none is below it.

    It is reached at one of 2^(n-1) matrices, whose entries stand at the ends of their ranges by a pattern of
    signs.

    Source: [Rohn1994]_ (Rohn, 1994).

    >>> smallest_eigenvalue(np.array([[1.0, 2.0], [2.0, 1.0]]), np.zeros((2, 2)))
    -1.0
    """
    signs = product((-1.0, 1.0), repeat=len(middle) - 1) if half.any() else [(1.0,) * (len(middle) - 1)]
    least = np.inf
    for pattern in signs:
        turn = np.array((1.0, *pattern))
        least = min(least, float(np.linalg.eigvalsh(middle - turn[:, None] * half * turn)[0]))
    return least if least < -ROUNDING * float(np.abs(middle).max() + half.max()) else 0.0
