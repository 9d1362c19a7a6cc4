"""Writing the tables of a sweep a stretch of points at a time, so that memory does not grow with the runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from sim.record.columns import STATUSES
from sim.record.points import SCHEMA, points_table
from sim.record.runs import BY_NAME, schema_of

ROWS = 65_536
"""Rows of a file's row groups, at least: few enough to stand in memory, enough to be read fast."""


class SweepWriter:
    """The files ``runs.parquet`` and ``points.parquet`` while they are written.

    It is opened in a folder, takes the runs of stretches of points in the order of the points, and is closed.
    The same runs give the same bytes.

    Parameters
    ----------
    folder : Path
    outcomes : sequence of str
    variants : sequence of str
        Labels of the column ``variant``.
    """

    def __init__(self, folder: Path, outcomes: Sequence[str], variants: Sequence[str]) -> None:
        self.outcomes, self.variants = tuple(outcomes), tuple(variants)
        self.schema = _with_variant(schema_of(outcomes))
        self._runs = _Stretches(folder / "runs.parquet", self.schema)
        self._points = _Stretches(folder / "points.parquet", SCHEMA)

    def add(self, rows: pa.Table, variant: npt.NDArray[np.int32]) -> None:
        """Takes all runs of some points.

        Parameters
        ----------
        rows : Table
            By point and replicate.
        variant : (run,) int
            Place of each run's variant.
        """
        labels = pa.DictionaryArray.from_arrays(pa.array(variant, pa.int32()), pa.array(self.variants, pa.string()))
        whole = rows.add_column(2, "variant", labels)
        arrays = [_settled(name, whole[name]) for name in self.schema.names]
        whole = pa.Table.from_arrays(arrays, schema=self.schema)
        self._runs.add(whole)
        self._points.add(points_table(whole, self.outcomes, self.variants))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runs.close()
        self._points.close()


class _Stretches:
    """A file that is written in row groups of at least `ROWS`."""

    def __init__(self, file: Path, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(file, schema, compression="zstd", compression_level=9)
        self._waiting: list[pa.Table] = []

    def add(self, table: pa.Table) -> None:
        self._waiting.append(table)
        if sum(len(waiting) for waiting in self._waiting) >= ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.concat_tables(self._waiting).unify_dictionaries()
            self._writer.write_table(table, row_group_size=len(table))
            self._waiting = []


def _with_variant(schema: pa.Schema) -> pa.Schema:
    return schema.insert(2, pa.field("variant", pa.dictionary(pa.int32(), pa.string())))


def _settled(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of statuses with all labels in their order; any other as it is."""
    if name not in BY_NAME or BY_NAME[name].kind != "status":
        return column
    texts = column.cast(pa.string())
    place = {label: code for code, label in enumerate(STATUSES)}
    codes = pa.array([place.get(text) for text in texts.to_pylist()], pa.int32())
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, pa.array(STATUSES))])


def write_design(folder: Path, columns: Iterable[tuple[str, npt.NDArray[np.float64]]], variants: Sequence[str]) -> None:
    """Writes ``design.parquet``: a row a point, with its variant, its row of the design, and every factor.

    Parameters
    ----------
    columns : pairs of path and (row,) float
        NaN is what the scenario says.
    """
    named = dict(columns)
    rows = next(iter(named.values())).size if named else 1
    place = np.repeat(np.arange(len(variants)), rows)
    table = pa.table({
        "point": pa.array(np.arange(place.size), pa.int32()),
        "variant": pa.DictionaryArray.from_arrays(pa.array(place, pa.int32()), pa.array(variants, pa.string())),
        "row": pa.array(np.tile(np.arange(rows), len(variants)), pa.int32()),
        **{path: np.tile(values, len(variants)) for path, values in named.items()},
    })  # fmt: skip
    pq.write_table(table, folder / "design.parquet", compression="zstd", compression_level=9, row_group_size=ROWS)
