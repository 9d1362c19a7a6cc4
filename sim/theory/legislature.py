"""Bargaining in a legislature: one member at random proposes how to share, a quota of members must agree.

Closed rule: the proposal is voted up or down, and after a defeat another member is recognised. Two sides that
alternate are in ``bargaining``; voting on texts by fixed rules is in ``rules`` and ``majority``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, IntArray, Number, ordered_sum

HALVINGS = 60
"""Steps of the search for the price of a vote, each halving what is left."""


class Legislature(NamedTuple):
    """Stationary equilibrium of a closed rule: (members, runs) each.

    ``value`` is what a member expects before anybody is recognised, ``price`` what buys its vote,
    ``proposing`` what it keeps if recognised, and ``invited`` the probability that somebody else is
    recognised and buys it.
    """

    value: Array
    price: Array
    proposing: Array
    invited: Array


def baron_ferejohn(members: Number, discount: Number, quota: Number | None = None) -> tuple[Array, Array]:
    """Shares in a legislature of equals with random recognition and closed rule.

    Parameters
    ----------
    members : float or Array
        Number of members, a whole number from 1.
    discount : float or Array
        Discount factor a session, in [0, 1].
    quota : float or Array, optional
        Votes needed, the proposer's included, from 1 to ``members``; a simple majority by default.

    Returns
    -------
    tuple of Array
        Share of the proposer, and of each of the ``quota - 1`` members that it buys.

    Source: [BaronFerejohn1989]_ (Baron and Ferejohn, 1989).

    >>> [round(float(share), 6) for share in baron_ferejohn(3, 1.0)]
    [0.666667, 0.333333]
    """
    bought = np.floor_divide(members, 2) if quota is None else np.asarray(quota) - 1.0
    partner = np.asarray(discount) / members
    return np.asarray(1.0 - partner * bought), partner


def closed_rule(recognition: Array, quota: int, discount: Number) -> Legislature:
    """Equilibrium with unequal chances of being recognised and any quota.

    A vote costs what its member expects from going on, discounted, and every proposer buys the cheapest.
    Those who are seldom recognised are always bought, those who often are never, and those between are bought
    just so often that their votes cost the same. The payoffs are the same in all stationary equilibria.

    Parameters
    ----------
    recognition : Array, (members, runs)
        Probabilities of being recognised, which add to 1 over the members.
    quota : int
        Votes needed, the proposer's included, from 1 to the number of members.
    discount : float or Array, (runs,)
        Discount factor a session, in [0, 1].

    Returns
    -------
    Legislature
        Agreement is immediate, so the values add to 1. Under unanimity everybody expects its probability of
        being recognised; with a discount of 1 this is the limit of the patient.

    Source: [BaronFerejohn1989]_ (Baron and Ferejohn, 1989), [Eraslan2002]_ (Eraslan, 2002).

    >>> closed_rule(np.array([[0.5], [0.25], [0.25]]), 2, 1.0).value.round(4).T
    array([[0.3333, 0.3333, 0.3333]])
    """
    recognition = np.asarray(recognition, dtype=np.float64)
    order = np.argsort(recognition, axis=0, kind="stable")
    value = _values(recognition, order, quota, np.asarray(discount))
    price = discount * value
    cheapest = np.take_along_axis(price, order[:quota], axis=0)
    proposing = 1.0 - ordered_sum(cheapest) + np.minimum(price, cheapest[-1])
    bought = np.where(price > 0.0, (value - recognition * proposing) / np.where(price > 0.0, price, 1.0), 0.0)
    return Legislature(value, price, proposing, np.clip(bought, 0.0, 1.0 - recognition))


def _values(recognition: Array, order: IntArray, quota: int, discount: Array) -> Array:
    """Expected shares, by a search for the marginal value at which what is expected adds to what there is."""
    if quota == len(recognition):
        return recognition
    low, high = np.zeros(recognition.shape[-1]), np.ones(recognition.shape[-1])
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        enough = _excess(recognition, order, quota, discount, middle) >= 0.0
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    relative = _relative_values(recognition, discount, high)
    return np.asarray(relative / ordered_sum(relative))


def _relative_values(recognition: Array, discount: Array, marginal: Array) -> Array:
    """Expected shares over what is left after all votes are bought, given the value of marginal members.

    Members recognised so seldom that being bought always leaves them below the marginal value are cheap;
    those recognised so often that being bought never leaves them above it are dear.
    """
    patience = 1.0 - discount
    cheap = recognition <= marginal * patience
    alone = recognition * (1.0 + discount * marginal)
    bought = np.where(cheap, recognition / np.where(patience > 0.0, patience, 1.0), marginal)
    return np.asarray(np.where(alone > marginal, alone, bought))


def _excess(recognition: Array, order: IntArray, quota: int, discount: Array, marginal: Array) -> Array:
    """Value expected less value to be had, rising with the marginal value."""
    relative = _relative_values(recognition, discount, marginal)
    cheapest = ordered_sum(np.take_along_axis(relative, order[:quota], axis=0))
    return np.asarray(ordered_sum(relative) - discount * cheapest - 1.0)
