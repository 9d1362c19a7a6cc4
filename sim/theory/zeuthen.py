"""Zeuthen's rule of concession between two sides: who would rather risk a conflict holds out, the other gives way.

The sides make offers from a common list that runs from the best of one to the best of the other.  Concession by
the clock is in ``stacked_offers``; the point to which this process leads is Nash's, in ``frontier``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, Number, row_of

SAME_RISK = 1e-12
"""Risks that differ by less are equal, so that rounding never decides who gives way."""


class Concessions(NamedTuple):
    """How the process ended, (runs,) each.

    ``outcome`` is the row on which the sides met, ``rounds`` the number of rounds that it took, and ``given_a``
    and ``given_b`` how many steps each side conceded.
    """

    outcome: IntArray
    rounds: IntArray
    given_a: IntArray
    given_b: IntArray


def risk_limit(own: Number, other: Number) -> Array:
    """Largest risk of a conflict that a side would run rather than take the other's offer.

    Parameters
    ----------
    own : float or Array
        What it gains from its own offer over a conflict, zero or more.
    other : float or Array
        What it gains from the other's offer.

    Returns
    -------
    Array
        Probability in [0, 1]; 1 where its own offer gains it nothing, so that it has nothing to lose.

    Source: [Zeuthen1930]_ (Zeuthen, 1930), [Harsanyi1956]_ (Harsanyi, 1956).

    >>> float(risk_limit(1.0, 0.25)), float(risk_limit(0.0, 0.0))
    (0.75, 1.0)
    """
    own = np.asarray(own, dtype=np.float64)
    some = own > 0.0
    risk = (own - other) / np.where(some, own, 1.0)
    return np.where(some, np.clip(risk, 0.0, 1.0), 1.0)


def concede(gain_a: Array, gain_b: Array, opens: IntArray) -> Concessions:
    """Monotonic concession by Zeuthen's rule, until both make the same offer.

    In each round the side that would run the smaller risk goes a row towards the other; where both would run the
    same, both do, and where only one row is left, the side whose turn it is.

    Parameters
    ----------
    gain_a, gain_b : Array, (offers, runs)
        Gains over a conflict, zero or more; A's falls and B's rises along the rows.
    opens : IntArray, (runs,)
        Side whose turn it is: 0 for A, 1 for B.

    Returns
    -------
    Concessions
        Where the product of gains has one peak along the rows, as on any concave frontier, the outcome is the
        row on which it is largest: Nash's solution among the offers.

    Source: [Zeuthen1930]_ (Zeuthen, 1930), [Harsanyi1956]_ (Harsanyi, 1956); [RosenscheinZlotkin1994]_
    (Rosenschein and Zlotkin, 1994) for the rounds.

    >>> share = np.linspace(0.0, 1.0, 11)[:, None]
    >>> concede(1.0 - share, share, np.array([0])).outcome
    array([5])
    """
    runs = gain_a.shape[-1]
    at_a, at_b = np.zeros(runs, dtype=np.int64), np.full(runs, len(gain_a) - 1)
    rounds = np.zeros(runs, dtype=np.int64)
    turn = np.broadcast_to(opens, (runs,))
    for _ in range(len(gain_a) - 1):
        apart = at_a < at_b
        if not apart.any():
            break
        gives_a, gives_b = _who_gives_way(gain_a, gain_b, at_a, at_b, turn)
        at_a, at_b = at_a + (gives_a & apart), at_b - (gives_b & apart)
        rounds = rounds + apart
    return Concessions(at_a, rounds, at_a, len(gain_a) - 1 - at_b)


def _who_gives_way(
    gain_a: Array, gain_b: Array, at_a: IntArray, at_b: IntArray, turn: IntArray
) -> tuple[BoolArray, BoolArray]:
    """Whether A and B concede a row, (runs,) each; at least one of them does."""
    risk_a = risk_limit(row_of(gain_a, at_a), row_of(gain_a, at_b))
    risk_b = risk_limit(row_of(gain_b, at_b), row_of(gain_b, at_a))
    equal = np.abs(risk_a - risk_b) < SAME_RISK
    both = equal & (at_b - at_a > 1)
    gives_a = both | np.where(equal, turn == 0, risk_a < risk_b)
    return gives_a, both | ~gives_a
