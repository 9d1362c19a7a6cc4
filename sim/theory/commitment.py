"""What a promise is worth when it may be broken: break hazards, temptation, preventive war.

Trust and its updating are in ``ladder``; the value of the war to fall back on is in ``war_value``.
"""

from collections.abc import Mapping

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number

LOG_LIMIT = 50.0
"""Covariates can move a hazard by this many logarithmic units at most, so that it stays finite."""


def break_hazard(base: Number, covariates: Mapping[str, Number], weights: Mapping[str, Number]) -> Array:
    """Weekly hazard that an agreement breaks, proportional in its covariates.

    Parameters
    ----------
    base : float or Array, (runs,)
        Hazard a week when every covariate is zero.
    covariates : mapping of str to float or Array, (runs,)
        Circumstances, summed in the order of the mapping.
    weights : mapping of str to float or Array
        Weight of each circumstance; positive ones make the agreement more fragile.

    Returns
    -------
    Array, (runs,)
        Hazard a week, zero or more.

    Raises
    ------
    KeyError
        A covariate has no weight; the message names it.

    Source: [Fortna2003]_ (Fortna, 2003), [WernerYuen2005]_ (Werner and Yuen, 2005).

    >>> round(float(break_hazard(0.01, {"guarantee": 1.0}, {"guarantee": -0.3})), 6)
    0.007408
    """
    missing = [name for name in covariates if name not in weights]
    if missing:
        raise KeyError(f"no weight for the covariate {', '.join(missing)}")
    score: Number = 0.0
    for name, value in covariates.items():
        score = score + weights[name] * value
    return np.asarray(base * np.exp(np.clip(score, -LOG_LIMIT, LOG_LIMIT)))


def temptation(war_value_other_shifted: Number, utility_other: Number) -> Array:
    """What the other side would gain by breaking the agreement once it has rearmed.

    Parameters
    ----------
    war_value_other_shifted : float or Array, (parties, runs)
        The other side's value of war from its improved position.
    utility_other : float or Array, (parties, runs)
        What the agreement gives the other side.

    Returns
    -------
    Array, (parties, runs)
        Zero or more.

    Source: [Powell2006]_ (Powell, 2006).

    >>> float(temptation(0.75, 0.5)), float(temptation(0.25, 0.5))
    (0.25, 0.0)
    """
    return np.maximum(np.asarray(war_value_other_shifted) - utility_other, 0.0)


def value_with_breakdown(utility: Number, fallback: Number, hazard: Number, annuity: Number) -> Array:
    """Value of an agreement that may break, after which the fallback is had for good.

    The annuity plays the part of the inverse discount rate, so that peace and war are discounted alike.

    Parameters
    ----------
    utility : float or Array, (parties, runs)
        Flow utility while the agreement stands.
    fallback : float or Array, (parties, runs)
        Value of war after a break, from a position already worsened.
    hazard : float or Array, (parties, runs)
        Expected break hazard a week, zero or more.
    annuity : float or Array, (parties, runs)
        Weeks that a weekly amount counts, finite.

    Returns
    -------
    Array, (parties, runs)
        Between utility and fallback; exactly the utility when the hazard is zero.

    Source: [Powell2006]_ (Powell, 2006).

    >>> round(float(value_with_breakdown(0.6, 0.3, 0.01, 500.0)), 12)
    0.35
    """
    standing = 1.0 / (1.0 + np.asarray(hazard) * annuity)
    return np.asarray(standing * utility + (1.0 - standing) * fallback)


def critical_shift(p1: Number, cost_b: Number, discount: Number) -> Array:
    """A's later probability of victory above which a declining B attacks now.

    Parameters
    ----------
    p1 : float or Array
        A's probability of victory today.
    cost_b : float or Array
        B's cost of war.
    discount : float or Array
        Discount factor between periods, in (0, 1].

    Returns
    -------
    Array
        The critical level of tomorrow's probability (a level, not a difference); above 1 means never.

    Source: [Fearon1995]_ (Fearon, 1995).

    >>> round(float(critical_shift(0.3, 0.2, 0.9)), 7)
    0.3355556
    """
    discount = np.asarray(discount)
    return np.asarray((p1 + cost_b * np.square(1.0 - discount)) / discount)


def preventive_war(p1: Number, p2: Number, cost_b: Number, discount: Number) -> BoolArray:
    """Whether a declining B attacks although both sides know everything.

    Parameters
    ----------
    p1, p2 : float or Array
        A's probability of victory today and tomorrow.
    cost_b : float or Array
        B's cost of war.
    discount : float or Array
        Discount factor between periods, in (0, 1].

    Returns
    -------
    BoolArray
        True for war; at the critical level there is peace.

    Source: [Fearon1995]_ (Fearon, 1995).

    >>> bool(preventive_war(0.3, 0.4, 0.2, 0.9))
    True
    """
    discount = np.asarray(discount)
    return np.asarray(discount * p2 - p1 > cost_b * np.square(1.0 - discount))


def weekly_probability(hazard: Number, weeks: Number = 1.0) -> Array:
    """Probability that something of a constant hazard happens within some weeks.

    Parameters
    ----------
    hazard : float or Array
        Hazard a week, zero or more.
    weeks : float or Array
        Length of the interval.

    Returns
    -------
    Array
        Probability in [0, 1].

    >>> round(float(weekly_probability(0.01, 52)), 6)
    0.405479
    """
    return np.asarray(-np.expm1(-np.asarray(hazard) * weeks))
