"""Losses in battle and the weariness they leave: Lanchester's laws, fatigue, and falling public support.

Here live the rate at which two forces wear each other down, the closed forms of the square and the linear
law, and two maps from cumulative casualties to the mood at home. Where the front goes is in `front`; what a
week of war costs is in `tolerance`.
"""

import numpy as np

from sim.theory.arrays import Array, Number, safe_power


def _exponent(base: Array, exponent: Number) -> Number:
    """Base to the exponent, with exact results for exponents 0 and 1."""
    if isinstance(exponent, (int, float)):
        if exponent == 0.0:
            return 1.0
        if exponent == 1.0:
            return base
    exponent = np.asarray(exponent, dtype=np.float64)
    result: Array = np.where(exponent == 1.0, base, safe_power(base, exponent))
    return result


def attrition(
    forces: Array,
    effectiveness: Array,
    intensity: Number,
    *,
    own_exponent: Number = 0.0,
    other_exponent: Number = 1.0,
) -> Array:
    """Losses that each side suffers in one step of fighting.

    loss_i = a_j F_j^p F_i^q · intensity, where j is the other side. The default p=1, q=0 is the square law
    (aimed fire); p=q=1 is the linear law (area fire). Losses are not capped: the caller keeps forces at zero
    or above.

    Parameters
    ----------
    forces : Array, (2, R)
        Fighting strength of A and B, zero or more.
    effectiveness : Array, (2, R) or (2, 1)
        Losses that a unit of this side's strength inflicts on the other side in a step at full intensity.
    intensity : float or Array, (R,)
        Intensity of the fighting, 0 in a truce.
    own_exponent : float or Array, (R,)
        q, the exponent of the suffering side's own strength.
    other_exponent : float or Array, (R,)
        p, the exponent of the opponent's strength.

    Returns
    -------
    Array, (2, R)
        Losses of A and of B, in units of strength.

    Source: [Lanchester1916]_ (Lanchester, 1916).

    >>> attrition(np.array([[100.0], [50.0]]), np.array([[0.01], [0.02]]), 1.0).tolist()
    [[1.0], [1.0]]
    """
    inflicted = effectiveness * _exponent(forces, other_exponent)
    losses: Array = inflicted[::-1] * _exponent(forces, own_exponent) * intensity
    return losses


def lanchester_square(force_a: Number, force_b: Number, alpha: Number, beta: Number) -> tuple[Array, Array, Array]:
    """Survivors and duration of a fight to the finish under the square law.

    dB/dt = −αA and dA/dt = −βB keep αA² − βB² constant, so its sign names the winner.

    Parameters
    ----------
    force_a, force_b : float or Array, (R,)
        Initial strengths, positive.
    alpha, beta : float or Array, (R,)
        Effectiveness of A against B and of B against A, positive.

    Returns
    -------
    survivors_a, survivors_b : Array, (R,)
        What is left of each side at the end; zero for the loser, and for both after an exact draw.
    time : Array, (R,)
        Steps until the loser is gone; infinite after an exact draw.

    Source: [Lanchester1916]_ (Lanchester, 1916).

    >>> [round(float(x), 4) for x in lanchester_square(1000.0, 800.0, 0.01, 0.01)]
    [600.0, 0.0, 109.8612]
    """
    might_a = np.sqrt(alpha) * np.asarray(force_a, dtype=np.float64)
    might_b = np.sqrt(beta) * np.asarray(force_b, dtype=np.float64)
    left = (might_a - might_b) * (might_a + might_b)
    ratio = np.minimum(might_a, might_b) / np.maximum(might_a, might_b)
    with np.errstate(divide="ignore"):
        time: Array = np.arctanh(ratio) / np.sqrt(np.multiply(alpha, beta))
    survivors_a: Array = np.sqrt(np.maximum(left, 0.0) / alpha)
    survivors_b: Array = np.sqrt(np.maximum(-left, 0.0) / beta)
    return survivors_a, survivors_b, time


def lanchester_linear(force_a: Number, force_b: Number, alpha: Number, beta: Number) -> tuple[Array, Array]:
    """Survivors of a fight to the finish under the linear law.

    dB/dt = −αAB and dA/dt = −βAB keep αA − βB constant. The loser fades without ever reaching zero, so there
    is no duration to report.

    Parameters
    ----------
    force_a, force_b : float or Array, (R,)
        Initial strengths, zero or more.
    alpha, beta : float or Array, (R,)
        Effectiveness of A against B and of B against A, positive.

    Returns
    -------
    survivors_a, survivors_b : Array, (R,)
        The limits of the two strengths; zero for the loser, and for both after an exact draw.

    Source: [Lanchester1916]_ (Lanchester, 1916).

    >>> [float(x) for x in lanchester_linear(1000.0, 800.0, 0.01, 0.01)]
    [200.0, 0.0]
    """
    left = np.multiply(alpha, force_a) - np.multiply(beta, force_b)
    survivors_a: Array = np.maximum(left, 0.0) / alpha
    survivors_b: Array = np.maximum(-left, 0.0) / beta
    return survivors_a, survivors_b


def fatigue(casualties: Number, scale: Number) -> Array:
    """War-weariness that grows with cumulative casualties and saturates.

    1 − exp(−C/C0).

    Parameters
    ----------
    casualties : float or Array, any shape
        Cumulative casualties C, zero or more.
    scale : float or Array
        C0, casualties at which weariness reaches 63 per cent; positive, in the unit of ``casualties``.

    Returns
    -------
    Array, broadcast shape
        Fatigue in [0, 1].

    Source: saturating form of the decline described by [Mueller1973]_ (Mueller, 1973).

    >>> float(fatigue(0.0, 100.0))
    0.0
    """
    result: Array = -np.expm1(-np.divide(casualties, scale))
    return result


def mueller_support(casualties: Number, intercept: Number, slope: Number) -> Array:
    """Public support for a war that falls with the logarithm of cumulative casualties.

    intercept − slope·log10(C), the rival of the saturating `fatigue`.

    Parameters
    ----------
    casualties : float or Array, any shape
        Cumulative casualties C; counts below one are read as one.
    intercept : float or Array
        Share of the public in support at the first casualty, in [0, 1].
    slope : float or Array
        Share lost with every tenfold rise of casualties, zero or more.

    Returns
    -------
    Array, broadcast shape
        Support, clipped to [0, 1].

    Source: [Mueller1973]_ (Mueller, 1973).

    >>> round(float(mueller_support(1000.0, 0.9, 0.15)), 6)
    0.45
    """
    support = intercept - slope * np.log10(np.maximum(casualties, 1.0))
    result: Array = np.clip(support, 0.0, 1.0)
    return result
