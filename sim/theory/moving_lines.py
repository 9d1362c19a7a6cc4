"""Red lines that move while a war goes on: fatigue softens them, and blood that was shed hardens them.

What crossing a line costs is in ``preferences``.
"""

import numpy as np

from sim.theory.arrays import Array, Number

WIDEST = 1.0
"""Width on [0, 1] that forbids nothing."""


def next_red_line(width: Array, fatigue: Number, new_losses: Number, *, softening: Number, hardening: Number) -> Array:
    """Width of red lines a week later.

    Parameters
    ----------
    width : Array, (sides, issues, runs)
        Distance from the ideal point at which a line stands; above 1 where there is none, which stays so.
    fatigue : float or Array, (sides, 1, runs)
        Fatigue from losses in [0, 1].
    new_losses : float or Array, (sides, 1, runs)
        Losses of the week, in the units of the forces, zero or more.
    softening : float or Array, (sides, 1, runs)
        Width gained in a week at full fatigue, zero or more.
    hardening : float or Array, (sides, 1, runs)
        Width lost per unit of new losses, zero or more.

    Returns
    -------
    Array, (sides, issues, runs)
        Width in [0, 1], or as it was where there is no line.

    Source: [Goemans2000]_ (Goemans, 2000) on demands that fall with hope; [Weisiger2013]_ (Weisiger, 2013).

    >>> next_red_line(np.full((1, 1, 1), 0.5), 0.5, 0.01, softening=0.02, hardening=0.5).round(3)
    array([[[0.505]]])
    """
    return within(width, width + (softening * np.asarray(fatigue) - hardening * np.asarray(new_losses)))


def within(before: Array, after: Array) -> Array:
    """New widths kept on [0, 1]; where there was no line there is none.

    Parameters
    ----------
    before, after : Array, (..., runs)

    Returns
    -------
    Array, same shape

    >>> within(np.array([0.5, 2.0]), np.array([-0.1, 0.3]))
    array([0., 2.])
    """
    return np.where(before > WIDEST, before, np.clip(after, 0.0, WIDEST))
