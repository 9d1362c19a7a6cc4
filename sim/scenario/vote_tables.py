"""Observed votes of states on one text, from a user's own table: iso3 and vote, one row a state."""

from __future__ import annotations

from pathlib import Path

from sim.scenario.csv_tables import near, sheet_of
from sim.scenario.faults import Fault, InputFault, listed, shown
from sim.scenario.tables import StateRows

LETTERS = {
    "Y": "yes", "YES": "yes", "N": "no", "NO": "no", "A": "abstain", "ABSTAIN": "abstain", "X": "absent",
    "ABSENT": "absent",
}  # fmt: skip
"""How a vote can be written, small or large."""


def observed_votes(file: str | Path, states: StateRows, column: str = "vote") -> dict[str, str]:
    """How each state voted, by its code.

    Parameters
    ----------
    file : str or Path
        CSV with the columns iso3 and the one named, one row a state: Y, N, A or X, or the words.
    states : StateRows
        The states that must be there, each once.
    column : str
        Column of the votes: in a table with one column a resolution, its name.

    Raises
    ------
    InputFault
        With every state that is unknown, doubled or missing and every vote that is not known.
    """
    path = Path(file)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFault(str(path), [Fault(path.name, f"cannot be read: {error}")]) from None
    votes, faults = read_votes(text, path.name, states, column)
    if faults:
        raise InputFault(str(path), faults)
    return votes


def read_votes(text: str, file: str, states: StateRows, column: str) -> tuple[dict[str, str], list[Fault]]:
    """Votes by code, as far as they can be read, and what is wrong with the table."""
    sheet = sheet_of(text, file, ["iso3", column])
    if sheet.faults:
        return {}, sheet.told()
    rows = {iso3: row for row, iso3 in enumerate(states.iso3)}
    votes = {}
    for line, row in sheet.rows:
        if row["iso3"] not in rows:
            sentence = f"{shown(row['iso3'])} is not in the table of states{near(row['iso3'], rows)}"
            sheet.fault(line, "iso3", sentence)
        if row[column].upper() not in LETTERS:
            sheet.fault(line, column, f"Y, N, A or X is allowed, found {shown(row[column] or None)}")
        else:
            votes[row["iso3"]] = LETTERS[row[column].upper()]
    sheet.unique(lambda row: row["iso3"], "iso3")
    missing = [iso3 for iso3 in states.iso3 if iso3 not in {row["iso3"] for _, row in sheet.rows}]
    if missing:
        sheet.fault(1, "iso3", f"every state of the table is needed, missing {listed(missing)}")
    return votes, sheet.told()
