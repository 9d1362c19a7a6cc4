"""How a belligerent learns the drift of the front from the weeks it has seen.

Learning from offers and from mediators is not here.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def learn(mean: Number, variance: Number, observation: Number, noise: Number, process: Number) -> tuple[Array, Array]:
    """Belief after one more observed week (scalar Kalman filter on a random walk).

    Parameters
    ----------
    mean, variance : float or Array, (sides, runs)
        Belief on the weekly drift.
    observation : float or Array, (runs,)
        Move of the front in the week.
    noise : float or Array, (sides, runs)
        Standard deviation of a week's move around the drift, as the side believes it.
    process : float or Array, (sides, runs)
        Standard deviation of the drift's own weekly change.

    Returns
    -------
    tuple of Array, (sides, runs)
        New mean and variance; a certain belief (zero variance and process) does not move.

    Source: [Kalman1960]_ (Kalman, 1960); in war, [Slantchev2003]_ (Slantchev, 2003).

    >>> [float(value) for value in learn(0.0, 1.0, 2.0, 1.0, 0.0)]
    [1.0, 0.5]
    """
    predicted = np.asarray(variance + np.square(process))
    total = predicted + np.square(noise)
    informed = total > 0.0
    gain = np.where(informed, predicted / np.where(informed, total, 1.0), 0.0)
    return np.asarray(mean + gain * (observation - np.asarray(mean))), (1.0 - gain) * predicted


def gap_ratio(weeks: Number, prior_variance: Number, noise_variance: Number) -> Array:
    """Share of an initial disagreement that is left after some weeks of common evidence.

    Parameters
    ----------
    weeks : float or Array
        Weeks observed, zero or more.
    prior_variance : float or Array
        Variance of both priors.
    noise_variance : float or Array
        Variance of a week's signal, above zero.

    Returns
    -------
    Array
        Share in (0, 1], without process noise.

    Source: [Slantchev2003]_ (Slantchev, 2003) for the convergence; conjugate normal updating for the form.

    >>> round(float(gap_ratio(4, 4e-4, 9e-4)), 6)
    0.36
    """
    return np.asarray(1.0 / (1.0 + np.asarray(weeks) * prior_variance / noise_variance))
