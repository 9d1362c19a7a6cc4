"""Alternating offers without an end, with war as what both sides have meanwhile or as what they could leave for."""

from __future__ import annotations

import numpy as np

from sim.theory.frontier_offers import patient_proposals, proposals_beside_options
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_issues, protocol

WEEK = 7.0


@protocol("rubinstein", needs_issues)
def rubinstein(table: Table, luck: Luck) -> Tabled:
    """Equilibrium proposal of the side whose turn it is, along the exact frontier.

    A side is as impatient as its discount and its horizon make it, and as a breakdown of the talks would.
    Agreement is immediate where both gain by it; elsewhere there is nothing to sign.  War inside the talks is
    what both have until they agree, and what they divide is the gain over it.  War outside is what a side can
    leave for, or what a breakdown leaves it with: it counts where it is better than what the other would offer
    anyway.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used.

    Returns
    -------
    Tabled

    Source: [Rubinstein1982]_ (Rubinstein, 1982), [BinmoreRubinsteinWolinsky1986]_ (Binmore, Rubinstein and
    Wolinsky, 1986), [Sutton1986]_ (Sutton, 1986).
    """
    rules = table.options("rubinstein")
    weeks = rules.interval / WEEK
    if rules.war == "outside":
        discount, risk = np.exp(-table.impatience * weeks), -np.expm1(-np.asarray(rules.breakdown) * weeks)
        found = proposals_beside_options(table.frontier, *table.needed, *discount, risk=risk)
    else:
        discount = np.exp(-(table.impatience + rules.breakdown) * weeks)
        found = patient_proposals(table.frontier, *table.needed, *discount)
    return agreed_at(table, np.where(table.proposer == 0, found.by_a, found.by_b), found.some)
