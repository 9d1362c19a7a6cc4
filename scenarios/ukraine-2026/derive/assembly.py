"""The Assembly's record as matrices of votes, states by texts; estimation is elsewhere.

Codes: 1 yes, 0 abstention, -1 no, NaN did not vote (or was no member).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from files import SourceFault, read_source

from sim.theory.arrays import Array

FIRST_GENERAL_DATE = "2022-01-01"
CONTESTED_BELOW = 0.80
SAME_TEXT = 0.97
START = pd.Timestamp("2026-02-24")
LETTER = {"Y": 1.0, "A": 0.0, "N": -1.0}
VOETEN = {1: 1.0, 2: 0.0, 3: -1.0}
RELATED = "Georgia"


@dataclass(frozen=True)
class Record:
    """Votes (states, texts), the states' codes, and one row a text with its resolution, date and title."""

    states: tuple[str, ...]
    votes: Array
    texts: pd.DataFrame


def letters(table: pd.DataFrame) -> pd.DataFrame:
    """Letters Y, A, N as numbers; anything else is missing."""
    return table.apply(lambda column: column.map(LETTER)).astype(float)


def ukraine_texts(data: Path) -> Record:
    """Every Assembly text on the war or on Crimea with a complete roll call, oldest first.

    The text on displaced persons in Georgia is left out: the war is not its subject. The one on cooperation
    with the Council of Europe stays in: its wording on the aggression was what the vote was about.
    """
    texts = read_source(data, "unga_ukraine_resolutions.csv", ["resolution", "date", "title", "completeness"])
    wide = read_source(data, "unga_ukraine_votes_wide.csv", ["iso3"]).sort_values("iso3")
    related = texts.title.str.contains(RELATED)
    texts = texts[(texts.completeness == "complete") & ~related].sort_values(["date", "resolution"])
    absent = [name for name in texts.resolution if name not in wide.columns]
    if absent:
        raise SourceFault(f"unga_ukraine_votes_wide.csv: no column {', '.join(absent)}")
    votes = letters(wide[list(texts.resolution)]).to_numpy()
    return Record(tuple(wide.iso3), votes, texts.reset_index(drop=True))


def tallied_texts(data: Path) -> pd.DataFrame:
    """Past Ukraine texts of which only the official totals are complete, before the scenario starts."""
    texts = read_source(data, "unga_ukraine_resolutions.csv", ["resolution", "date", "title", "completeness"])
    partial = texts.completeness.str.startswith("partial") & (texts.date < str(START.date()))
    return texts[partial].sort_values("date").reset_index(drop=True)


def voeten_calls(data: Path, states: tuple[str, ...]) -> pd.DataFrame:
    """Regular-session roll calls of 2022 to mid-2024, one column a call."""
    table = read_source(data, "unga_rollcalls_2014_2024_wide.csv", ["rcid", "date", *states])
    table = table[table.date >= FIRST_GENERAL_DATE]
    cells = table[list(states)].apply(pd.to_numeric, errors="coerce")
    votes = cells.apply(lambda column: column.map(VOETEN)).astype(float)
    return pd.DataFrame(votes.to_numpy().T, index=list(states), columns=[f"rc{rcid}" for rcid in table.rcid])


def calls_of_2025(data: Path, states: tuple[str, ...]) -> pd.DataFrame:
    """Regular-session roll calls of 2025, one column a call; emergency sessions are left out."""
    table = read_source(data, "unga_rollcalls_2025_wide.csv", ["Resolution", "Date", "USA"])
    table = table[~table.Resolution.str.contains("/ES-")]
    cells = letters(table.reindex(columns=list(states), fill_value="X"))
    return pd.DataFrame(cells.to_numpy().T, index=list(states), columns=list(table.Resolution))


def contested(calls: pd.DataFrame) -> pd.DataFrame:
    """Calls in which less than four fifths of those voting said yes."""
    share = (calls == 1.0).sum(axis=0) / calls.notna().sum(axis=0)
    return calls.loc[:, share < CONTESTED_BELOW]


def same_text(call: pd.Series, votes: Array) -> bool:
    """Whether a call repeats, vote by vote, one of the columns of `votes`."""
    mine = call.to_numpy(dtype=float)[:, None]
    equal = (mine == votes) | (np.isnan(mine) & np.isnan(votes))
    return bool((equal.mean(axis=0) >= SAME_TEXT).any())


def general_calls(data: Path, ukraine: Record) -> Record:
    """Contested regular-session calls of 2022-2025 without the texts on the war."""
    calls = pd.concat([voeten_calls(data, ukraine.states), calls_of_2025(data, ukraine.states)], axis=1)
    calls = contested(calls)
    drop = [name for name in calls if same_text(calls[name], ukraine.votes)]
    calls = calls.drop(columns=drop)
    return Record(ukraine.states, calls.to_numpy(), pd.DataFrame({"resolution": list(calls.columns)}))


def recency(dates: pd.Series, half_life_years: float) -> Array:
    """Weight of a text, halved with each half-life between its date and the start of the scenario."""
    days = (START - pd.to_datetime(dates)).dt.days.to_numpy(dtype=float)
    return np.asarray(np.exp(-np.log(2.0) * days / (365.25 * half_life_years)))
