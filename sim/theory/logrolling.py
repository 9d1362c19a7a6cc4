"""Trading issue for issue: what two sides gain by settling several issues at once instead of one by one.

Opposite ideal points at the ends of every issue and linear losses; the general frontier is in ``frontier``.
"""

import numpy as np

from sim.theory.arrays import Array, Number
from sim.theory.frontier import frontier, nash_point


def _salience(salience: Array) -> Array:
    """Saliences as (sides, issues, runs)."""
    given = np.asarray(salience, dtype=np.float64)
    return given[:, :, None] if given.ndim == 2 else given


def package_gains(salience: Array, disagreement: Array | float = 0.0, power: Number = 0.5) -> Array:
    """Utilities at the Nash solution when all issues are settled together.

    Parameters
    ----------
    salience : Array, (sides, issues) or (sides, issues, runs)
        Weight of every issue for A and for B, zero or more; each side's best end of all issues is worth their
        sum.
    disagreement : float or Array, (sides, runs)
        What each side keeps without a deal.
    power : float or Array, (runs,)
        A's bargaining power in [0, 1].

    Returns
    -------
    Array, (sides, runs)
        The disagreement values where no package gives both sides that much.

    Source: [Raiffa1982]_ (Raiffa, 1982), [Nash1950]_ (Nash, 1950).

    >>> package_gains(np.array([[0.8, 0.2], [0.2, 0.8]])).ravel().tolist()
    [0.8, 0.8]
    """
    weight = _salience(salience)
    _, issues, runs = weight.shape
    floor = np.broadcast_to(np.asarray(disagreement, dtype=np.float64), (2, runs))
    knots = np.broadcast_to(np.array([0.0, 1.0])[None, :, None], (issues, 2, runs))
    all_of_a = np.zeros(runs)
    for row in weight[0]:
        all_of_a = all_of_a + row
    chain = frontier(knots, -weight[0][:, None], weight[1][:, None], np.stack([all_of_a, np.zeros(runs)]))
    point = nash_point(chain, floor[0], floor[1], power)
    return np.stack([point.utility_a, point.utility_b])


def separate_gains(salience: Array, power: Number = 0.5) -> Array:
    """Utilities when every issue is settled by itself, with nothing on it without a deal.

    On a single issue with linear losses the Nash solution splits the distance by bargaining power, whatever the
    salience: who cares more gets no more.

    Parameters
    ----------
    salience, power
        As in :func:`package_gains`.

    Returns
    -------
    Array, (sides, runs)

    Source: [Raiffa1982]_ (Raiffa, 1982), [Nash1950]_ (Nash, 1950).

    >>> separate_gains(np.array([[0.8, 0.2], [0.2, 0.8]])).ravel().tolist()
    [0.5, 0.5]
    """
    weight = _salience(salience)
    total = np.zeros((2, weight.shape[-1]))
    for issue in range(weight.shape[1]):
        total = total + weight[:, issue]
    part = np.asarray(power, dtype=np.float64)
    return np.stack([total[0] * part, total[1] * (1.0 - part)])
