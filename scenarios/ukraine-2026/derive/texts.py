"""Past texts on the war with their item parameters, and the parameters of each family of texts.

A family is read off the title by the first matching word, in the written order. A text of which only the
official totals are complete gets its family-wide slopes from the other texts and the two thresholds that give
its totals.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from assembly import recency, tallied_texts
from files import numbers
from positions import FOREIGN_TEXT, HALF_LIFE_YEARS, Positions
from scipy.optimize import brentq
from scipy.special import ndtr

from sim.theory.arrays import Array

FAMILY_WORDS = (
    ("human rights council", "procedure"),
    ("cooperation", "procedure"),
    ("human rights", "human_rights"),
    ("nuclear", "nuclear"),
    ("reparation", "reparation"),
    ("humanitarian", "humanitarian"),
    ("children", "humanitarian"),
    ("path to peace", "us_text"),
)
OTHERWISE = "withdrawal"
OFFICIAL = ["official_yes", "official_no", "official_abstain", "official_absent"]
ITEMS = ["general_weight", "conflict_weight", "demand", "band"]


def family(title: str) -> str:
    """Family of a text: the first word found in its title decides; withdrawal if none is found."""
    return next((name for word, name in FAMILY_WORDS if word in title.lower()), OTHERWISE)


def short(title: str) -> str:
    """Title without remarks in brackets."""
    return title.split(" (", maxsplit=1)[0]


def described(texts: pd.DataFrame, basis: str) -> pd.DataFrame:
    """Descriptive columns of the table of texts."""
    return pd.DataFrame(
        {
            "resolution": texts.resolution,
            "date": texts.date,
            "title": texts.title.map(short),
            "family": texts.title.map(family),
            "basis": basis,
            **{name.removeprefix("official_"): numbers(texts[name]) for name in OFFICIAL},
        }
    )


def from_roll_calls(positions: Positions) -> pd.DataFrame:
    """Texts with complete roll calls and their fitted parameters."""
    items = positions.items
    table = described(positions.record.texts, "roll call")
    return table.assign(
        general_weight=items.known_slope,
        conflict_weight=items.slope,
        demand=items.demand,
        band=2.0 * items.half,
    )


def threshold(support: Array, present: Array, share: float) -> float:
    """Cut point above which the expected share of those present falls."""
    return float(brentq(lambda cut: float((present * ndtr(support - cut)).sum() / present.sum()) - share, -20.0, 20.0))


def from_totals(positions: Positions, texts: pd.DataFrame) -> pd.DataFrame:
    """Texts known by their totals: recency-weighted mean slopes, thresholds solved for."""
    own = (positions.record.texts.resolution != FOREIGN_TEXT).to_numpy()
    weight = recency(positions.record.texts.date, HALF_LIFE_YEARS) * own
    general_weight = float((weight * positions.items.known_slope).sum() / weight.sum())
    conflict_weight = float((weight * positions.items.slope).sum() / weight.sum())
    support = general_weight * positions.general + conflict_weight * positions.conflict
    present = 1.0 / (1.0 + np.exp(positions.absence))
    table = described(texts, "totals")
    voting = table.yes + table.no + table["abstain"]
    upper = np.array([threshold(support, present, share) for share in table.yes / voting])
    lower = np.array([threshold(support, present, 1.0 - share) for share in table.no / voting])
    return table.assign(
        general_weight=general_weight,
        conflict_weight=conflict_weight,
        demand=(upper + lower) / 2.0,
        band=upper - lower,
    )


def texts_table(data: Path, positions: Positions) -> pd.DataFrame:
    """Every past text on the war, oldest first."""
    both = pd.concat([from_roll_calls(positions), from_totals(positions, tallied_texts(data))])
    return both.sort_values(["date", "resolution"]).reset_index(drop=True)


def families_table(texts: pd.DataFrame) -> pd.DataFrame:
    """Medians by family; where a family has one text its demand_sd is the pooled one of the others."""
    groups = texts.groupby("family")
    table = groups[ITEMS].median()
    spread, count = groups.demand.std(), groups.size()
    pooled = float(np.sqrt((spread**2 * (count - 1)).sum() / (count - 1).sum()))
    table.insert(3, "demand_sd", spread.fillna(pooled))
    table.insert(0, "n", count)
    table["latest"] = groups.resolution.last()
    return table.reset_index()
