"""Relative losses and aid in the aggregate, each from one side's claims or from lists of named dead."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from aid import aid_by_month, monthly, weeks
from files import numbers, read_source
from rows import Row, persistence, ratio_and_error, with_error, with_range

from sim.theory.arrays import Array

NAMED_WINDOW = ("2024-10", "2025-09")
CLAIMED = "Ukrainian General Staff (claimed by one party)"
NAMED = "UALosses and Mediazona/BBC counts of named dead"
KIEL = "Kiel Institute Ukraine Support Tracker, release 29"


def named_rows(data: Path) -> list[Row]:
    """Named dead of both sides over the last twelve months that look complete."""
    table = read_source(
        data, "confirmed_deaths_monthly.csv", ["isoDate", "ukraineDeaths", "ukraineMissing", "russiaDeaths"]
    )
    month = table.isoDate.str[:7]
    part = table[(month >= NAMED_WINDOW[0]) & (month <= NAMED_WINDOW[1])]
    russia, ukraine, missing = (
        numbers(part[name]).to_numpy() for name in ("russiaDeaths", "ukraineDeaths", "ukraineMissing")
    )
    window, n = f"{NAMED_WINDOW[0]} to {NAMED_WINDOW[1]}", len(part)
    return [
        with_error(
            "loss_ratio_named",
            ratio_and_error(russia, ukraine),
            "Russian per Ukrainian",
            n,
            window,
            NAMED,
            "Named Russian over named Ukrainian dead; both counts lag and are lower bounds.",
        ),
        with_error(
            "loss_ratio_named_missing",
            ratio_and_error(russia, ukraine + missing),
            "Russian per Ukrainian",
            n,
            window,
            NAMED,
            "The same with Ukrainian missing counted as dead; the Russian list has no missing.",
        ),
        with_range(
            "russian_named_dead_per_week",
            (russia.sum() * 12 / n / 52.18, float("nan"), float("nan")),
            "per week",
            n,
            window,
            NAMED,
            "Named Russian dead over weeks; a lower bound.",
        ),
    ]


def claimed_rows(data: Path) -> list[Row]:
    """Russian losses claimed by the other side, last 52 weeks."""
    table = read_source(data, "russia_losses_claimed_daily.csv", ["date", "personnel", "artillery", "tanks"])
    result = []
    for name in ("personnel", "artillery", "tanks"):
        total = numbers(table[name]).to_numpy()
        weekly = np.diff(total[::-7][:53][::-1])
        error = float(weekly.std(ddof=1) / np.sqrt(len(weekly)))
        result.append(
            with_error(
                f"russian_{name}_losses_claimed",
                (float(weekly.mean()), error),
                "per week",
                len(weekly),
                "last 52 weeks",
                CLAIMED,
                "Mean weekly difference of cumulative claims; dead and wounded together for personnel.",
            )
        )
    return result


def level(series: Array, months: pd.PeriodIndex, where: slice) -> float:
    """EUR bn per week over a run of months."""
    return float(series[where].sum()) / weeks(months[where])


def aid_levels(series: Array, months: pd.PeriodIndex) -> list[Row]:
    """Weekly allocations of all donors over four windows."""
    windows = (
        ("26", slice(-6, None), "The last month looks incomplete."),
        ("52", slice(-12, None), "The last month looks incomplete."),
        ("52_to_december", slice(-13, -1), "Without the last month."),
        ("first_year", slice(0, 12), "The first twelve months of the invasion."),
    )
    return [
        plain(
            f"aid_per_week_{name}",
            level(series, months, where),
            "EUR bn per week",
            months[where],
            f"Allocations of all donors over weeks. {remark}",
        )
        for name, where, remark in windows
    ]


def plain(name: str, value: float, unit: str, months: pd.PeriodIndex, method: str) -> Row:
    """Row on aid without an interval."""
    nothing = float("nan")
    return with_range(name, (value, nothing, nothing), unit, len(months), f"{months[0]} to {months[-1]}", KIEL, method)


def aid_shares(total: pd.DataFrame, arms: Array) -> list[Row]:
    """Composition of the last twelve months, and what became of the United States' aid."""
    months, series = pd.PeriodIndex(total.columns), total.sum(axis=0).to_numpy()
    last, before = slice(-12, None), slice(-24, -12)
    union, america = total.loc["EU"].to_numpy(), total.loc["USA"].to_numpy()
    year, years, all_of_it = months[last], months[-24:], series[last].sum()
    return [
        plain("aid_military_share", arms[last].sum() / all_of_it, "share", year, "Military over all aid."),
        plain("aid_union_share", union[last].sum() / all_of_it, "share", year, "The Union's own institutions."),
        plain(
            "aid_usa_ratio",
            level(america, months, last) / level(america, months, before),
            "ratio",
            years,
            "United States aid of the last twelve months over the twelve before.",
        ),
    ]


def aid_unrest(series: Array, months: pd.PeriodIndex) -> list[Row]:
    """How unsteady the monthly totals of the last two years were."""
    recent, log = series[-24:], np.log(series[-24:])
    window = months[-24:]
    return [
        plain("aid_variation", recent.std(ddof=1) / recent.mean(), "1", window, "Deviation over mean of months."),
        plain("aid_log_deviation", log.std(ddof=1), "log points", window, "Deviation of the log of months."),
        plain("aid_autocorrelation", persistence(recent), "1", window, "First autocorrelation of months."),
    ]


def aid_rows(data: Path) -> list[Row]:
    """Level, composition and unsteadiness of all aid allocated to Ukraine."""
    table = aid_by_month(data)
    total, military = monthly(table, "total"), monthly(table, "military")
    months, series = pd.PeriodIndex(total.columns), total.sum(axis=0).to_numpy()
    return [
        *aid_levels(series, months),
        *aid_shares(total, military.sum(axis=0).to_numpy()),
        *aid_unrest(series, months),
    ]


def loss_rows(data: Path) -> list[Row]:
    """All rows on losses and aid."""
    return [*named_rows(data), *claimed_rows(data), *aid_rows(data)]
