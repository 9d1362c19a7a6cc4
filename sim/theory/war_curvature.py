"""What the bend of curved losses adds to the value of war: a front that wanders is worth other than its mean.

The rest of the value of war is in ``war_value``, the slope of utility in ``preferences``.
"""

import numpy as np

from sim.theory.arrays import Array, Number, safe_power
from sim.theory.preferences import distance_scale


def bend(front: Array, ideal_point: Array, salience: Array, curvature: Number, reach: Number) -> Array:
    """Second derivative of flow utility in the front.

    Parameters
    ----------
    front : Array, (runs,)
        Share of the contested territory that B holds, in [0, 1].
    ideal_point, salience : Array, (parties, runs)
        Of the issue of control.
    curvature : float or Array, (parties, runs)
        Exponent of the loss: 1 linear, without a bend.
    reach : float or Array, (parties, runs)
        Distance that the front may wander, above 0: nearer than this to the ideal point the bend is taken
        here, since a loss with an exponent below 2 bends without bound at its own kink.

    Returns
    -------
    Array, (parties, runs)
        Negative for losses that grow ever faster (exponent above 1), positive for all-or-nothing ones.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984) for the loss.

    >>> at = np.zeros((1, 1)), np.ones((1, 1))
    >>> bend(np.array([0.3]), *at, 1.0, 0.01), bend(np.array([0.3]), *at, 2.0, 0.01)
    (array([[-0.]]), array([[-2.]]))
    """
    scale = distance_scale(ideal_point)
    distance = np.maximum(np.abs(front - ideal_point), reach) / scale
    power = np.asarray(curvature, dtype=np.float64)
    steep = safe_power(distance, np.abs(power - 2.0))
    steep = np.where(power < 2.0, 1.0 / np.maximum(steep, 1e-12), steep)
    return np.asarray(-salience * power * (power - 1.0) * steep / (scale * scale))


def wandering_gain(bend: Number, volatility: Number) -> Array:
    """Utility a week that a wandering front adds to a bent utility: half the variance times the bend.

    To be added to the change of utility in ``war_value``. Exact for a front without drift and quadratic
    losses; otherwise the first term of the expansion about today's front, ends not counted.

    Parameters
    ----------
    bend : float or Array, (parties, runs)
        From :func:`bend`.
    volatility : float or Array, (runs,)
        Standard deviation of a week's move.

    Returns
    -------
    Array, (parties, runs)

    Source: [KarlinTaylor1981]_ (Karlin and Taylor, 1981), the generator of a diffusion.

    >>> float(wandering_gain(-2.0, 0.5))
    -0.25
    """
    return np.asarray(0.5 * np.square(volatility) * bend)
