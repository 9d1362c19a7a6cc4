"""The table of a sweep's points: what became of each point, over its runs, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sim.record.columns import STATUSES
from sim.record.intervals import CONFIDENCE, wilson
from sim.record.runs import BY_NAME, values_of

Array = npt.NDArray[np.float64]

SCHEMA = pa.schema([
    ("point", pa.int32()),
    ("variant", pa.dictionary(pa.int32(), pa.string())),
    ("outcome", pa.dictionary(pa.int32(), pa.string())),
    ("level", pa.dictionary(pa.int32(), pa.string())),
    ("measure", pa.dictionary(pa.int32(), pa.string())),
    ("n", pa.int32()),
    ("value", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
])  # fmt: skip
"""Columns: a row a point, outcome and measure; ``n`` counts the runs that the value is made of."""

Measured = tuple[tuple[str, str, str], tuple[Array, Array, Array, Array]]
"""Outcome, level and measure; n, value, low and high at each point."""


def points_table(rows: pa.Table, outcomes: Sequence[str], variants: Sequence[str]) -> pa.Table:
    """Measures of the points in some runs.

    A flag has the share of runs in which it is true, a status the share of each level, a week or duration the
    share of runs in which it came and the mean of those, all else its mean.  Shares have Wilson's interval,
    means the normal one.  Runs that failed are counted nowhere.

    Parameters
    ----------
    rows : Table
        Runs with their variant, all those of each point.
    outcomes : sequence of str
    variants : sequence of str
        Labels of the column ``variant``.
    """
    points, first, place = np.unique(rows["point"].to_numpy(), return_index=True, return_inverse=True)
    codes = rows["variant"].combine_chunks().indices.to_numpy()[first]
    good = pc.is_null(rows["error"]).to_numpy()
    measured = [one for name in outcomes for one in _measures(rows, name, place, points.size, good)]
    labels = [list(dict.fromkeys(words[column] for words, _ in measured)) for column in range(3)]
    order = np.argsort(np.tile(np.arange(points.size), len(measured)), kind="stable")
    numbers = [np.concatenate([found[column] for _, found in measured])[order] for column in range(4)]
    named = [
        _labels(np.repeat([names.index(words[column]) for words, _ in measured], points.size)[order], names)
        for column, names in enumerate(labels)
    ]
    return pa.table(
        [
            pa.array(np.tile(points, len(measured))[order], pa.int32()),
            _labels(np.tile(codes, len(measured))[order], variants),
            *named,
            pa.array(numbers[0].astype(np.int32)),
            *(pa.array(column) for column in numbers[1:]),
        ],
        schema=SCHEMA,
    )


def _labels(codes: npt.NDArray[Any], names: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(names, pa.string()))


def _measures(
    rows: pa.Table, name: str, place: npt.NDArray[Any], points: int, good: npt.NDArray[np.bool_]
) -> Iterator[Measured]:
    kind = BY_NAME[name].kind
    if kind == "status":
        codes = _codes(rows[name])
        for code, level in enumerate(STATUSES):
            yield (name, level, "share"), _share((codes == code)[good], place[good], points)
        return
    values = values_of(rows, name)
    there = ~np.isnan(values)
    if kind in ("flag", "maybe"):
        yield (name, "", "share"), _share(values[there], place[there], points)
        return
    if kind in ("week", "weeks"):
        yield (name, "", "share"), _share(there[good], place[good], points)
    yield (name, "", "mean"), _mean(values[there], place[there], points)


def _codes(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """Places of statuses, -1 where there is none; a file may keep them in another order."""
    joined = column.combine_chunks()
    names = joined.dictionary.to_pylist()
    codes = joined.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    places: npt.NDArray[Any] = np.array([*(STATUSES.index(label) for label in names), -1])[codes]
    return places


def _share(true: npt.NDArray[Any], place: npt.NDArray[Any], points: int) -> tuple[Array, Array, Array, Array]:
    n = np.bincount(place, minlength=points).astype(np.float64)
    share = _over(np.bincount(place, true.astype(np.float64), points), n)
    low, high = wilson(np.where(n > 0, share, 0.0), n)
    return n, share, low, high


def _mean(values: Array, place: npt.NDArray[Any], points: int) -> tuple[Array, Array, Array, Array]:
    n = np.bincount(place, minlength=points).astype(np.float64)
    mean = _over(np.bincount(place, values, points), n)
    around = values - mean[place]
    variance = _over(np.bincount(place, around**2, points), n - 1)
    half = CONFIDENCE * np.sqrt(_over(variance, n))
    return n, mean, mean - half, mean + half


def _over(total: npt.NDArray[Any], n: Array) -> Array:
    ratio: Array = np.divide(total, n, out=np.full(n.shape, np.nan), where=n > 0)
    return ratio
