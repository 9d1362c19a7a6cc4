"""Playing design points: points times replicates are the columns of one run axis, played side by side.

A point sets some numbers of a scenario to values of its own; replicate r meets the same luck at every point.
Files and designs are not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sim.experiment.execution import Progress, width
from sim.experiment.places import lasting
from sim.experiment.salvage import salvaged
from sim.randomness import BLOCK
from sim.record.columns import COLUMNS
from sim.record.runs import batch_of, failed_batch, frame_of
from sim.scenario.faults import hint
from sim.scenario.numbers import numbers_of
from sim.scenario.vocabulary import Scenario
from sim.world.binding import bound
from sim.world.recorder import play_outcomes

Array = npt.NDArray[np.float64]

OUTCOMES = tuple(column.name for column in COLUMNS)
"""Every outcome of a run, in the order of `record.columns`."""

LEAST = 512
"""Runs that a batch has at least before work is shared out: narrower ones cost more than a second core gives."""


@dataclass(frozen=True)
class Piece:
    """Some design points, each with the same stretch of replicates, to be played side by side.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    points : (point,) int
        Their numbers, for the rows.
    columns : mapping from path to (point,) float
        What each point sets; NaN leaves what the file says.
    first, last : int
        Replicates, both included.
    outcomes : sequence of str
        What is kept of each run.
    """

    scenario: Scenario
    seed: int
    points: npt.NDArray[np.int64]
    columns: Mapping[str, Array]
    first: int
    last: int
    outcomes: Sequence[str] = OUTCOMES

    def __len__(self) -> int:
        return self.points.size * self.replicates

    @property
    def replicates(self) -> int:
        """How many replicates of each point."""
        return self.last - self.first + 1


def play_points(
    scenario: Scenario,
    columns: Mapping[str, npt.ArrayLike],
    replicates: int,
    seed: int = 1,
    *,
    first: int = 0,
    executor: Executor | None = None,
    workers: int = 1,
    outcomes: Sequence[str] = OUTCOMES,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Outcomes of design points, one row a point and replicate.

    The rows do not depend on how the work was shared out, on the other points, or on how many replicates are
    asked for; replicate r meets the same luck at every point, so that points differ by what they set.

    Parameters
    ----------
    scenario : Scenario
    columns : mapping from path to (point,) float
        What each point sets, by the path of a number in the scenario, as ``actors.usa.guarantee``; NaN leaves
        at that point what the file says, drawn where it is a distribution.  No path is one point.
    replicates : int, at least 1
        Runs of each point, from replicate `first` on.
    seed : int in [0, 2**128)
    executor : concurrent.futures.Executor, optional
        Where to play instead of in fresh worker processes; it stays open.
    workers : int, at least 1
        Processes, or how many the executor has.
    outcomes : sequence of str
        Columns of `record.columns` to keep.
    progress : callable, optional
        Called with the number of runs that were just finished.

    Returns
    -------
    ``point`` (place in the columns), ``replicate``, the outcomes, and ``error``: missing, or what stopped that
    run, whose outcomes are missing.

    Raises
    ------
    KeyError
        A path at which the scenario has no number that a sweep can set.
    ValueError
        Columns of different lengths, or numbers below their least.
    """
    if replicates < 1 or workers < 1 or first < 0:
        raise ValueError("replicates and workers must be at least 1, first at least 0")
    whole = Piece(
        bound(scenario), seed, *_columns(scenario, columns), first, first + replicates - 1, tuple(outcomes)
    )  # fmt: skip
    pieces = cut(whole, max(LEAST, width(len(whole), workers)))
    left: list[pa.RecordBatch] = []
    for finished in lasting(play_piece, pieces, workers, executor):
        if isinstance(finished.left, Exception):
            raise finished.left
        left.append(finished.left)
        if progress is not None:
            progress(len(finished.work))
    return frame_of(in_order(left))


def in_order(batches: Sequence[pa.RecordBatch]) -> pa.Table:
    """Runs of several batches by point and replicate."""
    return pa.Table.from_batches(batches).sort_by([("point", "ascending"), ("replicate", "ascending")])


def _columns(
    scenario: Scenario, columns: Mapping[str, npt.ArrayLike]
) -> tuple[npt.NDArray[np.int64], dict[str, Array]]:
    """Numbers of the points, and their columns, if the scenario has such numbers."""
    arrays = {path: np.asarray(values, dtype=np.float64) for path, values in columns.items()}
    shapes = {values.shape for values in arrays.values()} or {(1,)}
    if len(shapes) > 1 or len(next(iter(shapes))) != 1:
        raise ValueError(f"every column needs one number a point, found shapes {sorted(shapes)}")
    settable = numbers_of(scenario)
    unknown = [f"{path}{hint(path, settable)}" for path in arrays if path not in settable]
    if unknown:
        raise KeyError(f"{scenario.name} has no number that can differ between runs at {', '.join(unknown)}")
    return np.arange(next(iter(shapes))[0]), arrays


def cut(whole: Piece, width: int) -> list[Piece]:
    """Pieces of about `width` runs: several points with all their replicates, or stretches of one point's.

    Stretches are of whole blocks of luck, so that nothing is drawn twice.
    """
    if whole.replicates > width:
        turns = -(-whole.replicates // width)
        stretch = -(-whole.replicates // (turns * BLOCK)) * BLOCK
        starts = range(whole.first, whole.last + 1, stretch)
        ends = [(first, min(first + stretch - 1, whole.last)) for first in starts]
        return [piece_of(whole, point, point + 1, *end) for point in range(whole.points.size) for end in ends]
    count = -(-whole.points.size // (width // whole.replicates))
    edges = [whole.points.size * number // count for number in range(count + 1)]
    return [piece_of(whole, *edge, whole.first, whole.last) for edge in pairwise(edges)]


def piece_of(whole: Piece, start: int, end: int, first: int, last: int) -> Piece:
    """The points from one place up to another, with some of their replicates."""
    columns = {path: values[start:end] for path, values in whole.columns.items()}
    return replace(whole, points=whole.points[start:end], columns=columns, first=first, last=last)


def play_piece(piece: Piece) -> pa.RecordBatch:
    """Rows of a piece; a run that cannot be played costs its own row, with the error in it."""
    points = np.repeat(np.arange(piece.points.size), piece.replicates)
    replicates = np.tile(np.arange(piece.first, piece.last + 1), piece.points.size)

    def play(start: int, end: int) -> pa.RecordBatch:
        here, among = points[start:end], replicates[start:end]
        columns = {path: values[here] for path, values in piece.columns.items()}
        left = play_outcomes(piece.scenario, piece.seed, among, columns)
        return batch_of(piece.points[here], among, left, piece.outcomes)

    def rows(start: int, end: int, left: pa.RecordBatch | Exception) -> pa.RecordBatch:
        if not isinstance(left, Exception):
            return left
        here = piece.points[points[start:end]]
        return failed_batch(here, replicates[start:end], said(left), piece.outcomes)

    parts = [rows(*part) for part in salvaged(play, 0, points.size)]
    return parts[0] if len(parts) == 1 else pa.concat_batches(parts)


def said(error: Exception) -> str:
    """An error in one line."""
    return f"{type(error).__name__}: {error}".splitlines()[0]
