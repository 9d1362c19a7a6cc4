"""Morris's screening: mean and spread of elementary effects along trajectories, from few points."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.points import Points, Unusable
from sim.analysis.sensitivity.variance import WITHOUT


def morris(points: Points, levels: int = 4, *, resamples: int = 500, seed: int = 1) -> pd.DataFrame:
    """Elementary effects of each factor on the mean outcome, over its whole range.

    An effect is what the outcome would change by if the factor went from one end of its range to the other at the
    pace of the step.  A large ``sigma`` beside ``mu_star`` says that the effect depends on where the others stand,
    or is no straight line.

    Parameters
    ----------
    points : Points
        In the order of Morris's trajectories, as SALib writes them.
    levels : int, even
        Of the design.
    resamples, seed : int
        For the interval.

    Returns
    -------
    DataFrame, one row a factor: ``factor``, ``mu``, ``mu_star`` with ``low`` and ``high``, ``sigma``.

    Raises
    ------
    Unusable
        The number of points fits no whole trajectory, or a step moves none or several factors; or SALib is missing.

    Source: [Morris1991]_, [CampolongoCariboniSaltelli2007]_.
    """
    try:
        from SALib.analyze import morris as library
    except ImportError:
        raise Unusable(WITHOUT) from None
    width = len(points.names)
    moves = np.diff(points.x.reshape(-1, width + 1, width), axis=1) if len(points.x) % (width + 1) == 0 else None
    if moves is None or not (np.count_nonzero(moves, axis=2) == 1).all():
        raise Unusable(f"{len(points.x)} points of {width} factors are no trajectories that move one factor a step")
    points = points.whole(width + 1, "trajectories")
    ends = [[float(low), float(high)] for low, high in zip(points.x.min(axis=0), points.x.max(axis=0), strict=True)]
    problem = {"num_vars": width, "names": list(points.names), "bounds": ends}
    found = library.analyze(
        problem, points.x, points.mean, num_resamples=resamples, num_levels=levels, seed=seed
    )  # fmt: skip
    star, half = np.asarray(found["mu_star"], dtype=float), np.asarray(found["mu_star_conf"], dtype=float)
    return pd.DataFrame({
        "factor": list(points.names), "mu": np.asarray(found["mu"], dtype=float), "mu_star": star,
        "low": np.maximum(star - half, 0.0), "high": star + half, "sigma": np.asarray(found["sigma"], dtype=float),
    })  # fmt: skip
