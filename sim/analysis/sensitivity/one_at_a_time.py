"""One factor at a time: what each value of a factor changes beside the scenario as its file says, on the same luck."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.pairs import pair_flags, pair_numbers
from sim.analysis.points import Points, Unusable

COLUMNS = ["factor", "value", "baseline", "mean", "difference", "low", "high", "reduction", "n"]


def contrasts(points: Points) -> pd.DataFrame:
    """Paired differences between each point and the one at which every factor is what the file says.

    Replicate r meets the same luck at every point, so that it is paired with replicate r; only those count that both
    points have.

    Parameters
    ----------
    points : Points
        Of a design that moves one factor at a time: NaN is what the file says.

    Returns
    -------
    DataFrame, one row a factor and value: ``factor``, ``value``; ``baseline`` and ``mean``, the outcome without and
    with it; ``difference`` with ``low`` and ``high``; ``reduction``, of variance by the pairing; ``n``, pairs.

    Raises
    ------
    Unusable
        The points are not of that design, or none was played as the file says.

    Source: [Newcombe1998Paired]_ for flags, [Student1908]_ for numbers.
    """
    moved = np.isfinite(points.x)
    start = np.flatnonzero(~moved.any(axis=1))
    if start.size != 1 or (moved.sum(axis=1) > 1).any():
        raise Unusable(f"{len(points.x)} points move not one factor at a time, beside one point as the file says")
    if not points.counts[start[0]]:
        raise Unusable("no run is left of the point at which everything is as the file says")
    pair = pair_flags if points.flags else pair_numbers
    rows = []
    for row in np.flatnonzero(moved.any(axis=1)):
        factor = int(np.argmax(moved[row]))
        both = np.isfinite(points.y[row]) & np.isfinite(points.y[start[0]])
        found = pair(points.y[row, both], points.y[start[0], both])
        gap = found.paired
        rows.append((points.names[factor], points.x[row, factor], found.second, found.first, gap.value, gap.low,
                     gap.high, found.reduction, gap.n))  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)
