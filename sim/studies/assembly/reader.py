"""Reads a folder of roll calls: Ukraine's texts, the regular sessions, and the states with their groups.

Names and shapes of the files are those of `../shared/data`. Nothing is repaired: another shape, an unknown,
doubled or missing state, a vote letter that is not known, a group without members are faults, all told at once.
"""

from __future__ import annotations

from collections.abc import Hashable
from importlib import resources
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.scenario.faults import InputFault
from sim.studies.assembly.cells import (
    FIRST_ROW,
    LETTERS,
    NUMBERS,
    Faults,
    check_days,
    check_states,
    decoded,
    read_cells,
)
from sim.studies.assembly.primary import read_long
from sim.studies.assembly.record import Record, RollCall, totals
from sim.theory.arrays import Array
from sim.theory.voting import Votes

STATES, TEXTS, OWN = "states_groups.csv", "unga_ukraine_resolutions.csv", "unga_ukraine_votes_wide.csv"
REGULAR, LATEST = "unga_rollcalls_2014_2024_wide.csv", "unga_rollcalls_2025_wide.csv"
LONG = "UNVotes.csv"
"""What the published voting data are called; read where there is no file of regular sessions."""
GROUPS = ("EU", "NATO", "AU", "GCC", "ASEAN", "CARICOM", "PIF", "LAS", "OIC", "CSTO", "AES", "ALBA", "MERCOSUR")
SILENT = {"AFG", "VEN"}
"""States without a column in a year in which they cast no vote."""
LAST_DAY = "2026-02-23"
"""The record ends before the scenario starts: the vote of the day after is used for nothing, not even its totals."""
TOTALS = ("official_yes", "official_no", "official_abstain", "official_absent")


def read_record(folder: Path | str) -> Record:
    """Everything that the study needs.

    Parameters
    ----------
    folder : path
        With the five files; the published file of all votes, one row a state and call, may stand for the regular
        sessions.

    Returns
    -------
    Record
        No roll call stands in it twice: one that is in two files is taken once, by its date and its votes.

    Raises
    ------
    InputFault
        A file is missing or has faults.
    """
    faults = Faults(Path(folder))
    table = read_cells(faults, STATES, ["iso3", "country", "un_group", "un_subregion", *GROUPS])
    faults.stop()
    assert table is not None  # noqa: S101 (a missing table is a fault)
    check_states(faults, STATES, table.iso3, sorted(set(table.iso3)), optional=set())
    table = table.sort_values("iso3", kind="stable")
    states = tuple(table.iso3)
    peers = _peers(faults, table)
    coding = _packaged("coding.csv").set_index("resolution")
    own = _own(faults, states, coding)
    calls = [*_regular(faults, states), *_latest(faults, states)]
    faults.stop()
    texts, background = _sorted_out(own, calls, coding)
    precedents = tuple(
        RollCall(
            row["resolution"],
            row["date"],
            None,
            (int(row["yes"]), int(row["no"]), int(row["abstain"]), 0),
            kind="precedent",
        )
        for row in _packaged("precedents.csv").to_dict("records")
    )
    groups = table.un_group.to_numpy().astype(str)
    return Record(states, tuple(table.country), groups, peers, texts, background, precedents)


def _packaged(name: str) -> pd.DataFrame:
    text = resources.files("sim.studies.assembly").joinpath(name).read_text(encoding="utf-8")
    return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)


def _peers(faults: Faults, table: pd.DataFrame) -> Array:
    """Who looks at whom: the square of the groups, the regional group and twice the subregion that two share."""
    flags = decoded_flags(faults, table)
    shared = flags @ flags.T
    region, near = table.un_group.to_numpy(), table.un_subregion.to_numpy()
    shared = shared + (region[:, None] == region[None]) + 2.0 * (near[:, None] == near[None])
    np.fill_diagonal(shared, 0.0)
    weights = shared**2
    return np.asarray(weights / np.maximum(weights.sum(axis=1, keepdims=True), 1.0))


def decoded_flags(faults: Faults, table: pd.DataFrame) -> Array:
    """Membership of states in groups, (states, groups) of 0 and 1; a group without members is a fault."""
    cells = table[list(GROUPS)]
    known = cells.isin(["0", "1"]).to_numpy()
    for row, column in np.argwhere(~known):
        place = f"row {table.index[row] + FIRST_ROW} ({table.iso3.iloc[row]}), column {GROUPS[column]}"
        faults.add(STATES, place, f'0, 1 are allowed, found "{cells.iloc[row, column]}"')
    flags = (cells == "1").to_numpy().astype(np.float64)
    for name, size in zip(GROUPS, flags.sum(axis=0), strict=True):
        if not size:
            faults.add(STATES, f"column {name}", "a group has at least one member, found none")
    return flags


def _own(faults: Faults, states: tuple[str, ...], coding: pd.DataFrame) -> list[RollCall]:
    texts = read_cells(faults, TEXTS, ["resolution", "date", "completeness", *TOTALS])
    wide = read_cells(faults, OWN, ["iso3"])
    if texts is None or wide is None:
        return []
    check_states(faults, OWN, wide.iso3, states, optional=set())
    check_days(faults, TEXTS, zip(texts.index + FIRST_ROW, texts["date"], strict=True), "date")
    for line, name in texts["resolution"][texts["resolution"].duplicated()].items():
        faults.add(TEXTS, f"row {int(str(line)) + FIRST_ROW}", f"one row a text is allowed, {name} stands twice")
    found = []
    for row in texts.sort_values(["date", "resolution"], kind="stable").to_dict("records"):
        name, day = str(row["resolution"]), str(row["date"])
        if day > LAST_DAY:
            continue
        if name not in coding.index:
            faults.add(TEXTS, f"resolution {name}", "the text has no family; add it to the coding")
            continue
        votes = None
        if row["completeness"] == "complete":
            if name not in wide.columns:
                faults.add(OWN, "row 1", f"no column {name}")
                continue
            votes = _column(faults, wide, name, states)
        counts = _totals(faults, row)
        found.append(RollCall(name, day, votes, counts))
    return found


def _totals(faults: Faults, row: dict[Hashable, Any]) -> tuple[int, int, int, int]:
    """Official totals of a text; what is no count is a fault and stands as nothing."""
    counts = []
    for column in TOTALS:
        cell = str(row[column])
        if not cell.isdecimal():
            faults.add(TEXTS, f"resolution {row['resolution']}, column {column}", f'a count is allowed, found "{cell}"')
        counts.append(int(cell) if cell.isdecimal() else 0)
    return counts[0], counts[1], counts[2], counts[3]


def _column(faults: Faults, wide: pd.DataFrame, name: str, states: tuple[str, ...]) -> Votes | None:
    if sorted(wide.iso3) != list(states):
        return None
    votes = decoded(faults, OWN, wide[[name]], LETTERS, list(wide.iso3))
    return None if votes is None else votes[np.argsort(wide.iso3.to_numpy()), 0]


def _regular(faults: Faults, states: tuple[str, ...]) -> list[RollCall]:
    if (faults.folder / LONG).is_file() and not (faults.folder / REGULAR).is_file():
        return _published(faults, states)
    table = read_cells(faults, REGULAR, ["rcid", "date"])
    if table is None:
        return []
    codes = [name for name in table.columns if len(name.split(".")[0]) == 3 and name.isupper()]
    return _wide(faults, REGULAR, table, ("rcid", "date", "rc"), codes, states, NUMBERS, set())


def _published(faults: Faults, states: tuple[str, ...]) -> list[RollCall]:
    """The published file of all votes in place of the regular sessions, up to the first day of the latest calls."""
    try:
        calls = read_long(faults.folder / LONG, states)
    except InputFault as error:
        faults.found.extend(error.faults)
        return []
    latest = read_cells(Faults(faults.folder), LATEST, ["Date"])
    until = LAST_DAY if latest is None else min(latest["Date"])
    return [call for call in calls if call.day < until]


def _latest(faults: Faults, states: tuple[str, ...]) -> list[RollCall]:
    table = read_cells(faults, LATEST, ["Resolution", "Date"])
    if table is None:
        return []
    codes = [name for name in table.columns if len(name.split(".")[0]) == 3 and name.isupper()]
    return _wide(faults, LATEST, table, ("Resolution", "Date", ""), codes, states, LETTERS, SILENT)


def _wide(
    faults: Faults,
    file: str,
    table: pd.DataFrame,
    names: tuple[str, str, str],
    codes: list[str],
    states: tuple[str, ...],
    letters: dict[str, int],
    silent: set[str],
) -> list[RollCall]:
    """Roll calls of a file with one row a call and one column a state."""
    before = len(faults.found)
    check_states(faults, file, (name.split(".")[0] for name in codes), states, optional=silent, by_row=False)
    doubled = table[names[0]][table[names[0]].duplicated()]
    for row, name in doubled.items():
        faults.add(file, f"row {int(str(row)) + FIRST_ROW}", f"one row a call is allowed, {name} stands twice")
    check_days(faults, file, zip(table.index + FIRST_ROW, table[names[1]], strict=True), names[1])
    if len(faults.found) > before:
        return []
    votes = decoded(faults, file, table[codes], letters, list(table[names[0]]))
    if votes is None:
        return []
    whole = np.full((len(table), len(states)), 3, dtype=np.int8)
    whole[:, [states.index(code) for code in codes]] = votes
    rows = zip(table[names[0]], table[names[1]], whole, strict=True)
    return [RollCall(f"{names[2]}{name}", day, line, totals(line)) for name, day, line in rows]


def _sorted_out(
    own: list[RollCall], calls: list[RollCall], coding: pd.DataFrame
) -> tuple[tuple[RollCall, ...], tuple[RollCall, ...]]:
    """Coded texts and the rest, each roll call once, oldest first."""
    days = {text.day: [other for other in own if other.day == text.day] for text in own}
    texts = [_coded(text, coding) for text in own]
    rest = []
    for call in calls:
        if any(_same(call, text) for text in days.get(call.day, [])):
            continue
        if call.name in coding.index:
            texts.append(_coded(call, coding))
        else:
            rest.append(call)
    return tuple(sorted(texts, key=lambda text: text.day)), tuple(sorted(rest, key=lambda call: call.day))


def _same(call: RollCall, text: RollCall) -> bool:
    """Whether a call of the same day is that text: by its symbol, or by all but a few votes."""
    if call.name.endswith(f"/{text.name}"):
        return True
    return text.votes is not None and float((call.known == text.votes).mean()) >= 0.97


def _coded(call: RollCall, coding: pd.DataFrame) -> RollCall:
    family, kind, own = (str(coding.loc[call.name, column]) for column in ("family", "kind", "own"))
    return RollCall(call.name, call.day, call.votes, call.totals, family, kind, own == "1")
