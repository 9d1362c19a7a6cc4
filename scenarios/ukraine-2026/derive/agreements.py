"""How long peace agreements hold and how often civil wars are mediated.

The agreements are those of civil wars: the source has no interstate ones, so an interstate hazard cannot be
estimated.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from files import numbers, read_source
from numpy.typing import NDArray
from rows import Row, rate_interval, with_range

from sim.theory.arrays import Array

END_OF_RECORD = pd.Timestamp("2021-12-31")
SOURCE = "UCDP Peace Agreement Dataset 1975-2021"
PERIODS = ((0, 52, "first_year"), (52, 260, "years_2_to_5"), (0, 1e9, "overall"))
MILESTONES = (4, 13, 26, 52, 104)


Mask = NDArray[np.bool_]


def durations(data: Path) -> tuple[Array, Mask, Mask]:
    """Weeks under observation, whether the agreement broke, whether it contains a ceasefire.

    Agreements that ended on an unknown day are left out; those that did not end are censored at the end of
    the record.
    """
    table = read_source(data, "peace_agreements_ucdp_pad.csv", ["pa_date", "ended", "span_days", "cease"])
    ended = numbers(table.ended).fillna(0.0).to_numpy() > 0
    span = numbers(table.span_days).to_numpy()
    observed = (END_OF_RECORD - pd.to_datetime(table.pa_date)).dt.days.to_numpy(dtype=float)
    known = ~(ended & np.isnan(span))
    weeks = np.maximum(np.where(ended, span, observed), 1.0) / 7.0
    return weeks[known], ended[known], (numbers(table.cease).to_numpy() > 0)[known]


def hazard(weeks: Array, broke: Mask, start: float, end: float) -> tuple[int, float]:
    """Breaks and weeks at risk between two ages."""
    count = int((broke & (weeks > start) & (weeks <= end)).sum())
    return count, float(np.clip(weeks - start, 0.0, end - start).sum())


def kaplan_meier(weeks: Array, broke: Mask, age: float) -> tuple[float, float]:
    """Share of agreements still standing at an age and its standard error (Greenwood)."""
    times = np.unique(weeks[broke & (weeks <= age)])
    dead = np.array([(broke & (weeks == time)).sum() for time in times], dtype=float)
    risk = np.array([(weeks >= time).sum() for time in times], dtype=float)
    survival = float(np.exp(np.log1p(-dead / risk).sum()))
    return survival, survival * float(np.sqrt((dead / (risk * (risk - dead))).sum()))


def hazard_rows(weeks: Array, broke: Mask, label: str, what: str) -> list[Row]:
    """Weekly break hazards by age."""
    result = []
    for start, end, name in PERIODS:
        count, exposure = hazard(weeks, broke, start, end)
        result.append(
            with_range(
                f"break_hazard_{name}{label}",
                (count / exposure, *rate_interval(count, exposure)),
                "per week",
                count,
                "1975 to 2021",
                SOURCE,
                f"Breaks over weeks at risk ({name.replace('_', ' ')}), exponential,"
                f" censored at the end of 2021; {what}.",
            )
        )
    return result


def survival_rows(weeks: Array, broke: Mask) -> list[Row]:
    """Share still standing after some weeks."""
    result = []
    for age in MILESTONES:
        survival, error = kaplan_meier(weeks, broke, age)
        result.append(
            Row(
                f"agreement_survival_{age}_weeks",
                survival,
                error,
                survival - 1.645 * error,
                survival + 1.645 * error,
                "share",
                len(weeks),
                "1975 to 2021",
                SOURCE,
                "Kaplan-Meier share of agreements not yet broken, Greenwood error.",
            )
        )
    return result


def mediation_rows(data: Path) -> list[Row]:
    """Share of civil-war records and of distinct episodes with mediation."""
    columns = ["sidea", "sideb", "country", "episode.start.date", "Med_yes.no"]
    table = read_source(data, "mediation_civil_wars_cwm.csv", columns)
    table = table.assign(mediated=numbers(table["Med_yes.no"])).dropna(subset=["mediated"])
    episodes = table.groupby(columns[:4]).mediated.max()
    result = []
    for name, series, what in (
        ("mediated_records", table.mediated, "Records with mediation; an episode mediated twice has two."),
        (
            "mediated_episodes",
            episodes,
            "Distinct episodes (country, sides, start) with at least one mediation.",
        ),
    ):
        share, n = float(series.mean()), len(series)
        error = float(np.sqrt(share * (1 - share) / n))
        result.append(
            Row(
                name,
                share,
                error,
                share - 1.645 * error,
                share + 1.645 * error,
                "share",
                n,
                "1946 to 2009",
                "Civil War Mediation data (DeRouen, Bercovitch, Pospieszna)",
                what,
            )
        )
    return result


def agreement_rows(data: Path) -> list[Row]:
    """All rows on agreements and mediation."""
    weeks, broke, cease = durations(data)
    return [
        *hazard_rows(weeks, broke, "", "all agreements of civil wars"),
        *hazard_rows(weeks[cease], broke[cease], "_ceasefire", "agreements with a ceasefire"),
        *survival_rows(weeks, broke),
        *mediation_rows(data),
    ]
