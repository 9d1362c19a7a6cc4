"""The front: where it stood when the scenario starts and how it moved, in shares of contested territory.

Contested territory: Crimea with Sevastopol, Donetsk, Luhansk, Zaporizhzhia and Kherson, about 136,000 km2.
The source gives all occupied territory, also what lies in other oblasts; that part is not broken down there
and is assumed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from files import numbers, read_source
from rows import Row, mean_and_error, with_error, with_range

from sim.theory.arrays import Array

CONTESTED_KM2 = 136_000.0
OUTSIDE_KM2 = (2_000.0, 1_000.0, 3_000.0)
SOURCE = "DeepStateMap polygons"
WEEK = 7


def occupied(data: Path) -> pd.Series:
    """Occupied km2 by day, gaps of a few days filled on a straight line."""
    table = read_source(data, "territory_deepstate_daily.csv", ["date", "occupied_km2"])
    series = pd.Series(numbers(table.occupied_km2).to_numpy(), index=pd.to_datetime(table.date))
    return series.asfreq("D").interpolate()


def weekly_changes(series: pd.Series) -> Array:
    """Change over seven days as a share of the contested territory, for every day."""
    return np.asarray(series.diff(WEEK).dropna().to_numpy() / CONTESTED_KM2)


def lagged_correlation(changes: Array) -> float:
    """Correlation of a week's change with that of the week before, over all starting days."""
    return float(np.corrcoef(changes[WEEK:], changes[:-WEEK])[0, 1])


def moments(changes: Array) -> dict[str, tuple[float, float]]:
    """Drift, deviation, persistence and innovation of weekly changes with standard errors."""
    weeks = len(changes) / WEEK
    deviation, rho = float(changes.std(ddof=1)), lagged_correlation(changes)
    stretch = np.sqrt((1 + rho) / (1 - rho))
    innovation = deviation * np.sqrt(1 - rho**2)
    return {
        "drift": (float(changes.mean()), deviation / np.sqrt(weeks) * stretch),
        "deviation": (deviation, deviation / np.sqrt(2 * weeks) * np.sqrt((1 + rho**2) / (1 - rho**2))),
        "persistence": (rho, float(np.sqrt((1 - rho**2) / weeks))),
        "innovation": (innovation, innovation / np.sqrt(2 * weeks)),
    }


def share_rows(series: pd.Series) -> list[Row]:
    """Where the front stands."""
    day, last = str(series.index[-1].date()), float(series.iloc[-1])
    raw = last / CONTESTED_KM2
    inside = tuple((last - outside) / CONTESTED_KM2 for outside in (OUTSIDE_KM2[0], OUTSIDE_KM2[2], OUTSIDE_KM2[1]))
    return [
        with_range(
            "front_share",
            (raw, inside[1], raw),
            "share",
            1,
            day,
            SOURCE,
            "All occupied territory over 136,000 km2 of the five contested regions; an upper bound, since it"
            " counts what is held in other oblasts; low end takes 3,000 km2 off.",
        ),
        with_range(
            "front_share_inside",
            (inside[0], inside[1], inside[2]),
            "share",
            1,
            day,
            SOURCE + "; assumed",
            "The same less an assumed 2,000 km2 (1,000 to 3,000) held in Kharkiv, Sumy, Dnipropetrovsk and"
            " Mykolaiv oblasts, which the source does not break down.",
        ),
        with_range(
            "occupied_area",
            (last, float("nan"), float("nan")),
            "km2",
            1,
            day,
            SOURCE,
            "Equal-area sum of occupied polygons, Crimea and the areas held since 2014 included.",
        ),
    ]


def front_rows(data: Path) -> list[Row]:
    """Position, drift, deviation and persistence of the front."""
    series = occupied(data)
    changes = weekly_changes(series)
    found, weeks = moments(changes), len(changes) // WEEK
    window = f"{series.index[0].date()} to {series.index[-1].date()}"
    last, _ = mean_and_error(changes[-52 * WEEK :])
    share = "share per week"
    return [
        *share_rows(series),
        with_error(
            "front_drift",
            found["drift"],
            share,
            weeks,
            window,
            SOURCE,
            "Mean seven-day change over 136,000 km2; error widened for persistence.",
        ),
        with_range(
            "front_drift_last_year",
            (last, float("nan"), float("nan")),
            share,
            52,
            "last 52 weeks",
            SOURCE,
            "The same over the last 52 weeks.",
        ),
        with_error(
            "front_sigma",
            found["deviation"],
            share,
            weeks,
            window,
            SOURCE,
            "Standard deviation of seven-day changes over all starting days.",
        ),
        with_error(
            "front_autocorrelation",
            found["persistence"],
            "1",
            weeks,
            window,
            SOURCE,
            "Correlation of one seven-day change with the one before, over all starting days; single weekdays"
            " give .52 to .62 and weekly averages .77.",
        ),
        with_error(
            "front_innovation",
            found["innovation"],
            share,
            weeks,
            window,
            SOURCE,
            "What is left of the deviation after last week's change: sigma times root of one less the squared"
            " autocorrelation.",
        ),
    ]
