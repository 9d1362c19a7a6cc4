"""The Assembly's members: groups, estimated positions, dependence on the camps, coded views on topics."""

from __future__ import annotations

from pathlib import Path

import dyads
import numpy as np
import pandas as pd
from files import read_source
from votes import FIRST, Votes

from sim.theory.arrays import Array

GROUPS = {
    "EU": "EU",
    "NATO": "NATO",
    "OECD": "OECD",
    "G7": "G7",
    "G20": "G20",
    "APEC": "APEC",
    "CoE": "COE",
    "EEA": "EEA",
    "CSTO": "CSTO",
    "EAEU": "EAEU",
    "CIS": "CIS",
    "SCO": "SCO",
    "BRICS_2025": "BRICS",
    "GCC": "GCC",
    "ASEAN": "ASEAN",
    "AU": "AU",
    "AES": "AES",
    "LAS": "LAS",
    "OIC": "OIC",
    "CARICOM": "CARICOM",
    "PIF": "PIF",
    "MERCOSUR": "MERCOSUR",
    "ALBA": "ALBA",
}
COUNCIL_YEARS = (2025, 2026)
RUSSIA = "RUS"
STEEPNESS = 1.6


def members(data: Path) -> pd.DataFrame:
    """Names, groups and council seats of the 193 members, sorted by code."""
    columns = ["iso3", "country", "un_group", "UNSC_P5", *(f"UNSC_{year}" for year in COUNCIL_YEARS), *GROUPS]
    return read_source(data, "states_groups.csv", columns).sort_values("iso3").reset_index(drop=True)


def group_list(table: pd.DataFrame) -> list[str]:
    """Semicolon list of each state's groups in a fixed order."""
    flags = table[list(GROUPS)].astype(int).to_numpy()
    names = list(GROUPS.values())
    return [";".join(name for name, flag in zip(names, row, strict=True) if flag) for row in flags]


def council(table: pd.DataFrame, year: int) -> list[str]:
    """Kind of seat in the Security Council of a year."""
    return [
        "permanent" if int(five) else "elected" if int(seat) else ""
        for five, seat in zip(table.UNSC_P5, table[f"UNSC_{year}"], strict=True)
    ]


POPULATION = {
    "DEU": 1849, "FRA": 1517, "ITA": 1323, "ESP": 1078, "POL": 833, "ROU": 423, "NLD": 401, "BEL": 262, "CZE": 242,
    "PRT": 236, "SWE": 234, "GRC": 231, "HUN": 213, "AUT": 202, "BGR": 143, "DNK": 132, "FIN": 125, "SVK": 121,
    "IRL": 119, "HRV": 86, "LTU": 64, "SVN": 47, "LVA": 42, "EST": 30, "CYP": 21, "LUX": 15, "MLT": 12,
}  # fmt: skip
"""Share of each member in the Union's population, in hundredths of a per cent: Council of the European Union, Rules of
Procedure, Annex III as amended for 2025. Rounded, they sum to 10,001."""


def population(codes: pd.Series) -> list[int]:
    """Official shares of the Union's members, in hundredths of a per cent; 0 for all others."""
    return [POPULATION.get(code, 0) for code in codes]


def topics(votes: Votes, sender: Array) -> tuple[Array, Array, Array]:
    """Coded views on control, ceasefire and sanctions, 0 = Ukraine's pole, 1 = Russia's.

    Control falls logistically with the expected support for the first coming text, on the terms of peace, in widths
    of its band of abstention. Ceasefire is
    the cube of control: nearly all want the guns silent now, few would wait for a settlement. Sanctions:
    senders start near keeping them, others near the middle, both rising with control. The three rules are
    assumed.
    """
    control = 1.0 / (1.0 + np.exp(STEEPNESS * votes.support / votes.items[FIRST].drawn.band))
    sanctions = np.where(sender > 0, 0.05 + 0.35 * control, 0.40 + 0.60 * control)
    return control, control**3, sanctions


def states_table(data: Path, votes: Votes) -> pd.DataFrame:
    """The whole table, 193 rows."""
    table = members(data)
    sender = table.iso3.isin(dyads.senders(data)).to_numpy().astype(float)
    ours, theirs = dyads.dependences(data, votes.record.states, sender)
    trade = dyads.shares(dyads.trade(data, votes.record.states))
    russia = votes.record.states.index(RUSSIA)
    control, ceasefire, sanctions = topics(votes, sender)
    return pd.DataFrame(
        {
            "iso3": table.iso3,
            "name": table.country,
            "un_group": table.un_group,
            "groups": group_list(table),
            **{f"council_{year}": council(table, year) for year in COUNCIL_YEARS},
            "population": population(table.iso3),
            "general": votes.general,
            "conflict": votes.conflict,
            "conflict_se": votes.conflict_se,
            "luck": votes.luck,
            "band": votes.band,
            "absence": votes.absence - votes.away[0] * votes.torn,
            "human_rights": votes.rights,
            "human_rights_band": votes.rights_band,
            "dependence_a": ours,
            "dependence_b": theirs,
            "sender": sender.astype(int),
            "trade_b": trade[:, russia],
            "target_trade": trade[russia],
            "control": control,
            "ceasefire": ceasefire,
            "sanctions": sanctions,
        }
    )
