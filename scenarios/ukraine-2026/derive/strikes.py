"""Long-range strikes on Ukraine: how many, in which season, in what waves, how many got through.

Launches and interceptions are those claimed by one party, the Ukrainian Air Force. A day is the start of the
night.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from files import numbers, read_source
from rows import Row, mean_and_error, rate_interval, ratio_and_error, trend, with_error, with_range

COLUMNS = ["date", "drone_launched", "missile_launched", "drone_destroyed", "missile_destroyed"]
SOURCE = "Ukrainian Air Force daily reports (claimed by one party)"
WAVE_MISSILES = 20
SIDE = {"wave": "at least", "other_night": "fewer than"}
WINTER_MONTHS = (10, 11, 12, 1, 2, 3)
MONTHS = {"winter": "October to March", "summer": "April to September"}
TWO_YEARS, ONE_YEAR, HALF_YEAR = 104, 52, 26
WINDOW = "104 weeks to 2026-02-24"


def strikes(data: Path) -> pd.DataFrame:
    """Launches and interceptions by day."""
    table = read_source(data, "air_strikes_daily.csv", COLUMNS)
    table.index = pd.DatetimeIndex(pd.to_datetime(table.date))
    return table[COLUMNS[1:]].apply(numbers).asfreq("D")


def by_week(daily: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Sums over whole weeks that end with the last day, labelled by their last day."""
    part = daily.iloc[-7 * weeks :]
    sums = part.to_numpy().reshape(weeks, 7, part.shape[1]).sum(axis=1)
    return pd.DataFrame(sums, columns=part.columns, index=part.index[6::7])


def is_winter(index: pd.DatetimeIndex) -> np.ndarray:
    """Whether a day falls in October to March."""
    return np.isin(index.month, WINTER_MONTHS)


def season_rows(weekly: pd.DataFrame) -> list[Row]:
    """Drones and missiles a week by season."""
    winter, result = is_winter(pd.DatetimeIndex(weekly.index)), []
    for kind in ("drone", "missile"):
        for season, chosen in (("winter", winter), ("summer", ~winter)):
            series = weekly[f"{kind}_launched"].to_numpy()[chosen]
            result.append(
                with_error(
                    f"{kind}s_per_week_{season}",
                    mean_and_error(series),
                    "launched per week",
                    len(series),
                    WINDOW,
                    SOURCE,
                    f"Mean weekly launches in {MONTHS[season]}.",
                )
            )
    return result


def growth_rows(daily: pd.DataFrame) -> list[Row]:
    """Growth of weekly launches, and the level of the last half year."""
    result = []
    for kind in ("drone", "missile"):
        for weeks, label in ((TWO_YEARS, "two_years"), (ONE_YEAR, "last_year")):
            series = np.log1p(by_week(daily, weeks)[f"{kind}_launched"].to_numpy())
            result.append(
                with_error(
                    f"{kind}_growth_{label}",
                    trend(series),
                    "log points per week",
                    weeks,
                    f"last {weeks} weeks",
                    SOURCE,
                    "Slope of the log of one plus weekly launches on time; error widened for persistence.",
                )
            )
        level = by_week(daily, HALF_YEAR)[f"{kind}_launched"].to_numpy()
        result.append(
            with_error(
                f"{kind}s_per_week_now",
                mean_and_error(level),
                "launched per week",
                HALF_YEAR,
                "last 26 weeks",
                SOURCE,
                "Mean weekly launches.",
            )
        )
    return result


def wave_nights(daily: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Nights with at least twenty missiles launched."""
    part = daily.iloc[-7 * weeks :]
    return part[part.missile_launched >= WAVE_MISSILES]


def wave_rate_rows(daily: pd.DataFrame) -> list[Row]:
    """Massive waves a week by season."""
    days = pd.DatetimeIndex(daily.index[-7 * TWO_YEARS :])
    nights = is_winter(pd.DatetimeIndex(wave_nights(daily, TWO_YEARS).index))
    result = []
    for season, count, weeks in (
        ("winter", int(nights.sum()), is_winter(days).sum() / 7),
        ("summer", int((~nights).sum()), (~is_winter(days)).sum() / 7),
    ):
        result.append(
            with_range(
                f"waves_per_week_{season}",
                (count / weeks, *rate_interval(count, weeks)),
                "nights per week",
                count,
                WINDOW,
                SOURCE,
                f"Nights with at least {WAVE_MISSILES} missiles over weeks; Poisson interval."
                " The threshold gives 10 nights for the 9 massive strikes officials counted"
                " from 10 October to 26 December 2025.",
            )
        )
    return result


def wave_size_rows(daily: pd.DataFrame) -> list[Row]:
    """Munitions of a wave and of an ordinary night, last year."""
    nights = wave_nights(daily, ONE_YEAR)
    part = daily.iloc[-7 * ONE_YEAR :]
    quiet = part.drop(index=nights.index)
    result = []
    for label, group in (("wave", nights), ("other_night", quiet)):
        for kind in ("drone", "missile"):
            series = group[f"{kind}_launched"].to_numpy()
            result.append(
                with_error(
                    f"{kind}s_per_{label}",
                    mean_and_error(series),
                    "launched per night",
                    len(series),
                    "last 52 weeks",
                    SOURCE,
                    f"Mean over nights with {SIDE[label]} {WAVE_MISSILES} missiles;"
                    f" deviation {series.std(ddof=1):.0f}.",
                )
            )
    return result


def interception_rows(daily: pd.DataFrame) -> list[Row]:
    """Share of launches claimed as shot down or lost to jamming, last half year."""
    weekly = by_week(daily, HALF_YEAR)
    waves = wave_nights(daily, HALF_YEAR)
    result = []
    for kind in ("drone", "missile"):
        for label, part in (("", weekly), ("_in_waves", waves)):
            pair = ratio_and_error(part[f"{kind}_destroyed"].to_numpy(), part[f"{kind}_launched"].to_numpy())
            result.append(
                with_error(
                    f"{kind}_interception{label}",
                    pair,
                    "share",
                    len(part),
                    "last 26 weeks",
                    SOURCE,
                    "Destroyed over launched; from August 2025 the drone figure seems to count those jammed.",
                )
            )
    return result


def strike_rows(data: Path) -> list[Row]:
    """All rows on strikes."""
    daily = strikes(data)
    return [
        *season_rows(by_week(daily, TWO_YEARS)),
        *growth_rows(daily),
        *wave_rate_rows(daily),
        *wave_size_rows(daily),
        *interception_rows(daily),
    ]
