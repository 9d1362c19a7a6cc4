"""The Assembly's members: groups, estimated positions, dependence on the camps, coded views on topics."""

from __future__ import annotations

from pathlib import Path

import dyads
import numpy as np
import pandas as pd
from files import read_source
from positions import Positions

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
UKRAINE, RUSSIA = "UKR", "RUS"
PEACE_TEXT = "ES-11/7"
STEEPNESS = 0.8


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


def camp_dependence(data: Path, states: tuple[str, ...], camp: Array) -> Array:
    """Dependence on a camp in [0, 1]: the mean of up to three shares.

    Shares: of total trade with the camp; of arms received 2014-2023 from the camp (left out if none were
    received); the strongest alliance obligation to a member of the camp. The equal weights are assumed.
    """
    arms = dyads.arms(data, states)
    parts = np.stack(
        [
            (dyads.shares(dyads.trade(data, states)) * camp).sum(axis=1),
            np.where(arms.sum(axis=1) > 0, (dyads.shares(arms) * camp).sum(axis=1), np.nan),
            (dyads.alliance(data, states) * camp).max(axis=1),
        ]
    )
    return np.asarray(np.nanmean(parts, axis=0))


def dependences(data: Path, states: tuple[str, ...], sender: Array) -> tuple[Array, Array]:
    """Dependence on Ukraine's camp (Ukraine and the senders of sanctions) and on Russia."""
    codes = np.array(states)
    ours = camp_dependence(data, states, sender)
    theirs = camp_dependence(data, states, np.where(codes == RUSSIA, 1.0, 0.0))
    for here, mine, others in ((UKRAINE, ours, theirs), (RUSSIA, theirs, ours)):
        mine[codes == here], others[codes == here] = 1.0, 0.0
    return ours, theirs


def topics(positions: Positions, sender: Array) -> tuple[Array, Array, Array]:
    """Coded views on control, ceasefire and sanctions, 0 = Ukraine's pole, 1 = Russia's.

    Control falls logistically with the latent support of the last text on the terms of peace. Ceasefire is
    the cube of control: nearly all want the guns silent now, few would wait for a settlement. Sanctions:
    senders start near keeping them, others near the middle, both rising with control. The three rules are
    assumed.
    """
    column = list(positions.record.texts.resolution).index(PEACE_TEXT)
    support = positions.items.index(positions.general)[:, column]
    control = 1.0 / (1.0 + np.exp(STEEPNESS * support))
    sanctions = np.where(sender > 0, 0.05 + 0.35 * control, 0.40 + 0.60 * control)
    return control, control**3, sanctions


def states_table(data: Path, positions: Positions) -> pd.DataFrame:
    """The whole table, 193 rows."""
    table = members(data)
    sender = table.iso3.isin(dyads.senders(data)).to_numpy().astype(float)
    ours, theirs = dependences(data, positions.states, sender)
    trade = dyads.shares(dyads.trade(data, positions.states))
    russia = positions.states.index(RUSSIA)
    control, ceasefire, sanctions = topics(positions, sender)
    return pd.DataFrame(
        {
            "iso3": table.iso3,
            "name": table.country,
            "un_group": table.un_group,
            "groups": group_list(table),
            **{f"council_{year}": council(table, year) for year in COUNCIL_YEARS},
            "general": positions.general,
            "general_se": positions.general_se,
            "conflict": positions.conflict,
            "conflict_se": positions.conflict_se,
            "absence": positions.absence,
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
