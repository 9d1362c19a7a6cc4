"""Sealed bids: each side tells the mediator alone how far it would go along the frontier."""

from __future__ import annotations

import numpy as np

from sim.theory.frontier_walk import place_of, room, value_at, way
from sim.theory.sealed_bids import chatterjee_samuelson_bids, split_the_difference
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_a_mediator, protocol


@protocol("sealed_bids", needs_a_mediator)
def sealed_bids(table: Table, luck: Luck) -> Tabled:
    """Text half-way between two bids that cross; where they do not, nothing can be signed.

    A bid is a place on the way from A's end of the frontier, 0, to B's, 1.  A would go as far as it does not
    lose, which is its value as a buyer, and B must be brought as far as it does not lose, which is its cost as
    a seller.  In the linear equilibrium for values that nobody knows to be more likely than others, both shade
    their bids, and bids that cross leave nobody below its reservation value.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used.

    Returns
    -------
    Tabled

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).
    """
    along = way(table.frontier)
    ends = room(table.frontier, table.needed[0], table.needed[1])
    value_a, cost_b = value_at(along, ends.last), value_at(along, ends.first)
    if table.options("sealed_bids").bidding == "equilibrium":
        bid_a, bid_b = chatterjee_samuelson_bids(value_a, cost_b)
    else:
        bid_a, bid_b = value_a, cost_b
    cross, price = split_the_difference(bid_a, bid_b)
    position = np.clip(place_of(along, price), ends.first, np.maximum(ends.first, ends.last))
    return agreed_at(table, position, cross & ends.some)
