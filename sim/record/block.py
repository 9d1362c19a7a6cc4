"""A block: what one batch of runs leaves behind, small enough to be sent from a worker, and blocks gathered.

Everything in a block is per run or an integer sum over runs, so gathered blocks are the same bytes whatever
the size of the batches, their order, and who played them.  Tables and files are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.record.quantities import BINS, QUANTITIES

NOTHING = np.iinfo(np.uint16).max
"""Mark of a quantity that does not exist in a run and week."""

FINE = 2.0**32
"""Parts of a range in which sums are kept, so that they are whole numbers and order cannot matter."""

ROUNDING = 1e-9
"""Share of a range by which a value may stick out of it without being beyond."""

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Events:
    """What happened: one row an event, in the order of runs and inside a run as it came.

    Parameters
    ----------
    replicate, week : (event,) int
    kind, who : (event,) int
        Places in `labels`.
    value : (event,) float32
        A number that belongs to the event; NaN where there is none.
    labels : tuple of str
    """

    replicate: npt.NDArray[np.int32]
    week: npt.NDArray[np.int16]
    kind: npt.NDArray[np.int16]
    who: npt.NDArray[np.int16]
    value: npt.NDArray[np.float32]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """The record of one batch of runs.

    It is made when a batch is over, travels to whoever gathers, and is never changed.

    Parameters
    ----------
    replicates : (run,) int
    runs : mapping from column to (run,)
        Outcomes by the names of `record.columns`, then drawn parameters under ``draw:`` and their path.
    marks, sums, beyond : (quantity, week, run) uint16, (quantity, week) int64
        What was recorded week by week, as in `Marked`.
    events : Events
    tallies : mapping from column to (vote,)
        ``text`` (place in `texts`), replicate, week, yes, no, abstain, absent, adopted; then cohesion and moves.
    texts : tuple of str
        All that can be put to a vote.
    ballots : mapping from text to (state, 4) int
        How often each state voted yes, no, abstained, was absent.
    trajectories : (quantity, week, run) float32, optional
    """

    replicates: npt.NDArray[np.int64]
    runs: Columns
    marks: npt.NDArray[np.uint16]
    sums: npt.NDArray[np.int64]
    beyond: npt.NDArray[np.int64]
    events: Events
    tallies: Columns
    texts: tuple[str, ...]
    ballots: Mapping[str, npt.NDArray[np.int64]]
    trajectories: npt.NDArray[np.float32] | None = None


_LOW = np.array([quantity.low for quantity in QUANTITIES])[:, None]
_RANGE = np.array([quantity.high - quantity.low for quantity in QUANTITIES])[:, None]


@dataclass(frozen=True)
class Marked:
    """Recorded values as whole numbers.

    Parameters
    ----------
    marks : (quantity, week, run) uint16
        Each value as the nearest of `BINS` evenly spaced marks over its range, or `NOTHING`.
    sums : (quantity, week) int64
        Sums over the runs, in `FINE` parts of the range above its lower end.
    beyond : (quantity, week) int64
        How many runs had a value beyond the range; such a value counts as the end of the range everywhere.
    """

    marks: npt.NDArray[np.uint16]
    sums: npt.NDArray[np.int64]
    beyond: npt.NDArray[np.int64]

    @classmethod
    def blank(cls, weeks: int, runs: int) -> Marked:
        """Room for so many weeks and runs, to be filled week by week."""
        sums, beyond = np.zeros((2, len(QUANTITIES), weeks), dtype=np.int64)
        return cls(np.full((len(QUANTITIES), weeks, runs), NOTHING, dtype=np.uint16), sums, beyond)

    def fill(self, week: int, values: npt.NDArray[np.float64]) -> None:
        """Takes a week's values, (quantity, run), with NaN where a quantity does not exist."""
        self.marks[:, week], self.sums[:, week], self.beyond[:, week] = _marked_week(values)


def marked(values: npt.NDArray[np.float64]) -> Marked:
    """Whole numbers for recorded values, (quantity, week, run), with NaN where a quantity does not exist."""
    whole = Marked.blank(*values.shape[1:])
    for week in range(values.shape[1]):
        whole.fill(week, values[:, week])
    return whole


def _marked_week(
    values: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Marks, sums and numbers beyond of one week's values, (quantity, run)."""
    share = (values - _LOW) / _RANGE
    there = ~np.isnan(share)
    share = np.where(there, share, 0.0)
    inside = np.minimum(np.maximum(share, 0.0), 1.0)
    place = np.rint(inside * (BINS - 1)).astype(np.uint16)
    sums = np.rint(inside * FINE).astype(np.int64).sum(axis=-1)
    beyond = (np.abs(share - 0.5) > 0.5 + ROUNDING).sum(axis=-1)
    return np.where(there, place, np.uint16(NOTHING)), sums, beyond


def histogram(marks: npt.NDArray[np.uint16]) -> npt.NDArray[np.int32]:
    """How many runs stand at each mark, (quantity, week, BINS)."""
    quantities, weeks, _ = marks.shape
    counts = np.empty((quantities, weeks, BINS + 1), dtype=np.int32)
    for quantity, week in np.ndindex(quantities, weeks):
        counts[quantity, week] = np.bincount(np.minimum(marks[quantity, week], BINS), minlength=BINS + 1)
    return counts[..., :BINS]


@dataclass
class Gathered:
    """Blocks as they come, in any order; their marks are counted at once and let go.

    Parameters
    ----------
    blocks : list of Block
        Without marks.
    counts : (quantity, week, BINS) int32
    sums, beyond : (quantity, week) int64
    """

    blocks: list[Block] = field(default_factory=list)
    counts: npt.NDArray[np.int32] | None = None
    sums: npt.NDArray[np.int64] | None = None
    beyond: npt.NDArray[np.int64] | None = None

    def add(self, block: Block) -> None:
        """Takes one more block."""
        counts = histogram(block.marks)
        if self.counts is None or self.sums is None or self.beyond is None:
            self.counts, self.sums, self.beyond = counts, block.sums.copy(), block.beyond.copy()
        else:
            self.counts += counts
            self.sums += block.sums
            self.beyond += block.beyond
        self.blocks.append(_without_marks(block))

    def ordered(self) -> list[Block]:
        """The blocks in the order of their replicates."""
        return sorted(self.blocks, key=lambda block: int(block.replicates[0]))


def _without_marks(block: Block) -> Block:
    kept = dict(vars(block))
    kept["marks"] = np.empty((0, 0, 0), dtype=np.uint16)
    return Block(**kept)


def joined(blocks: Sequence[Columns]) -> Columns:
    """Columns of several blocks, one after the other."""
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def joined_codes(
    blocks: Sequence[tuple[npt.NDArray[np.integer[Any]], Sequence[str]]],
) -> tuple[npt.NDArray[np.int16], tuple[str, ...]]:
    """Codes of several blocks, each with its own labels, as codes of the sorted labels in use."""
    used = sorted({labels[code] for codes, labels in blocks for code in np.unique(codes)})
    place = {label: code for code, label in enumerate(used)}
    recoded = [
        np.array([place.get(label, -1) for label in labels], dtype=np.int16)[codes] if len(labels) else codes
        for codes, labels in blocks
    ]
    return np.concatenate(recoded).astype(np.int16), tuple(used)
