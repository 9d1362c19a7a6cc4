"""The one interface of all protocols, and the register by which a scenario names them.

A protocol is a pure function: the table as it stands and this week's luck in, the text at the end of the week
out.  It sees what the sides need and gain, never the world; a user's own is registered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.theory.frontier import Frontier

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Luck(NamedTuple):
    """This week's luck at the table: (round, run) uniform and standard normal draws."""

    uniform: Array
    normal: Array


@dataclass(frozen=True)
class Table:
    """A table in session, for a batch of runs.

    Parameters
    ----------
    text : (issue, run) float in [0, 1]
        The terms on the table.
    open_issues : (issue, run) bool
        Issues that the text may change.
    gains : callable
        Surplus of each side at given terms, (issue, run) to (side, run): above 0 where signing beats the
        reservation value.
    bias : (run,) float in [-1, 1]
        Weight of the convener on A's interest over B's; 0 where nobody convenes.
    proposer : (run,) int
        Side whose turn it is where the sides propose themselves.
    precision : (side, run) float
        Precision of each side's response.
    step : float or (run,)
        Standard deviation of a change to one issue.
    frontier : Frontier
        Exact frontier of the agenda.
    needed : (side, run) float
        Reservation values in the units of the frontier.
    terms_at : callable
        Terms at a position on the frontier, (run,) to (issue, run).
    """

    text: Array
    open_issues: Flags
    gains: Callable[[Array], Array]
    bias: Array
    proposer: npt.NDArray[np.int64]
    precision: Array
    step: float | Array
    frontier: Frontier
    needed: Array
    terms_at: Callable[[Array], Array]


Protocol = Callable[[Table, Luck], Array]

PROTOCOLS: dict[str, Protocol] = {}
"""All registered protocols, by the name that a scenario uses."""


def protocol(name: str) -> Callable[[Protocol], Protocol]:
    """Registers a protocol under a name; a name that is taken is refused."""

    def register(rule: Protocol) -> Protocol:
        if PROTOCOLS.setdefault(name, rule) is not rule:
            raise ValueError(f"a protocol named {name} is registered already")
        return rule

    return register
