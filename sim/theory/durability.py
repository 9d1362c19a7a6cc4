"""Rules by which an agreement ends: by age, by a side's gain from ending it, and the limit of certain answers.

The proportional hazard with its covariates is in ``commitment``.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number, logistic, ordered_sum, safe_power


def duration_dependence(age: Number, shape: Number) -> Array:
    """Factor on the hazard of the week in which an agreement grows from an age to the next.

    The increase of age to the power of the shape over one week: Weibull's hazard, exactly summed by weeks.

    Parameters
    ----------
    age : float or Array
        Whole weeks since the signature, zero or more.
    shape : float or Array
        1 for no dependence, below 1 for a hazard that falls with age; zero or more.

    Returns
    -------
    Array
        Zero or more; 1 for shape 1.

    Source: [Weibull1951]_ (Weibull, 1951).

    >>> round(float(duration_dependence(3.0, 0.5)), 6), float(duration_dependence(9.0, 1.0))
    (0.267949, 1.0)
    """
    age, shape = np.asarray(age, dtype=np.float64), np.asarray(shape, dtype=np.float64)
    grown = safe_power(age + 1.0, shape) - safe_power(age, shape)
    return np.where(shape == 1.0, 1.0, grown)


def excess_bad_faith(trustworthy: BoolArray, expected: Array) -> Array:
    """Untrustworthy sides beyond what was to be expected: a covariate of the break hazard without a mean.

    A hazard that was measured is that of agreements between sides of all kinds, so that types set agreements
    apart without making all of them frailer.

    Parameters
    ----------
    trustworthy : BoolArray, (sides, runs)
        Whether a side is of the type that keeps its word.
    expected : Array, (sides, runs)
        Probability of that type in [0, 1].

    Returns
    -------
    Array, (runs,)
        From minus to plus the number of sides; 0 on average, and where the types are certain.

    Source: after [Kydd2005]_ (Kydd, 2005), on types and what they do.

    >>> excess_bad_faith(np.array([[True], [False]]), np.array([[1.0], [0.25]]))
    array([0.25])
    """
    return ordered_sum(expected - np.asarray(trustworthy, dtype=np.float64))


def gain_from_war(war_value: Number, value: Number, switching_cost: Number = 0.0) -> Array:
    """What a side gains by going back to war.

    Parameters
    ----------
    war_value : float or Array
        What the war is worth to it.
    value : float or Array
        What the agreement is worth to it, break and all.
    switching_cost : float or Array
        Utility that going back costs.

    Returns
    -------
    Array
        Negative where it keeps the agreement willingly.

    >>> round(float(gain_from_war(0.5, 0.45, 0.02)), 6)
    0.03
    """
    return np.asarray(np.asarray(war_value) - value - switching_cost)


def holds(gain: Number) -> BoolArray:
    """Whether a side that weighs without error keeps an agreement; with nothing to gain or lose it does.

    Source: [Powell2006]_ (Powell, 2006).

    >>> bool(holds(-0.1)), bool(holds(0.0)), bool(holds(0.1))
    (True, True, False)
    """
    return np.asarray(np.asarray(gain) <= 0.0)


def quantal_break(gain: Number, precision: Number) -> Array:
    """Probability that a side with a gain from war ends an agreement when it weighs it with errors.

    Parameters
    ----------
    gain : float or Array
        From :func:`gain_from_war`.
    precision : float or Array
        Zero or more; in the limit the answer is that of :func:`holds`.

    Returns
    -------
    Array
        Probability in [0, 1].

    Source: [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995).

    >>> float(quantal_break(0.0, 45.0)), float(quantal_break(0.1, 1e9)), float(quantal_break(-0.1, 1e9))
    (0.5, 1.0, 0.0)
    """
    return logistic(np.asarray(precision) * gain)
