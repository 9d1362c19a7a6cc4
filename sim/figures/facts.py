"""What figures ask of a result: names to print, weeks of a quantity, where numbers come from, their error."""

from __future__ import annotations

import datetime
import math
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import numpy.typing as npt

from sim.record.quantities import QUANTITIES, Quantity
from sim.record.result import Result

Array = npt.NDArray[np.float64]

Z95 = 1.959963984540054
"""Standard errors on either side of an estimate in an interval of 95 per cent."""

_KNOWN = {quantity.name: quantity for quantity in QUANTITIES}


class NothingToShow(ValueError):
    """A result does not hold what a figure shows; the message is a sentence that says what is missing."""


def sides(result: Result) -> tuple[str, str]:
    """Names of the two belligerents, A first."""
    actors = result.scenario.actors
    first, second = ((actors[key].label or key) for key in result.scenario.belligerents)
    return first, second


def quantity(name: str) -> Quantity:
    """The recorded quantity of a name."""
    return _KNOWN[name]


def label(result: Result, name: str) -> str:
    """What to print for a quantity, with the names of the sides."""
    first, second = sides(result)
    return _KNOWN[name].label.format(A=first, B=second)


def series(result: Result, name: str) -> dict[str, Array]:
    """Rows of a quantity in the order of the weeks.

    Returns
    -------
    Mapping from ``x`` (the date as Matplotlib counts it), ``n``, ``mean`` and the quantiles to (week,) float.
    """
    table = result.weeks
    rows = table[table["quantity"] == name].sort_values("week", kind="stable")
    found = {column: rows[column].to_numpy(np.float64) for column in rows.select_dtypes("number").columns}
    found["x"] = np.asarray(mdates.date2num(rows["date"].to_numpy()), dtype=np.float64)  # type: ignore[no-untyped-call]
    return found


def day(result: Result, week: float) -> datetime.date:
    """First day of a week of the scenario."""
    return result.scenario.calendar.start + datetime.timedelta(days=round(7 * week))


def number(date: datetime.date) -> float:
    """A day as Matplotlib counts it."""
    return float(mdates.date2num(date))  # type: ignore[no-untyped-call]


def span(result: Result) -> tuple[datetime.date, datetime.date]:
    """First and last day that are played."""
    return day(result, 0), day(result, result.scenario.calendar.weeks)


def territory(result: Result) -> str:
    """What the front's shares are shares of, as a sentence for the foot of a figure."""
    words = str(result.scenario.front.territory)
    return f"Territory: {words.rstrip('.')}."


def runs(result: Result) -> int:
    """How many runs the result holds."""
    return len(result.runs)


def provenance(result: Result) -> str:
    """Where the numbers come from, for the foot of a figure: scenario, variants, runs, seed, version."""
    facts: dict[str, Any] = dict(result.manifest)
    changed = [*facts.get("variants", ()), *facts.get("overrides", ())]
    scenario = result.scenario.name + (f" with {', '.join(changed)}" if changed else "")
    version = facts.get("versions", {}).get("parley", "")
    return f"Scenario {scenario}; {runs(result):,} runs, seed {facts['seed']}; Parley {version}."


def share_error(n: float) -> str:
    """Largest Monte-Carlo error that a share of n runs can have, in percentage points.

    >>> share_error(400)
    '±4.9 points'
    """
    return f"±{100 * Z95 * 0.5 / math.sqrt(max(n, 1.0)):.1f} points"


def median_error(rows: dict[str, Array]) -> float:
    """Largest Monte-Carlo error of a quantity's weekly medians, half the width of a 95 per cent interval.

    The standard error of a median is taken from the middle half of the runs as for a normal distribution,
    1.253 / 1.349 of its width over the root of the number of runs.
    """
    width, n = rows["q75"] - rows["q25"], rows["n"]
    known = np.isfinite(width) & (n > 1)
    if not known.any():
        return math.nan
    errors = Z95 * 1.2533 / 1.349 * width[known] / np.sqrt(n[known])
    return float(errors.max())
