"""The table of a sweep's runs: one row a point and replicate, its outcomes, or the error that stopped it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sim.record.block import Columns
from sim.record.columns import COLUMNS, NEVER, STATUSES, Column

BY_NAME: dict[str, Column] = {column.name: column for column in COLUMNS}

_TYPES = {
    "flag": pa.bool_(), "maybe": pa.bool_(), "week": pa.int16(), "weeks": pa.int16(), "count": pa.int16(),
    "number": pa.float32(), "status": pa.dictionary(pa.int32(), pa.string()),
}  # fmt: skip
_MISSING = ("maybe", "week", "weeks")
"""Kinds of outcomes that may be missing in a run that went well."""


def schema_of(outcomes: Sequence[str]) -> pa.Schema:
    """Columns of runs with some outcomes: ``point``, ``replicate``, the outcomes, ``error``."""
    named = [(name, _TYPES[BY_NAME[name].kind]) for name in outcomes]
    return pa.schema([("point", pa.int32()), ("replicate", pa.int32()), *named, ("error", pa.string())])


def batch_of(
    points: npt.NDArray[np.int64], replicates: npt.NDArray[np.int64], columns: Columns, outcomes: Sequence[str]
) -> pa.RecordBatch:
    """Rows of runs that went well.

    Parameters
    ----------
    points, replicates : (run,) int
    columns : mapping from outcome to (run,)
        As a batch leaves them.
    outcomes : sequence of str
        Which of them to keep.
    """
    kept = [_array(BY_NAME[name], columns[name]) for name in outcomes]
    return _batch(points, replicates, kept, None, outcomes)


def failed_batch(
    points: npt.NDArray[np.int64], replicates: npt.NDArray[np.int64], error: str, outcomes: Sequence[str]
) -> pa.RecordBatch:
    """Rows of runs that were stopped by an error: their outcomes are missing."""
    schema = schema_of(outcomes)
    kept = [pa.nulls(points.size, schema.field(name).type) for name in outcomes]
    return _batch(points, replicates, kept, error, outcomes)


def _batch(
    points: npt.NDArray[np.int64],
    replicates: npt.NDArray[np.int64],
    kept: list[pa.Array],
    error: str | None,
    outcomes: Sequence[str],
) -> pa.RecordBatch:
    said = pa.array([error] * points.size, pa.string())
    arrays = [pa.array(points, pa.int32()), pa.array(replicates, pa.int32()), *kept, said]
    return pa.RecordBatch.from_arrays(arrays, schema=schema_of(outcomes))


def _array(column: Column, values: npt.NDArray[np.generic]) -> pa.Array:
    """Values of an outcome as Arrow keeps them; what never came is missing."""
    kind = _TYPES[column.kind]
    if column.kind == "status":
        return pa.DictionaryArray.from_arrays(pa.array(values, pa.int32()), pa.array(STATUSES))
    if column.kind == "maybe":
        return pa.array(values > 0, kind, mask=values == NEVER)  # type: ignore[operator]
    return pa.array(values, kind, mask=values == NEVER if column.kind in _MISSING else None)


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Runs as a data frame: an outcome that may be missing, or is because of an error, in a type that says so."""
    return pd.DataFrame({name: _series(name, table[name]) for name in table.column_names})


def _series(name: str, values: pa.ChunkedArray) -> Any:
    column = BY_NAME.get(name)
    whole = values.null_count == 0 and (column is None or column.kind not in _MISSING)
    if column is None or column.kind == "number":
        return values.to_pandas()
    if column.kind == "status":
        return values.to_pandas().cat.set_categories(list(STATUSES))
    if whole:
        return values.to_pandas()
    mapped = pd.BooleanDtype() if pa.types.is_boolean(values.type) else pd.Int16Dtype()
    return values.to_pandas(types_mapper=lambda _: mapped)


def values_of(rows: pa.Table, outcome: str) -> npt.NDArray[np.float64]:
    """Values of an outcome as numbers, (run,): 1 and 0 for yes and no, NaN where it is missing."""
    column = rows[outcome]
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    values: npt.NDArray[np.float64] = column.cast(pa.float64()).fill_null(np.nan).to_numpy()
    return values
