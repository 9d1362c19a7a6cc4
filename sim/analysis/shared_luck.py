"""How far a mean over design points may be off when all points met the same few replicates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

Array = npt.NDArray[np.float64]

LEVEL = 0.975
"""Upper end of a 95 % interval."""


def reach(parts: Array) -> float:
    """Half the 95 % interval of a mean whose runs share points and share luck.

    The variance is that between points, and what replicates that all points met add to it beyond the runs' own;
    Student's quantile has the degrees of freedom of that sum, so that few replicates give a wide interval.

    Parameters
    ----------
    parts : (point, replicate) float
        What each run adds to the error of the mean, in sum 0; NaN where there is no run.

    Returns
    -------
    float; with one replicate Student's for the points alone, NaN with one of both.

    Source: [CameronGelbachMiller2011]_, with the degrees of freedom of [Satterthwaite1946]_.

    >>> round(reach(np.array([[-0.5], [0.5]])), 3)  # of two points: Student's quantile of one degree of freedom
    12.706
    """
    if max(parts.shape) < 2:
        return np.nan
    seen = np.nan_to_num(parts)
    kinds = [(seen.sum(axis=1), 0.0), (seen.sum(axis=0), float(np.square(seen).sum()))]
    total, spent = 0.0, 0.0
    for sums, own in kinds:
        units = sums.size
        if units > 1:
            variance = max(float(np.square(sums).sum()) * units / (units - 1) - own, 0.0)
            total, spent = total + variance, spent + variance**2 / (units - 1)
    return float(stdtrit(total**2 / spent, LEVEL)) * float(np.sqrt(total)) if spent else 0.0
