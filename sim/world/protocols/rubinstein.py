"""Alternating offers without an end, with war as what both sides have meanwhile and could fall back on."""

from __future__ import annotations

import numpy as np

from sim.theory.frontier_offers import patient_proposals
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_issues, protocol

WEEK = 7.0


@protocol("rubinstein", needs_issues)
def rubinstein(table: Table, luck: Luck) -> Tabled:
    """Equilibrium proposal of the side whose turn it is, along the exact frontier.

    A side is as impatient as its discount and its horizon make it, and as a breakdown of the talks would.
    Agreement is immediate where both gain by it; elsewhere there is nothing to sign.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used.

    Returns
    -------
    Tabled

    Source: [Rubinstein1982]_ (Rubinstein, 1982), [BinmoreRubinsteinWolinsky1986]_ (Binmore, Rubinstein and
    Wolinsky, 1986).
    """
    rules = table.options("rubinstein")
    rate = table.impatience + rules.breakdown
    discount = np.exp(-rate * (rules.interval / WEEK))
    found = patient_proposals(table.frontier, table.needed[0], table.needed[1], discount[0], discount[1])
    return agreed_at(table, np.where(table.proposer == 0, found.by_a, found.by_b), found.some)
