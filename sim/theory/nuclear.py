"""A nuclear site near the fighting: weekly hazards of losing outside power and of a later accident.

Hazards only: a probability for a week is `commitment.weekly_probability`, and the repair truce that a loss
may open belongs to the ladder of the world.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def loss_hazard(
    base: Number, fighting: Number, grid: Number, presence: Number, b1: Number, b2: Number, b3: Number
) -> Array:
    """Weekly hazard that the site loses its outside power.

    base·exp(b1·fighting + b2·(1 − grid) − b3·presence).

    Parameters
    ----------
    base : float or Array, (R,)
        Hazard a week with no fighting near, a whole grid and no inspectors.
    fighting : float or Array, (R,)
        Intensity of the fighting near the site, zero or more.
    grid : float or Array, (R,)
        Usable capacity of the grid, in [0, 1].
    presence : float or Array, (R,)
        Presence of the agency's inspectors, in [0, 1].
    b1, b2, b3 : float or Array
        Log hazard for a unit of fighting, of grid loss, and (with its sign turned) of presence.

    Returns
    -------
    Array, (R,)
        Hazard a week, zero or more.

    Source: proportional hazards, [Cox1972]_ (Cox, 1972).

    >>> float(loss_hazard(0.02, 0.0, 1.0, 0.0, 1.0, 2.0, 0.5))
    0.02
    """
    risk = np.multiply(b1, fighting) + b2 * np.subtract(1.0, grid) - np.multiply(b3, presence)
    result: Array = base * np.exp(risk)
    return result


def accident_hazard(base: Number, weeks_without_power: Number, threshold: Number) -> Array:
    """Weekly hazard of an accident, which exists only after a long loss of outside power.

    Parameters
    ----------
    base : float or Array, (R,)
        Hazard a week once the loss has lasted ``threshold`` weeks; orders of magnitude below `loss_hazard`.
    weeks_without_power : float or Array, (R,)
        Length of the present loss, 0 while power is there.
    threshold : float or Array, (R,)
        Weeks that the site's own reserves bridge, positive.

    Returns
    -------
    Array, (R,)
        ``base`` from the threshold on, otherwise 0.

    >>> accident_hazard(1e-5, np.array([0.0, 3.0, 4.0]), 4.0).tolist()
    [0.0, 0.0, 1e-05]
    """
    result: Array = np.where(np.greater_equal(weeks_without_power, threshold), base, 0.0)
    return result
