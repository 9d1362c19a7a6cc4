"""Aid to Ukraine by donor: weekly means over the last half year and year, and how unsteady it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from files import numbers, read_source

from sim.theory.arrays import Array

COLUMNS = ["iso", "country", "year", "month", "total", "military", "gdp"]
LAST_MONTH = pd.Period("2026-01", "M")
FIRST_MONTH = pd.Period("2022-02", "M")
UNION = "EU"


def aid_by_month(data: Path) -> pd.DataFrame:
    """Allocations in EUR bn, one row a donor and month, with a monthly period."""
    table = read_source(data, "aid_kiel_country_month.csv", COLUMNS)
    for column in ("total", "military", "gdp"):
        table[column] = numbers(table[column])
    table["period"] = pd.to_datetime(table[["year", "month"]].assign(day=1)).dt.to_period("M")
    return table[table.period <= LAST_MONTH]


def monthly(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Donors by month from the first month of the invasion, zeros where nothing was allocated."""
    wide = table.pivot_table(index="iso", columns="period", values=kind, aggfunc="sum", fill_value=0.0)
    return wide.reindex(columns=pd.period_range(FIRST_MONTH, LAST_MONTH, freq="M"), fill_value=0.0).sort_index()


def weeks(months: pd.PeriodIndex) -> float:
    """Number of weeks in a run of months."""
    return float(months.days_in_month.to_numpy().sum()) / 7.0


def weekly(wide: pd.DataFrame, months: slice) -> pd.Series:
    """Mean per week over a run of months."""
    part = wide.iloc[:, months]
    return part.sum(axis=1) / weeks(pd.PeriodIndex(part.columns))


def variation(wide: pd.DataFrame, months: int) -> pd.Series:
    """Coefficient of variation of the monthly sums over the last months; empty if nothing was given."""
    part = wide.iloc[:, -months:]
    mean = part.mean(axis=1)
    return part.std(axis=1).div(mean.where(mean > 0, np.nan))


def donors(data: Path, states: tuple[str, ...]) -> pd.DataFrame:
    """One row a donor: UN members and the Union's institutions (`EU`), largest of the last year first."""
    table = aid_by_month(data)
    table = table[table.iso.isin([*states, UNION])]
    total, military = monthly(table, "total"), monthly(table, "military")
    names = table.drop_duplicates("iso").set_index("iso").country
    half, year = slice(-6, None), slice(-12, None)
    result = (
        pd.DataFrame(
            {
                "name": names.reindex(total.index),
                "total_26_weeks": weekly(total, half),
                "military_26_weeks": weekly(military, half),
                "other_26_weeks": weekly(total, half) - weekly(military, half),
                "weekly": weekly(total, year),
                "military_52_weeks": weekly(military, year),
                "other_52_weeks": weekly(total, year) - weekly(military, year),
                "total_first_year": weekly(total, slice(0, 12)),
                "monthly_variation_24": variation(total, 24),
                "months_with_aid_24": (total.iloc[:, -24:] > 0).sum(axis=1),
            }
        )
        .rename_axis("donor")
        .reset_index()
    )
    result["name"] = result.name.where(result.donor != UNION, "EU institutions")
    return result.sort_values(["weekly", "donor"], ascending=[False, True]).reset_index(drop=True)


def union_split(table: pd.DataFrame, members: list[str]) -> pd.Series:
    """Share of each member state in the Union's own aid, by the gross domestic product of the same source."""
    product = table[table.iso.isin(members)].groupby("iso").gdp.max()
    return product / product.sum()


def dependence_on_donors(data: Path, states: tuple[str, ...], members: list[str]) -> Array:
    """Aid to Ukraine of the last twelve months by state, the Union's own spread over its members."""
    table = aid_by_month(data)
    year = monthly(table, "total").iloc[:, -12:].sum(axis=1)
    direct = year.reindex(states).fillna(0.0)
    indirect = union_split(table, members).reindex(states).fillna(0.0) * float(year.get(UNION, 0.0))
    return (direct + indirect).to_numpy()
