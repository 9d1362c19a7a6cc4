"""Two sides without a mediator: each week one of them proposes, and knows what the other needs only roughly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import row_of
from sim.theory.choice import acceptance_probability
from sim.theory.frontier import Frontier
from sim.world.protocols.registry import Luck, Table, protocol

Array = npt.NDArray[np.float64]


@protocol("alternating_texts")
def alternating_texts(table: Table, luck: Luck) -> Array:
    """Text that the side whose turn it is likes best, weighed with the chance that the other signs it.

    The proposer looks at the corners of the frontier only, and passes over those between issues of one price,
    whose order says nothing.  Where it gains nowhere, the text stays as it is; ties go to the corner nearest its
    own end.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used: the proposal is a best response.

    Returns
    -------
    (issue, run) float in [0, 1]

    Source: [Signorino1999]_ (Signorino, 1999) for the expectation over a quantal response.
    """
    gain_a = table.frontier.utility_a - table.needed[0]
    gain_b = table.frontier.utility_b - table.needed[1]
    proposes_a = table.proposer == 0
    own = np.where(proposes_a, gain_a, gain_b[::-1])
    other = np.where(proposes_a, gain_b, gain_a[::-1])
    precision = np.where(proposes_a, table.precision[1], table.precision[0])
    worth = np.maximum(own, 0.0) * acceptance_probability(other, precision)
    bends = _bends(table.frontier)
    worth = np.where(np.where(proposes_a, bends, bends[::-1]), worth, 0.0)
    best = np.argmax(worth, axis=0)
    corner = np.where(proposes_a, best, len(worth) - 1 - best)
    gains = row_of(worth, best) > 0.0
    return np.where(gains & table.open_issues, table.terms_at(corner.astype(np.float64)), table.text)


def _bends(frontier: Frontier) -> npt.NDArray[np.bool_]:
    """Corners that do not lie within a stretch of one price, (corner, run)."""
    bends = np.ones(frontier.utility_a.shape, dtype=np.bool_)
    bends[1:-1] = frontier.first[1:] > frontier.first[:-1]
    return bends
