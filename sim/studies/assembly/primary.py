"""Roll calls from a user's own download, in the long shape of the published voting data: one row a state and call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.studies.assembly.cells import FIRST_ROW, NUMBERS, Faults, check_days, decoded, read_cells
from sim.studies.assembly.record import RollCall, totals
from sim.theory.voting import ABSENT

COLUMNS = ("rcid", "date", "Country", "vote")


def read_long(path: Path | str, states: Sequence[str], *, since: str = "2014-01-01") -> list[RollCall]:
    """Roll calls of a long file, oldest first.

    Parameters
    ----------
    path : path
        Columns `rcid` (number of the call), `date` (2022-03-02), `Country` (ISO3) and `vote` (1 yes, 2
        abstention, 3 no, 8 absent, 9 no member); further ones are not read.
    states : sequence of str
        ISO3 codes wanted. A state without a row in a call was absent.
    since : str
        Calls before this day are left out, and with them states that are no more.

    Returns
    -------
    list of RollCall

    Raises
    ------
    InputFault
        The file is missing, has another shape, a state that is unknown or doubled, or a vote that is not known.
    """
    place = Path(path)
    faults = Faults(place.parent)
    table = read_cells(faults, place.name, COLUMNS)
    faults.stop()
    assert table is not None  # noqa: S101 (a missing table is a fault)
    check_days(faults, place.name, zip(table.index + FIRST_ROW, table["date"], strict=True), "date")
    faults.stop()
    table = table[table["date"] >= since]
    rows = table.index + FIRST_ROW
    for row, code in zip(rows, table["Country"], strict=True):
        if code not in states:
            faults.add(place.name, f"row {row}, column Country", f'no such state: "{code}"')
    for row in rows[table.duplicated(["rcid", "Country"])]:
        faults.add(place.name, f"row {row}", "one row a state and call is allowed, found a second")
    names = [f"call {name}, {code}" for name, code in zip(table["rcid"], table["Country"], strict=True)]
    codes = decoded(faults, place.name, table[["vote"]], NUMBERS, names)
    faults.stop()
    assert codes is not None  # noqa: S101 (unknown votes are faults)
    column = {code: number for number, code in enumerate(states)}
    found = []
    for (name, day), part in table.assign(code=codes[:, 0]).groupby(["rcid", "date"], sort=False):
        votes = np.full(len(states), ABSENT, dtype=np.int8)
        votes[[column[code] for code in part["Country"]]] = part["code"]
        found.append(RollCall(f"rc{name}", str(day), votes, totals(votes)))
    return sorted(found, key=lambda call: call.day)
