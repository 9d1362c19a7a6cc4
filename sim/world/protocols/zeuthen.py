"""Zeuthen's concessions: the side with the lower willingness to risk a conflict gives way along the frontier."""

from __future__ import annotations

import numpy as np

from sim.theory.arrays import row_of
from sim.theory.frontier_walk import place_between, room, value_at
from sim.theory.zeuthen import concede
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_issues, protocol


@protocol("zeuthen", needs_issues)
def zeuthen(table: Table, luck: Luck) -> Tabled:
    """Text on which two sides meet that concede step by step, each when it has the more to lose by a conflict.

    A starts from what B would just take, and B from what A would; the steps between are even.  They meet next to
    the Nash point of the frontier, nearer the more candidates there are.  The negotiation is over within the
    week; where nothing is good enough for both there is nothing to sign.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used: each step follows from the gains, and a tie from whose turn it is.

    Returns
    -------
    Tabled

    Source: [Zeuthen1930]_ (Zeuthen, 1930), [Harsanyi1956]_ (Harsanyi, 1956).
    """
    ends = room(table.frontier, table.needed[0], table.needed[1])
    last = np.maximum(ends.first, ends.last)
    steps = np.linspace(0.0, 1.0, table.options("zeuthen").candidates)[:, None]
    offers = place_between(table.frontier, ends.first, last, steps)
    gain_a = np.maximum(value_at(table.frontier.utility_a, offers) - table.needed[0], 0.0)
    gain_b = np.maximum(value_at(table.frontier.utility_b, offers) - table.needed[1], 0.0)
    met = concede(gain_a, gain_b, table.proposer)
    return agreed_at(table, row_of(offers, met.outcome), ends.some)
