"""Sobol indices: which share of an outcome's variance over the design comes from each factor.

The design is Saltelli's, as SALib writes it.  The estimators are SALib's; what is ours is that intervals draw both the
design and the replicates again, so that few replicates are seen in them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.points import Points, Unusable

Array = npt.NDArray[np.float64]
COLUMNS = ["index", "factor", "other", "value", "low", "high"]
WITHOUT = "sensitivity indices need SALib: pip install 'parley-sim[sensitivity]'"


def sobol(points: Points, *, second: bool | None = None, resamples: int = 500, seed: int = 1) -> pd.DataFrame:
    """First-order, total and second-order indices of the mean outcome, with 95 % intervals.

    Intervals are percentiles over draws of whole rows of the base design together with draws of the replicates.
    They can reach below 0: an estimate is not a variance.

    Parameters
    ----------
    points : Points
        In the order of Saltelli's design: for each base row A, then A with each factor from B, then (for second order)
        B with each factor from A, then B.
    second : bool, optional
        Whether the design has the rows for second order; without it, what the number of points allows, which is
        not always one answer.
    resamples, seed : int

    Returns
    -------
    DataFrame, one row an index: ``index`` (S1, ST or S2), ``factor``, ``other`` (of S2), ``value``, ``low``, ``high``.

    Raises
    ------
    Unusable
        The number of points fits no such design, or both; the outcome does not differ; or SALib is not installed.

    Source: [SaltelliEtAl2010]_, [Sobol2001]_.
    """
    estimate = _estimators()
    width = len(points.names)
    step = rows_of_base(len(points.x), width, second)
    points = points.whole(step, "base rows")
    if np.ptp(points.mean) == 0:
        raise Unusable(f"{points.outcome} is the same at every point, so there is no variance to share out")
    luck = np.random.default_rng(seed)
    replicates, base = points.y.shape[1], len(points.x) // step
    weights = luck.multinomial(replicates, np.full(replicates, 1 / replicates), resamples).T / replicates
    rows = luck.integers(0, base, (base, resamples))
    here = _parts(points.mean[:, None], step, width)
    again = [part[..., rows, np.arange(resamples)] for part in _parts(_means(points, weights), step, width)]
    kinds: list[tuple[str, tuple[int, ...]]] = [(kind, (one,)) for kind in ("S1", "ST") for one in range(width)]
    if step == 2 * width + 2:
        kinds += [("S2", (one, two)) for one in range(width) for two in range(one + 1, width)]
    found = []
    for kind, factors in kinds:
        value, drawn = estimate[kind](*here, *factors), estimate[kind](*again, *factors)
        names = [points.names[factor] for factor in factors] + [""] * (2 - len(factors))
        found.append((kind, *names, float(value[0]), *np.quantile(drawn, (0.025, 0.975)).tolist()))
    return pd.DataFrame(found, columns=COLUMNS)


def _estimators() -> dict[str, Callable[..., Array]]:
    """SALib's estimators on A, B, AB and BA, each (row, draw) or (factor, row, draw)."""
    try:
        from SALib.analyze import sobol as library
    except ImportError:
        raise Unusable(WITHOUT) from None

    def first(a: Array, b: Array, ab: Array, _ba: Array, one: int) -> Any:
        return library.first_order(a, ab[one], b)

    def total(a: Array, b: Array, ab: Array, _ba: Array, one: int) -> Any:
        return library.total_order(a, ab[one], b)

    def pair(a: Array, b: Array, ab: Array, ba: Array, one: int, two: int) -> Any:
        return library.second_order(a, ab[one], ab[two], ba[one], b)

    return {"S1": first, "ST": total, "S2": pair}


def rows_of_base(count: int, width: int, second: bool | None) -> int:
    """Points of one base row of a Saltelli design of so many points; refused where they are none."""
    steps = {True: 2 * width + 2, False: width + 2}
    allowed = [step for kind, step in steps.items() if second in (None, kind) and count % step == 0]
    if not allowed:
        told = " or ".join(str(step) for kind, step in steps.items() if second in (None, kind))
        raise Unusable(f"{count} points are no Saltelli design of {width} factors: that has a multiple of {told}")
    if len(allowed) > 1:
        raise Unusable(f"{count} points may be a Saltelli design with second order or without; say which")
    return allowed[0]


def _means(points: Points, weights: Array) -> Array:
    """Mean of each point under weights of the replicates, (point, draw), over those replicates that it has."""
    there = np.isfinite(points.y)
    total, share = np.where(there, points.y, 0.0) @ weights, there.astype(np.float64) @ weights
    means = np.repeat(points.mean[:, None], weights.shape[1], axis=1)
    return np.asarray(np.divide(total, share, out=means, where=share > 0))


def _parts(y: Array, step: int, width: int) -> list[Array]:
    """A, B, AB and BA of outcomes (point, draw), each draw centred and scaled."""
    spread = y.std(axis=0)
    scaled = (y - y.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    cut = np.stack([scaled[place::step] for place in range(step)])
    swapped = cut[1 + width : 1 + 2 * width] if step == 2 * width + 2 else cut[1 : 1 + width]
    return [cut[0], cut[-1], cut[1 : 1 + width], swapped]


def luck_share(points: Points) -> float:
    """Share of the variance between points that is not theirs but that of few replicates; NaN for one replicate.

    Luck that moves all points alike cancels, as all points meet the same; what is left is how differently points take
    the same luck, divided by the number of replicates.  It is seen in the replicates that all points have.

    >>> y = np.random.default_rng(0).normal(size=(4000, 5))
    >>> round(luck_share(Points(("a",), np.arange(4000.0)[:, None], y)), 1)
    1.0
    """
    shared = points.y[:, np.isfinite(points.y).all(axis=0)]
    replicates, between = shared.shape[1], float(points.mean.var(ddof=1))
    if replicates < 2 or between == 0:
        return np.nan
    rest = shared - shared.mean(axis=1)[:, None] - shared.mean(axis=0) + shared.mean()
    within = float(np.square(rest).sum()) / ((len(points.x) - 1) * (replicates - 1))
    return float(min(1.0, within * float((1 / points.counts).mean()) / between))
