"""Closed forms of bargaining theory between two sides on one pie: alternating offers, ultimata, screening.

Benchmarks and special cases. Several issues are in ``frontier``, more than two sides in ``legislature``, bids
that only a mediator sees in ``sealed_bids``, sides that may leave in ``outside_options``, uncertain answers in
``ultimatum``; the protocols that play bargaining out week by week are not theory and live elsewhere.
"""

import numpy as np

from sim.theory.arrays import Array, Number, safe_power


def rubinstein_share(discount_1: Number, discount_2: Number) -> Array:
    """First mover's share with alternating offers and no end.

    Parameters
    ----------
    discount_1, discount_2 : float or Array
        Discount factors a round of first and second mover, in [0, 1].

    Returns
    -------
    Array
        Share in [0, 1]; one half where neither side minds waiting.

    Source: [Rubinstein1982]_ (Rubinstein, 1982).

    >>> round(float(rubinstein_share(0.9, 0.95)), 6)
    0.344828
    """
    discount_2 = np.asarray(discount_2)
    hurry = 1.0 - discount_1 * discount_2
    urgent = hurry > 0.0
    return np.where(urgent, (1.0 - discount_2) / np.where(urgent, hurry, 1.0), 0.5)


def small_interval_share(rate_1: Number, rate_2: Number) -> Array:
    """First mover's share with alternating offers as the time between them vanishes.

    Parameters
    ----------
    rate_1, rate_2 : float or Array
        Discount rates of both sides, zero or more.

    Returns
    -------
    Array
        Share in [0, 1]: the other side's part of the impatience; one half where there is none.

    Source: [BinmoreRubinsteinWolinsky1986]_ (Binmore, Rubinstein and Wolinsky, 1986).

    >>> round(float(small_interval_share(0.02, 0.01)), 6)
    0.333333
    """
    total = np.asarray(rate_1) + rate_2
    urgent = total > 0.0
    return np.where(urgent, rate_2 / np.where(urgent, total, 1.0), 0.5)


def finite_horizon_share(discount_1: Number, rounds: Number, discount_2: Number | None = None) -> Array:
    """First mover's share with a fixed number of alternating offers.

    Parameters
    ----------
    discount_1 : float or Array
        Discount factor a round of the first mover, in [0, 1].
    rounds : float or Array
        Number of offers, a whole number from 1.
    discount_2 : float or Array, optional
        That of the second mover; without it, the first mover's.

    Returns
    -------
    Array
        Share in [0, 1]; all of it with a single offer.

    Source: [Stahl1972]_ (Ståhl, 1972).

    >>> [round(float(finite_horizon_share(0.9, rounds)), 5) for rounds in range(1, 7)]
    [1.0, 0.1, 0.91, 0.181, 0.8371, 0.24661]
    """
    other = np.asarray(discount_1 if discount_2 is None else discount_2, dtype=np.float64)
    pairs, odd = np.divmod(np.asarray(rounds) - 1, 2)
    last = np.where(odd == 1, 1.0 - other, 1.0)
    both = discount_1 * other
    left, hurry = safe_power(both, pairs), 1.0 - both
    urgent = hurry > 0.0
    endless = np.where(urgent, (1.0 - other) / np.where(urgent, hurry, 1.0), 0.0)
    return np.asarray(endless + left * (last - endless))


def nash_pie_share(exponent_1: Number, exponent_2: Number, weight: Number = 0.5) -> Array:
    """First side's share of a pie at the Nash solution, for power utilities and nothing without agreement.

    Parameters
    ----------
    exponent_1, exponent_2 : float or Array
        Exponents of the utilities of own share, above zero; below 1 for risk aversion.
    weight : float or Array
        Bargaining power of the first side in [0, 1].

    Returns
    -------
    Array
        Share in [0, 1].

    Source: [Nash1950]_ (Nash, 1950).

    >>> round(float(nash_pie_share(0.5, 1.0)), 6)
    0.333333
    """
    first = np.asarray(weight) * exponent_1
    return np.asarray(first / (first + (1.0 - np.asarray(weight)) * exponent_2))


def nash_with_war(p: Number, cost_a: Number, cost_b: Number) -> Array:
    """A's share at the Nash solution when war is the disagreement.

    Parameters
    ----------
    p : float or Array
        Probability that A wins, in [0, 1].
    cost_a, cost_b : float or Array
        Costs of war, zero or more.

    Returns
    -------
    Array
        Middle of the bargaining range, cut to [0, 1].

    Source: [Nash1950]_ (Nash, 1950), [Fearon1995]_ (Fearon, 1995).

    >>> round(float(nash_with_war(0.6, 0.1, 0.2)), 6)
    0.65
    """
    return np.asarray(np.clip(p + 0.5 * (np.asarray(cost_b) - cost_a), 0.0, 1.0))


def take_it_or_leave_it(p: Number, cost_1: Number, cost_max: Number) -> tuple[Array, Array]:
    """Best ultimatum against an opponent whose cost of war is uniform from 0 to a maximum.

    Parameters
    ----------
    p : float or Array
        Proposer's probability of victory, in [0, 1].
    cost_1 : float or Array
        Proposer's cost of war, zero or more.
    cost_max : float or Array
        Largest cost the opponent may have, zero or more.

    Returns
    -------
    tuple of Array
        Proposer's demand, at most 1 and without risk where risk does not pay; probability of war.

    Source: [Fearon1995]_ (Fearon, 1995) on the risk-return trade-off.

    >>> [round(float(value), 6) for value in take_it_or_leave_it(0.5, 0.05, 0.25)]
    [0.6, 0.4]
    """
    p, cost_max = np.asarray(p), np.asarray(cost_max)
    beyond = np.minimum(np.maximum(0.5 * (cost_max - cost_1), 0.0), 1.0 - p)
    unsure = cost_max > 0.0
    return p + beyond, np.where(unsure, beyond / np.where(unsure, cost_max, 1.0), 0.0)


def screening_threshold(cost_low: Number, cost_high: Number, cost_1: Number) -> Array:
    """Belief in a weak opponent above which the risky demand is better than the safe one.

    Parameters
    ----------
    cost_low, cost_high : float or Array
        Costs of war of the resolved and of the weak type.
    cost_1 : float or Array
        Proposer's cost of war; it and ``cost_high`` add to more than zero.

    Returns
    -------
    Array
        Probability in [0, 1] when the high cost is the higher one.

    Source: [Fearon1995]_ (Fearon, 1995).

    >>> round(float(screening_threshold(0.05, 0.3, 0.1)), 6)
    0.375
    """
    return np.asarray((np.asarray(cost_low) + cost_1) / (np.asarray(cost_high) + cost_1))
