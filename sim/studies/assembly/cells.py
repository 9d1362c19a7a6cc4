"""Cells of roll-call tables become outcome codes, and what cannot becomes a fault with its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
        faults.add(file, "", f"a table of comma-separated values in UTF-8 is allowed, found {shown(str(error))}")
        return None
    missing = [name for name in columns if name not in table.columns]
    for name in missing:
        faults.add(file, "row 1", f"no column {name}; found {listed(table.columns, 8)}")
    return None if missing else table


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
