"""A box: ranges of some factors, with how much of the outcome lies in it and how dense it is there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.measures import NOTHING, Estimate, ratio
from sim.analysis.points import Points
from sim.analysis.shared_luck import reach
from sim.record.intervals import wilson

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Box:
    """Ranges of the factors, both ends included; an infinite end is no restriction.

    Parameters
    ----------
    low, high : (factor,) float
    """

    low: Array
    high: Array

    def inside(self, x: Array) -> Flags:
        """Which points lie in it, (point,) from (point, factor)."""
        return np.asarray(((x >= self.low) & (x <= self.high)).all(axis=1))

    @property
    def restricted(self) -> Flags:
        """Which factors it restricts, (factor,)."""
        return np.isfinite(self.low) | np.isfinite(self.high)

    def without(self, factor: int, *, end: str = "both") -> Box:
        """The box with one factor free, at its ``low`` end, its ``high`` end or both."""
        low, high = self.low.copy(), self.high.copy()
        if end in ("low", "both"):
            low[factor] = -np.inf
        if end in ("high", "both"):
            high[factor] = np.inf
        return Box(low, high)


def everything(factors: int) -> Box:
    """The box without restriction.

    >>> everything(2).restricted.any()
    np.False_
    """
    return Box(np.full(factors, -np.inf), np.full(factors, np.inf))


@dataclass(frozen=True)
class Fit:
    """How a box does on some points.

    Parameters
    ----------
    density : Estimate
        Mean outcome inside, each point counted alike; n is the number of runs.
    overall : Estimate
        The same for all points.
    coverage : float
        Share of all the outcome that lies inside.
    mass : float
        Share of the points that lie inside.
    gap : Estimate
        Density minus overall, both on the same luck.
    """

    density: Estimate
    overall: Estimate
    coverage: float
    mass: float
    gap: Estimate = NOTHING


def fit(box: Box, points: Points) -> Fit:
    """How a box does on points, which should not be those on which it was found."""
    inside = box.inside(points.x)
    everywhere, total = np.ones_like(inside), float(points.mean.sum())
    return Fit(
        _rate(points, inside), _rate(points, everywhere),
        float(points.mean[inside].sum()) / total if total > 0 else np.nan, float(inside.mean()),
        _gap(points, inside),
    )  # fmt: skip


def _rate(points: Points, chosen: Flags) -> Estimate:
    """Mean over points with the widest of three intervals: of points, of points and shared luck, Wilson's of runs.

    Each point counts alike, however often it was played; runs count as those of as many points that share them evenly.
    """
    mean, counts = points.mean[chosen], points.counts[chosen]
    if not mean.size:
        return NOTHING
    found, runs = ratio(mean, np.ones(mean.size)), int(counts.sum())
    half = reach(_parts(points, chosen)[chosen])
    low, high = np.fmin(found.low, found.value - half), np.fmax(found.high, found.value + half)
    if not points.flags:
        return Estimate(found.value, float(low), float(high), runs)
    least, most = wilson(found.value, mean.size**2 / float((1 / counts).sum()))
    return Estimate(found.value, max(float(np.fmin(low, least)), 0.0), min(float(np.fmax(high, most)), 1.0), runs)


def _gap(points: Points, chosen: Flags) -> Estimate:
    """Mean over some points minus that over all, on the same luck."""
    everywhere = np.ones_like(chosen)
    if not chosen.any():
        return NOTHING
    half = reach(_parts(points, chosen) - _parts(points, everywhere))
    value = float(points.mean[chosen].mean() - points.mean.mean())
    return Estimate(value, value - half, value + half, int(points.counts[chosen].sum()))


def _parts(points: Points, chosen: Flags) -> Array:
    """What each run adds to the error of the mean over some points, (point, replicate)."""
    weights = np.where(chosen, 1.0 / (points.counts * max(int(chosen.sum()), 1)), 0.0)
    return np.asarray(weights[:, None] * (points.y - points.mean[chosen].mean()))
