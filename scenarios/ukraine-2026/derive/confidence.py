"""Small deals: truces and what they did to strikes, how long they lasted, exchanges of prisoners.

The lists are compiled from public reports, part of them unverified and incomplete; rates are lower bounds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from files import numbers, read_source
from rows import Row, rate_interval, with_range
from scipy.stats import beta

START = pd.Timestamp("2026-02-24")
PRESS = "public reports, compiled"
AIR_FORCE = "Ukrainian Air Force daily reports (claimed by one party)"
FAILED_WORDS = ("failed", "not observed", "never entered", "mutual accusations", "rejected by russia")
PARTIAL_WORDS = (
    "partial",
    "partly",
    "short",
    "never implemented",
    "alleged",
    "asked",
    "missiles about 0",
    "left",
)
SHORT = ("Orthodox Christmas 2023", "Easter 2025", "Victory Day 2025")


def effect_rows(data: Path) -> list[Row]:
    """Strikes during truces over strikes before, and after over before."""
    names = [
        f"{kind}_per_day_{when}" for kind in ("drones", "missiles") for when in ("14d_before", "during", "14d_after")
    ]
    table = read_source(data, "truce_compliance_strikes.csv", ["truce", *names])
    energy, brief = table[~table.truce.isin(SHORT)], table[table.truce.isin(SHORT)]
    result = []
    for label, part in (("energy_truce", energy), ("holiday_truce", brief)):
        for kind in ("drones", "missiles"):
            for when, word in (("during", "during"), ("14d_after", "after")):
                ratio = (
                    numbers(part[f"{kind}_per_day_{when}"]) / numbers(part[f"{kind}_per_day_14d_before"])
                ).to_numpy()
                result.append(
                    with_range(
                        f"{label}_{kind}_{word}",
                        (ratio.mean(), ratio.min(), ratio.max()),
                        "ratio to the 14 days before",
                        len(ratio),
                        "2023-01 to 2026-02",
                        AIR_FORCE,
                        f"Mean ratio of daily launches {word} the truce to the 14 days before;"
                        " smallest and largest case.",
                    )
                )
    return result


def truces(data: Path) -> pd.DataFrame:
    """Dated small deals with their length in weeks."""
    table = read_source(data, "cbm_truces.csv", ["type", "start", "end", "name", "outcome"])
    days = (pd.to_datetime(table.end, errors="coerce") - pd.to_datetime(table.start)).dt.days + 1
    return table.assign(weeks=days / 7.0)


def length_rows(table: pd.DataFrame) -> list[Row]:
    """Length of truces by type; exchanges, proposals and deals that never began are left out."""
    lasting = table[~table.type.str.contains("POW|proposal|maritime") & table.weeks.notna()]
    lasting = lasting[~lasting.name.str.startswith("Minsk II")]
    result = []
    for kind, part in lasting.groupby("type"):
        weeks = part.weeks.to_numpy()
        estimate = float(np.median(weeks)) if len(weeks) > 2 else float(weeks.mean())
        extra = "; Minsk II is left out, since nobody says when it ceased to hold" if kind == "ceasefire" else ""
        result.append(
            with_range(
                f"{str(kind).replace(' ', '_')}_weeks",
                (estimate, weeks.min(), weeks.max()),
                "weeks",
                len(weeks),
                f"{part.start.min()[:4]} to {part.start.max()[:4]}",
                PRESS,
                f"Median length if there are more than two, else mean; shortest and longest{extra}.",
            )
        )
    return result


def compliance(outcome: str) -> float:
    """Coded compliance from the reported outcome: 0 not observed, one half in part, 1 observed."""
    text = outcome.lower()
    if any(word in text for word in FAILED_WORDS) and not text.startswith("partly"):
        return 0.0
    return 0.5 if any(word in text for word in PARTIAL_WORDS) else 1.0


def compliance_rows(table: pd.DataFrame) -> list[Row]:
    """Share of small deals that were observed, from a coding of the reported outcome."""
    lasting = table[~table.type.str.contains("proposal")]
    exchange = lasting.type.str.contains("POW")
    result = []
    for label, part in (("exchange", lasting[exchange]), ("truce", lasting[~exchange])):
        score = part.outcome.map(compliance).to_numpy()
        low, high = beta.ppf([0.05, 0.95], 0.5 + score.sum(), 0.5 + len(score) - score.sum())
        result.append(
            with_range(
                f"{label}_compliance",
                (score.mean(), float(low), float(high)),
                "share",
                len(score),
                "2014 to 2026",
                PRESS,
                "Mean of the reported outcome coded by key words (0 not observed, .5 in part, 1 observed);"
                " interval from a beta posterior; coded.",
            )
        )
    return result


def exchange_rows(data: Path) -> list[Row]:
    """Exchanges of prisoners in the last 52 weeks."""
    table = read_source(data, "prisoner_exchanges.csv", ["date", "returned_to_ukraine", "returned_to_russia"])
    dates = pd.to_datetime(table.date)
    recent = table[(dates > START - pd.Timedelta(weeks=52)) & (dates <= START)]
    count, size = len(recent), numbers(recent.returned_to_ukraine)
    gaps = dates[recent.index].diff().dt.days.dropna() / 7.0
    return [
        with_range(
            "exchanges_per_week",
            (count / 52, *rate_interval(count, 52)),
            "per week",
            count,
            "last 52 weeks",
            PRESS,
            "Listed exchanges over weeks, Poisson interval; a lower bound, the list is incomplete.",
        ),
        with_range(
            "exchange_size",
            (float(size.median()), float(size.min()), float(size.max())),
            "prisoners to Ukraine",
            count,
            "last 52 weeks",
            PRESS,
            "Median number returned to Ukraine; smallest and largest.",
        ),
        with_range(
            "exchange_gap",
            (float(gaps.median()), float(gaps.min()), float(gaps.max())),
            "weeks",
            len(gaps),
            "last 52 weeks",
            PRESS,
            "Median time between listed exchanges; shortest and longest.",
        ),
        with_range(
            "prisoners_per_week",
            (float(size.sum()) / 52, float("nan"), float("nan")),
            "to Ukraine per week",
            count,
            "last 52 weeks",
            PRESS,
            "All listed returns to Ukraine over 52 weeks; a lower bound.",
        ),
    ]


def confidence_rows(data: Path) -> list[Row]:
    """All rows on small deals."""
    table = truces(data)
    return [*effect_rows(data), *length_rows(table), *compliance_rows(table), *exchange_rows(data)]
