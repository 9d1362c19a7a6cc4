"""The tables beside a scenario file: CSV to columns, with a fault for every cell that is wrong.

Rows are counted as lines of the file, the header being line 1.  How the columns are used is not known here.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.scenario.faults import Fault, hint, listed, nearest, shown
from sim.scenario.tables import DonorRows, StateRows, TieRows

MOST_BYTES = 5_000_000
MOST_ROWS = 200_000
MOST_FAULTS = 20

COUNCIL = ("", "permanent", "elected")
REGION = "un_group"
"""Column of the regional group, if the table has one."""
NUMBERS = {
    "general": (-math.inf, math.inf),
    "conflict": (-math.inf, math.inf),
    "absence": (-math.inf, math.inf),
    "dependence_a": (0.0, 1.0),
    "dependence_b": (0.0, 1.0),
    "sender": (0.0, 1.0),
    "trade_b": (0.0, 1.0),
}
"""Columns of numbers in every table of states, with their ranges; positions on topics are from 0 to 1."""


@dataclass
class Sheet:
    """A table while it is checked: its cells as text, and the faults found so far."""

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def fault(self, line: int, column: str | None, sentence: str) -> None:
        """Note a fault of a line, or of one cell of it."""
        cell = f", column {column}" if column else ""
        self.faults.append((line, Fault(f"{self.file} line {line}{cell}", sentence)))

    def told(self) -> list[Fault]:
        """The faults in the order of the lines, the first of them when there are very many."""
        ordered = [fault for _, fault in sorted(self.faults, key=lambda told: told[0])]
        more = len(ordered) - MOST_FAULTS
        rest = [Fault(self.file, f"{more} more faults like these")] if more > 0 else []
        return ordered[:MOST_FAULTS] + rest

    def cells(self, column: str) -> list[str]:
        """Text of one column."""
        return [row[column] for _, row in self.rows]

    def numbers(self, column: str, low: float = -math.inf, high: float = math.inf) -> list[float]:
        """Numbers of one column; a fault, and 0, for every cell that holds none or one out of range."""
        return [self._number(line, column, row[column], low, high) for line, row in self.rows]

    def _number(self, line: int, column: str, text: str, low: float, high: float) -> float:
        number = _finite(text)
        if number is None:
            self.fault(line, column, f"a number is allowed, found {shown(text.strip() or None)}")
        elif not low <= number <= high:
            allowed = f"{low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
            self.fault(line, column, f"{allowed} is allowed, found {text.strip()}")
        return number or 0.0

    def unique(self, key: Callable[[dict[str, str]], str], column: str) -> None:
        """A fault for every row whose key was there before."""
        first: dict[str, int] = {}
        for line, row in self.rows:
            if key(row) in first:
                self.fault(line, column, f"{key(row)} stands twice, first in line {first[key(row)]}")
            first.setdefault(key(row), line)


def read_states(text: str, file: str, topics: Sequence[str]) -> tuple[StateRows | None, list[Fault]]:
    """Table of states, as far as it can be read, and what is wrong with it.

    Parameters
    ----------
    text : str
        The file.
    file : str
        Its name in the report.
    topics : sequence of str
        Columns with public positions that the scenario asks for.
    """
    needed = ["iso3", "name", "groups", "council", *NUMBERS, *topics]
    sheet = sheet_of(text, file, needed, _council_as_council)
    if sheet.faults:
        return None, sheet.told()
    dated = _dated_seats(text, sheet.header)
    seats = {"council": "council"} | {column: f"council_{year}" for year, column in dated.items()}
    for line, row in sheet.rows:
        _check_state(sheet, line, row, seats)
    sheet.unique(lambda row: row["iso3"], "iso3")
    ranges = {**NUMBERS, **dict.fromkeys(topics, (0.0, 1.0))}
    columns = {name: np.array(sheet.numbers(name, *ranges[name])) for name in ranges}
    columns |= {name: np.array(numbers) for name, numbers in _other_numbers(sheet, needed)}
    groups = tuple(_groups(cell) for cell in sheet.cells("groups"))
    iso3, names, council = (tuple(sheet.cells(name)) for name in ("iso3", "name", "council"))
    by_year = {year: council if column == "council" else tuple(sheet.cells(column)) for year, column in dated.items()}
    regions = tuple(sheet.cells(REGION)) if REGION in sheet.header else ()
    return StateRows(iso3, names, groups, council, columns, by_year, regions), sheet.told()


def read_ties(text: str, file: str, states: StateRows | None) -> tuple[TieRows | None, list[Fault]]:
    """Ties of one layer between the rows of a table of states, or what is wrong with them."""
    sheet = sheet_of(text, file, ["from", "to", "weight"])
    if sheet.faults or states is None:
        return None, sheet.told()
    rows = {iso3: row for row, iso3 in enumerate(states.iso3)}
    for line, row in sheet.rows:
        for column in ("from", "to"):
            if row[column] not in rows:
                sentence = f"{shown(row[column])} is not in the table of states{near(row[column], rows)}"
                sheet.fault(line, column, sentence)
        if row["from"] == row["to"]:
            sheet.fault(line, "to", f"a tie to another state is allowed, found {row['to']} with itself")
    sheet.unique(lambda row: f"{row['from']} to {row['to']}", "to")
    weights = np.array(sheet.numbers("weight", 0.0))
    if sheet.faults:
        return None, sheet.told()
    influenced, other = (np.array([rows[cell] for cell in sheet.cells(end)]) for end in ("from", "to"))
    return TieRows(influenced.astype(np.intp), other.astype(np.intp), weights), []


def read_donors(text: str, file: str) -> tuple[DonorRows | None, list[Fault]]:
    """Donors of one aid with their weekly deliveries, or what is wrong with them."""
    sheet = sheet_of(text, file, ["donor", "weekly"])
    if sheet.faults:
        return None, sheet.told()
    for line, row in sheet.rows:
        if not row["donor"]:
            sheet.fault(line, "donor", "a name is allowed, found nothing")
    sheet.unique(lambda row: row["donor"], "donor")
    weekly = np.array(sheet.numbers("weekly", 0.0))
    if not sheet.faults and not weekly.sum() > 0:
        sheet.fault(1, "weekly", "a sum above 0 is allowed, found 0")
    return (None if sheet.faults else DonorRows(tuple(sheet.cells("donor")), weekly)), sheet.told()


def sheet_of(text: str, file: str, needed: Sequence[str], renamed: Callable[[list[str]], list[str]] = list) -> Sheet:
    """Sheet of a table with the columns that it needs, or with the faults of its form.

    Parameters
    ----------
    text, file : str
        The table and its name in the report.
    needed : sequence of str
        Columns that must be there.
    renamed : callable, optional
        The header as it is to be read.
    """
    sheet = Sheet(file)
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        sheet.faults.append((1, Fault(file, f"no CSV table: {error}")))
        return sheet
    sheet.header = renamed([name.strip() for name in lines[0][1]]) if lines else []
    _check_header(sheet, needed)
    if not sheet.faults:
        _fill(sheet, lines[1:])
    return sheet


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for cells in reader:
        if cells:
            yield reader.line_num, cells
        if reader.line_num > MOST_ROWS:
            raise csv.Error(f"at most {MOST_ROWS:,} lines are allowed")


def _check_header(sheet: Sheet, needed: Sequence[str]) -> None:
    if not set(needed) & set(sheet.header):
        found = shown(",".join(sheet.header) or None)
        sheet.fault(1, None, f"a header with {','.join(needed)} is allowed, found {found}")
        return
    doubled = [name for number, name in enumerate(sheet.header) if name and name in sheet.header[:number]]
    for name in doubled:
        sheet.fault(1, name, "stands twice in the header; once is allowed")
    free = [name for name in sheet.header if name not in needed]
    for name in [name for name in needed if name not in sheet.header]:
        near = nearest(name, free)
        found = f"; is {near} meant to be it?" if near else f", found {listed(sheet.header)}"
        sheet.fault(1, name, f"missing{found}")


def _fill(sheet: Sheet, lines: Sequence[tuple[int, list[str]]]) -> None:
    for line, cells in lines:
        if len(cells) != len(sheet.header):
            sheet.fault(line, None, f"{len(sheet.header)} cells are allowed, as in the header, found {len(cells)}")
        else:
            sheet.rows.append((line, dict(zip(sheet.header, map(str.strip, cells), strict=True))))
    if not lines:
        sheet.fault(1, None, "at least one row below the header is allowed, found none")


def _council_as_council(header: list[str]) -> list[str]:
    """Header with the latest of `council_2026` and the like under the name `council`."""
    latest = _latest_seats(header)
    return ["council" if name == latest else name for name in header] if "council" not in header else header


def _latest_seats(header: list[str]) -> str | None:
    return max((name for name in header if _is_dated(name)), default=None)


def _is_dated(name: str) -> bool:
    return name.startswith("council_") and len(name) == 12 and name[8:].isdigit()


def _dated_seats(text: str, header: list[str]) -> dict[int, str]:
    """Column of the seats of each year, under the name that it has in a sheet."""
    written = [name.strip() for name in next(csv.reader(io.StringIO(text)), [])]
    pairs = zip(written, header, strict=False)
    return dict(sorted((int(before[8:]), now) for before, now in pairs if _is_dated(before)))


def _check_state(sheet: Sheet, line: int, row: Mapping[str, str], seats: Mapping[str, str]) -> None:
    iso3 = row["iso3"]
    if not (len(iso3) == 3 and iso3.isascii() and iso3.isalpha() and iso3.isupper()):
        sheet.fault(line, "iso3", f"three capital letters are allowed, found {shown(iso3 or None)}")
    if not row["name"]:
        sheet.fault(line, "name", "a name is allowed, found nothing")
    for column, written in seats.items():
        if row[column] not in COUNCIL:
            sheet.fault(line, written, f"no such seat {shown(row[column])}{hint(row[column], COUNCIL[1:])}")


def _other_numbers(sheet: Sheet, needed: Sequence[str]) -> Iterator[tuple[str, list[float]]]:
    for name in sheet.header:
        numbers = [_finite(cell) for cell in sheet.cells(name)] if name and name not in needed else [None]
        if None not in numbers:
            yield name, [number for number in numbers if number is not None]


def _finite(text: str) -> float | None:
    try:
        number = float(text) if "_" not in text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _groups(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def near(word: str, known: Mapping[str, int]) -> str:
    """A guess at the name that was meant, as the end of a sentence; nothing where there is none."""
    guess = nearest(word, known)
    return f"; did you mean {guess}?" if guess else ""
