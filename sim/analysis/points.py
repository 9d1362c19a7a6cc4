"""Design points with an outcome: what sensitivity analysis and scenario discovery read.

A point is a setting of the factors; its outcome is seen in one or more replicates, not always in as many at each: a
stopping rule adds some, and a run may fail.  Runs of a single ensemble are points too, each with its drawn numbers
and one replicate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.outcome import Unusable, values_of
from sim.record.columns import DRAW
from sim.record.sweep import SweepResult

Array = npt.NDArray[np.float64]

TOLD = 3
"""Missing numbers that are named before the rest are only counted."""


@dataclass(frozen=True)
class Points:
    """Factors and the outcome of design points.

    Parameters
    ----------
    names : tuple of str
        Of the factors: paths in the scenario.
    x : (point, factor) float
        NaN is what the file says.
    y : (point, replicate) float
        The outcome; of a flag 0 or 1; NaN where that replicate was not played or failed.
    outcome : str
        Its name.
    planned : int
        Replicates, from the first on, that every point was to have; 0 is all of them.
    left_out : tuple of str
        What was not used, for the reader.

    Raises
    ------
    Unusable
        Shapes that do not fit, or an infinite outcome.
    """

    names: tuple[str, ...]
    x: Array
    y: Array
    outcome: str = "outcome"
    planned: int = 0
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.x.shape != (len(self.y), len(self.names)) or self.y.ndim != 2 or not self.y.size:
            raise Unusable(f"{len(self.names)} factors and outcomes of shape {self.y.shape} do not fit {self.x.shape}")
        _refuse([f"{self.outcome} at point {row}, replicate {column}" for row, column in np.argwhere(np.isinf(self.y))])

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """Replicates with a number at each point, (point,)."""
        return np.asarray(np.isfinite(self.y).sum(axis=1))

    @cached_property
    def mean(self) -> Array:
        """Mean of the outcome at each point, over its replicates, (point,); NaN at a point without any."""
        total, none = np.nansum(self.y, axis=1), np.full(len(self.y), np.nan)
        return np.asarray(np.divide(total, self.counts, out=none, where=self.counts > 0))

    @property
    def flags(self) -> bool:
        """Whether the outcome is yes or no in every run, so that its mean is a share."""
        seen = self.y[np.isfinite(self.y)]
        return bool(((seen == 0) | (seen == 1)).all())

    @property
    def replicates(self) -> str:
        """How many replicates the points have, for the reader: ``64``, or ``128 to 512``."""
        fewest, most = int(self.counts.min()), int(self.counts.max())
        return f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"

    def whole(self, size: int = 1, unit: str = "points") -> Points:
        """Only the stretches of `size` points in which every point has a number; the others are told as left out.

        Parameters
        ----------
        size : int
            Points that only count together, as those of a trajectory.
        unit : str
            What such a stretch is called.

        Raises
        ------
        Unusable
            A factor has no number, or nothing is left.
        """
        lost = np.argwhere(~np.isfinite(self.x))
        _refuse([f"{self.names[column]} at point {row}" for row, column in lost])
        there = self.counts > 0
        if there.all():
            return self
        kept = np.repeat(there.reshape(-1, size).all(axis=1), size)
        if not kept.any():
            raise Unusable(f"{self.outcome} has a number at too few points for any of the {unit}")
        gone, bare = int((~kept).sum()) // size, int((~there).sum())
        told = f"{bare:,} point{'s' if bare > 1 else ''} at which no run is left"
        told += f", and so {gone:,} of {len(kept) // size:,} {unit}" if size > 1 else ""
        return replace(self.rows(np.flatnonzero(kept)), left_out=(*self.left_out, told))

    def rows(self, chosen: npt.NDArray[np.int64], replicates: npt.NDArray[np.int64] | None = None) -> Points:
        """Only some points, with all or some of their replicates."""
        y = self.y[chosen] if replicates is None else self.y[np.ix_(chosen, replicates)]
        return replace(self, x=self.x[chosen], y=y)

    def only(self, names: Sequence[str]) -> Points:
        """Only some factors, in the given order."""
        columns = [self.names.index(name) for name in names]
        return replace(self, names=tuple(names), x=self.x[:, columns])


def _refuse(places: Sequence[str]) -> None:
    if places:
        more = f" and {len(places) - TOLD} more" if len(places) > TOLD else ""
        raise Unusable(f"no number at {len(places)} places: {'; '.join(places[:TOLD])}{more}")


def of_points(design: pd.DataFrame, runs: pd.DataFrame, outcome: str) -> Points:
    """Points of a sweep.

    Runs that failed are left out, which is told; a point may have more replicates than another.

    Parameters
    ----------
    design : DataFrame
        One row a point, in its order; a column a factor.  A column ``point`` numbers them, if there is one.
    runs : DataFrame
        One row a run, with ``point``, ``replicate``, the outcome and, where runs may fail, ``error``.
    outcome : str
        A column, or a question about one, as of `outcome.values_of`.

    Raises
    ------
    Unusable
        There is no such outcome, or it is missing in a run that went well.
    """
    good = runs[runs["error"].isna()] if "error" in runs else runs
    failed = len(runs) - len(good)
    values = values_of(good, outcome)
    numbers = design["point"].to_numpy() if "point" in design else np.arange(len(design))
    order = np.argsort(numbers, kind="stable")
    replicates = np.unique(runs["replicate"].to_numpy())
    y = np.full((len(numbers), max(replicates.size, 1)), np.nan)
    rows = order[np.searchsorted(numbers[order], good["point"].to_numpy())]
    y[rows, np.searchsorted(replicates, good["replicate"].to_numpy())] = values
    factors = design.drop(columns="point", errors="ignore")
    planned = int(runs["point"].value_counts().reindex(numbers, fill_value=0).min())
    left = (f"{failed:,} of {len(runs):,} runs, which failed",) if failed else ()
    return Points(tuple(map(str, factors.columns)), factors.to_numpy(dtype=np.float64), y, outcome, planned, left)


def of_sweep(sweep: SweepResult, outcome: str, variant: str | None = None) -> Points:
    """Points of a sweep that was played, under one of its variants; without a name, under the first.

    Arguments and errors as of `of_points`; a point at which a factor is what the file says has no number for it.
    """
    named = variant or sweep.experiment.variants[0]
    if named not in sweep.experiment.variants:
        raise Unusable(f"the sweep has no variant {named}; it has {', '.join(sweep.experiment.variants)}")
    design = sweep.design[sweep.design["variant"].astype(str) == named].sort_values("point", kind="stable")
    runs = sweep.runs[sweep.runs["point"].isin(design["point"])]
    return of_points(design[["point", *sweep.experiment.factors]], runs, outcome)


def of_draws(runs: pd.DataFrame, outcome: str) -> Points:
    """Runs of an ensemble as points: what was drawn for each, and its outcome.

    Numbers that were the same in every run are left out.  Arguments as of `of_points`.
    """
    y = values_of(runs, outcome)
    names = [name for name in map(str, runs.columns) if name.startswith(DRAW)]
    drawn = {name.removeprefix(DRAW): runs[name].to_numpy(dtype=np.float64) for name in names}
    varied = {name: values for name, values in drawn.items() if np.ptp(values) > 0}
    if not varied:
        raise Unusable("no number was drawn for these runs, so nothing can explain how they differ")
    x: Array = np.column_stack(list(varied.values())).astype(np.float64)
    return Points(tuple(varied), x, y[:, None], outcome)


__all__ = ["Points", "Unusable", "of_draws", "of_points", "of_sweep"]
