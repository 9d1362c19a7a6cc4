"""Design points with an outcome: what sensitivity analysis and scenario discovery read.

A point is a setting of the factors; its outcome is seen in one or more replicates.  Runs of a single ensemble are
points too, each with its drawn numbers and one replicate.  A missing number is refused, since one of them would
poison every index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.record.columns import DRAW
from sim.record.sweep import SweepResult

Array = npt.NDArray[np.float64]

TOLD = 3
"""Missing numbers that are named before the rest are only counted."""


class Unusable(ValueError):
    """Points that no analysis can be made of; the message is a sentence for the user."""


@dataclass(frozen=True)
class Points:
    """Factors and the outcome of design points.

    Parameters
    ----------
    names : tuple of str
        Of the factors: paths in the scenario.
    x : (point, factor) float
    y : (point, replicate) float
        The outcome; of a flag 0 or 1.
    outcome : str
        Its name.

    Raises
    ------
    Unusable
        Shapes that do not fit, or a number that is missing or infinite.
    """

    names: tuple[str, ...]
    x: Array
    y: Array
    outcome: str = "outcome"

    def __post_init__(self) -> None:
        if self.x.shape != (len(self.y), len(self.names)) or self.y.ndim != 2 or not self.y.size:
            raise Unusable(f"{len(self.names)} factors and outcomes of shape {self.y.shape} do not fit {self.x.shape}")
        places = [f"{self.names[column]} at point {row}" for row, column in np.argwhere(~np.isfinite(self.x))]
        places += [f"{self.outcome} at point {row}, replicate {column}"
                   for row, column in np.argwhere(~np.isfinite(self.y))]  # fmt: skip
        if places:
            more = f" and {len(places) - TOLD} more" if len(places) > TOLD else ""
            raise Unusable(f"no number at {len(places)} places: {'; '.join(places[:TOLD])}{more}")

    @property
    def mean(self) -> Array:
        """Mean of the outcome at each point, over its replicates, (point,)."""
        return np.asarray(self.y.mean(axis=1))

    def rows(self, chosen: npt.NDArray[np.int64], replicates: npt.NDArray[np.int64] | None = None) -> Points:
        """Only some points, with all or some of their replicates."""
        y = self.y[chosen] if replicates is None else self.y[np.ix_(chosen, replicates)]
        return Points(self.names, self.x[chosen], y, self.outcome)

    def only(self, names: Sequence[str]) -> Points:
        """Only some factors, in the given order."""
        columns = [self.names.index(name) for name in names]
        return Points(tuple(names), self.x[:, columns], self.y, self.outcome)


def of_points(design: pd.DataFrame, runs: pd.DataFrame, outcome: str) -> Points:
    """Points of a sweep.

    Parameters
    ----------
    design : DataFrame
        One row a point, in its order; a column a factor.  A column ``point`` numbers them, if there is one.
    runs : DataFrame
        One row a run, with ``point``, ``replicate`` and the outcome.
    outcome : str
        A flag or a number; with a week in which something first came, missing where it never came, write
        ``first_ceasefire?`` for whether it came.

    Raises
    ------
    Unusable
        An outcome is missing, or a point lacks a replicate.
    """
    column, asked = outcome.removesuffix("?"), outcome.endswith("?")
    _known(column, runs)
    values = runs[column].notna() if asked else runs[column]
    table = runs[["point", "replicate"]].assign(value=values.astype("float64"))
    numbers = design["point"] if "point" in design else pd.RangeIndex(len(design))
    wide = table.pivot_table(index="point", columns="replicate", values="value", dropna=False, sort=True)
    y = wide.reindex(numbers).to_numpy(dtype=np.float64)
    factors = design.drop(columns="point", errors="ignore")
    return Points(tuple(map(str, factors.columns)), factors.to_numpy(dtype=np.float64), y, outcome)


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
    column, asked = outcome.removesuffix("?"), outcome.endswith("?")
    _known(column, runs)
    names = [name for name in map(str, runs.columns) if name.startswith(DRAW)]
    drawn = {name.removeprefix(DRAW): runs[name].to_numpy(dtype=np.float64) for name in names}
    varied = {name: values for name, values in drawn.items() if np.ptp(values) > 0}
    values = runs[column].notna() if asked else runs[column]
    y: Array = np.asarray(values.astype("float64").to_numpy(dtype=np.float64, na_value=np.nan))
    if not varied:
        raise Unusable("no number was drawn for these runs, so nothing can explain how they differ")
    x: Array = np.column_stack(list(varied.values())).astype(np.float64)
    return Points(tuple(varied), x, y[:, None], outcome)


def _known(column: str, runs: pd.DataFrame) -> None:
    if column not in runs:
        import difflib

        near = difflib.get_close_matches(column, map(str, runs.columns), 1)
        raise Unusable(f"there is no outcome {column}" + (f"; did you mean {near[0]}?" if near else ""))
    if not (pd.api.types.is_bool_dtype(runs[column]) or pd.api.types.is_numeric_dtype(runs[column])):
        raise Unusable(f"{column} is no number and no flag, so nothing can be explained by it")
