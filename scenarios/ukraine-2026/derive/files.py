"""Reading the source files and writing the derived tables; no arithmetic lives here.

Every source file is read with its empty cells kept as empty strings, because "NA" is a country code and "N" a
vote. Every derived table is written with one spelling of a number, so that two runs give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd


class SourceFault(Exception):
    """A source file is absent or has other columns than the derivation needs."""


def read_source(folder: Path, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Read one source file, all cells as written.

    Parameters
    ----------
    folder : where the user's downloads stand.
    name : file name inside the folder.
    columns : names that must be there; further ones are kept.

    Raises
    ------
    SourceFault
        The file is missing or lacks a column.
    """
    path = folder / name
    if not path.is_file():
        raise SourceFault(f"{path}: no such file; the derivation needs it")
    table = pd.read_csv(path, keep_default_na=False)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise SourceFault(f"{path}: no column {', '.join(missing)}; found {', '.join(table.columns[:8])} ...")
    return table


def numbers(column: pd.Series) -> pd.Series:
    """Column as floats, empty cells as NaN."""
    return pd.to_numeric(column, errors="coerce").astype(float)


def spell(value: object) -> str:
    """One spelling for a cell: no trailing zeros, no negative zero, empty for a missing number."""
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            return ""
        text = f"{float(value):.10f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    return str(value)


def write_table(table: pd.DataFrame, path: Path, decimals: int | None = 4) -> None:
    """Write a table with rounded numbers, Unix line ends and no index."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = table.copy()
    for column in rounded.columns:
        if rounded[column].dtype.kind == "f" and decimals is not None:
            rounded[column] = rounded[column].round(decimals)
        rounded[column] = [spell(value) for value in rounded[column]]
    path.write_text(rounded.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="\n")
