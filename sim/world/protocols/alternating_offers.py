"""Stacked alternating offers: within a week both sides concede along the frontier until an offer is accepted."""

from __future__ import annotations

import numpy as np

from sim.theory.frontier_offers import concede_along
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_issues, protocol


@protocol("alternating_offers", needs_issues)
def alternating_offers(table: Table, luck: Luck) -> Tabled:
    """Text on which two sides agree that concede with time, each by an exponent of its own.

    The negotiation is over within the week.  A side never offers or accepts less than its reservation value;
    where no offer is accepted before the deadline there is nothing to sign.  The side whose turn it is opens.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used: the offers follow from the sides' gains and the time.

    Returns
    -------
    Tabled

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017), [FaratinSierraJennings1998]_
    (Faratin, Sierra and Jennings, 1998).
    """
    rules = table.options("alternating_offers")
    exponent = np.stack(np.broadcast_arrays(rules.exponent.A, rules.exponent.B)).reshape(2, -1)
    walk = concede_along(
        table.frontier,
        table.needed,
        exponent.astype(np.float64),
        table.proposer,
        rounds=rules.deadline,
        candidates=rules.candidates,
    )
    return agreed_at(table, walk.position, walk.agreed)
