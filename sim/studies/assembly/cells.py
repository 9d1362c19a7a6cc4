"""Cells of roll-call tables become outcome codes, and what cannot becomes a fault with its row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sim.scenario.faults import Fault, InputFault, hint, listed, shown
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES, Votes

LETTERS = {"Y": YES, "N": NO, "A": ABSTAIN, "X": ABSENT}
NUMBERS = {"1": YES, "2": ABSTAIN, "3": NO, "8": ABSENT, "9": ABSENT}
UNKNOWN = -1
FIRST_ROW = 2
"""Line of a file on which the first row below the header stands."""


@dataclass
class Faults:
    """Faults of several files, told together."""

    folder: Path
    found: list[Fault] = field(default_factory=list)

    def add(self, file: str, place: str, sentence: str) -> None:
        """One more."""
        self.found.append(Fault(f"{file}: {place}" if place else file, sentence))

    def stop(self) -> None:
        """Raise them all, if there are any."""
        if self.found:
            raise InputFault(str(self.folder), self.found)


def read_cells(faults: Faults, file: str, columns: Sequence[str]) -> pd.DataFrame | None:
    """A table with all cells as they are written, or None with the faults told.

    Parameters
    ----------
    faults : Faults
        Of the folder in which the file stands.
    file : str
    columns : sequence of str
        That must be there; further ones are kept.
    """
    path = faults.folder / file
    if not path.is_file():
        faults.add(file, "", "no such file; it is needed")
        return None
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (ValueError, UnicodeDecodeError) as error:
        faults.add(file, *_unreadable(str(error)))
        return None
    before = len(faults.found)
    for name in columns:
        if name not in table.columns:
            faults.add(file, "row 1", f"no column {name}; found {listed(table.columns, 8)}")
    for name, number in _doubled(path).items():
        faults.add(file, f"row 1, column {name}", f"one column of a name is allowed, found {number}")
    if table.empty:
        faults.add(file, f"row {FIRST_ROW}", "at least one row is needed, found none")
    return None if len(faults.found) > before else table


def _unreadable(error: str) -> tuple[str, str]:
    """Place and sentence of what the reader of tables cannot take apart."""
    ragged = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", error)
    if ragged:
        allowed, row, found = ragged.groups()
        return f"row {row}", f"{allowed} cells are allowed, found {found}"
    return "", f"a table of comma-separated values in UTF-8 is allowed, found {shown(error)}"


def _doubled(path: Path) -> dict[str, int]:
    """Names of columns that stand in a header more than once, with how often."""
    with path.open(encoding="utf-8", newline="") as opened:
        names = Counter(next(csv.reader(opened), []))
    return {name: number for name, number in names.items() if number > 1}


def check_days(faults: Faults, file: str, days: Iterable[tuple[int, str]], column: str) -> None:
    """Dates of a column: what is no day written as 2022-03-02 is a fault.

    Parameters
    ----------
    faults : Faults
    file : str
    days : iterable of (int, str)
        Row of the file, and what is written there.
    column : str
    """
    for row, day in days:
        if not _is_day(day):
            faults.add(file, f"row {row}, column {column}", f"a day as 2022-03-02 is allowed, found {shown(day)}")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check_states(
    faults: Faults, file: str, found: Iterable[str], known: Sequence[str], *, optional: set[str], by_row: bool = True
) -> None:
    """States of a file against those that are known: unknown, doubled and missing ones.

    Parameters
    ----------
    faults : Faults
    file : str
    found : iterable of str
        In the order of rows or columns.
    known : sequence of str
        ISO3 codes.
    optional : set of str
        Those that may be missing.
    by_row : bool
        Whether each has a row of the file, or a column.
    """
    places: dict[str, list[int]] = {}
    for place, code in enumerate(found):
        places.setdefault(code, []).append(place + FIRST_ROW)
    for code, rows in places.items():
        at = f"row {listed([str(row) for row in rows])} ({code})" if by_row else f"row 1, column {code}"
        if code not in known:
            faults.add(file, at, f"no such state{hint(code, known)}")
        if len(rows) > 1:
            kind = "row" if by_row else "column"
            faults.add(file, at, f"one {kind} a state is allowed, found {len(rows)}")
    lost = [code for code in known if code not in places and code not in optional]
    if lost:
        faults.add(file, "", f"{len(known)} states are needed, missing {listed(lost)}")


def decoded(
    faults: Faults, file: str, cells: pd.DataFrame, codes: Mapping[str, int], rows: Sequence[str]
) -> Votes | None:
    """Outcome codes of a table of votes, or None with the faults told.

    Parameters
    ----------
    faults : Faults
    file : str
    cells : DataFrame
        Nothing but votes.
    codes : mapping
        Outcome by what is written.
    rows : sequence of str
        What each row is called in a fault.
    """
    written = cells.to_numpy()
    spelled = {**codes, **{f"{text}.0": code for text, code in codes.items()}}
    plain = np.array([[spelled.get(cell.strip(), UNKNOWN) for cell in line] for line in written], dtype=np.int8)
    known = plain != UNKNOWN
    for row, column in np.argwhere(~known)[:50]:
        place = f"row {row + FIRST_ROW} ({rows[row]}), column {cells.columns[column]}"
        faults.add(file, place, f"{listed(codes)} are allowed, found {shown(str(written[row, column]))}")
    return plain.reshape(cells.shape) if known.all() else None
