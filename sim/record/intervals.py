"""Intervals that state Monte-Carlo error: how far a share of the runs played may be from that of all runs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

CONFIDENCE = 1.959963984540054
"""Standard normal quantile of 0.975: intervals are 95 % intervals where nothing else is said."""


def wilson(share: npt.ArrayLike, n: npt.ArrayLike, z: float = CONFIDENCE) -> tuple[Array, Array]:
    """Wilson's interval of a share seen in n runs; NaN where n is 0.

    Parameters
    ----------
    share : float in [0, 1]
    n : int
    z : float
        Standard normal quantile of the level; 1.96 for 95 %.

    Source: [Wilson1927]_.

    >>> [round(float(end), 4) for end in wilson(0.5, 100)]
    [0.4038, 0.5962]
    """
    share, n = np.asarray(share, dtype=np.float64), np.asarray(n, dtype=np.float64)
    size = np.where(n > 0, n, np.nan)
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    # Near a share of 0 or 1 rounding would put the end a hair beyond the share itself, or beyond 0 and 1.
    low, high = np.maximum(middle - half, 0.0 * size), np.minimum(middle + half, 1.0 + 0.0 * size)
    return np.minimum(low, share + 0.0 * size), np.maximum(high, share + 0.0 * size)
