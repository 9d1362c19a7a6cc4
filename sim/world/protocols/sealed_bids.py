"""Sealed bids: each side tells the mediator alone how far it would go along the frontier."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.scenario.faults import Fault
from sim.scenario.vocabulary import Scenario
from sim.theory.frontier_walk import place_of, room, value_at, way
from sim.theory.sealed_bids import chatterjee_samuelson_bids, split_the_difference
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_a_mediator, protocol


def _needs(scenario: Scenario, place: str) -> Iterator[Fault]:
    yield from needs_a_mediator(scenario, place)
    for side in ("A", "B"):
        goes = getattr(scenario.protocol.sealed_bids.goes, side)
        if goes.least.support[1] > goes.most.support[0]:
            here = f"protocol.sealed_bids.goes.{side}"
            found = f"{goes.least.support[1]:g} and {goes.most.support[0]:g}"
            yield Fault(here, f"least must stay below most, found {found}; give ranges that do not overlap")


@protocol("sealed_bids", _needs)
def sealed_bids(table: Table, luck: Luck) -> Tabled:
    """Text between two bids that cross; where they do not, nothing can be signed.

    A bid is a place on the way from A's end of the frontier, 0, to B's, 1.  A would go as far as it does not
    lose, which is its value as a buyer, and B must be brought as far as it does not lose, which is its cost as
    a seller.  Each limit is thought to be anywhere within a range that the scenario gives; in the linear
    equilibrium for these ranges both shade their bids, and bids that cross leave nobody below its reservation
    value.

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
    rules = table.options("sealed_bids")
    if rules.bidding == "equilibrium":
        goes_a, goes_b = (rules.goes.A.least, rules.goes.A.most), (rules.goes.B.least, rules.goes.B.most)
        sellers = (1.0 - goes_b[1], 1.0 - goes_b[0])
        bid_a, bid_b = chatterjee_samuelson_bids(value_a, cost_b, buyers=goes_a, sellers=sellers, weight=rules.weight)
    else:
        bid_a, bid_b = value_a, cost_b
    cross, price = split_the_difference(bid_a, bid_b, rules.weight)
    position = np.clip(place_of(along, price), ends.first, np.maximum(ends.first, ends.last))
    return agreed_at(table, position, cross & ends.some)
