"""When a point has been played often enough: its outcome is counted until the 95 % interval is narrow."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sim.experiment.plan import Block, Plan
from sim.record.intervals import CONFIDENCE, wilson
from sim.record.runs import BY_NAME, values_of

Array = npt.NDArray[np.float64]

SHARES = ("flag", "maybe")


class Tally:
    """Counts of one outcome at some points; it grows with every block.

    Parameters
    ----------
    points : sequence of int
    outcome : str
    """

    def __init__(self, points: Sequence[int], outcome: str) -> None:
        self.points = np.array(points)
        self.outcome = outcome
        self.count, self.total, self.squares = np.zeros((3, self.points.size))

    def add(self, rows: pa.Table) -> None:
        """Takes the runs of a block; runs without the outcome are not counted."""
        values = values_of(rows, self.outcome)
        there = ~np.isnan(values)
        place = np.searchsorted(self.points, rows["point"].to_numpy()[there])
        found = values[there]
        size = self.points.size
        self.count += np.bincount(place, minlength=size)
        self.total += np.bincount(place, found, size)
        self.squares += np.bincount(place, found**2, size)

    def widths(self) -> Array:
        """Width of the 95 % interval at each point, (point,): Wilson's for a share, normal for a mean.

        It is infinite with fewer than two runs that have the outcome.
        """
        count = np.where(self.count > 1, self.count, 2)
        mean = self.total / count
        if BY_NAME[self.outcome].kind in SHARES:
            low, high = wilson(mean, count)
        else:
            variance = np.maximum(self.squares - count * mean**2, 0.0) / (count - 1)
            low, high = mean, mean + 2 * CONFIDENCE * np.sqrt(variance / count)
        return np.where(self.count > 1, high - low, np.inf)

    def wide(self, width: float) -> tuple[int, ...]:
        """Points whose interval is wider than a width."""
        return tuple(self.points[self.widths() > width].tolist())


def course(plan: Plan, group: int) -> Generator[Block, pa.Table | None, None]:
    """Blocks of a group one after the other; with a stopping rule each is to be answered with its rows."""
    if plan.stop is None:
        yield from plan.first_blocks(group)
        return
    tally = Tally(plan.points_of(group), plan.stop.outcome)
    played = 0
    for block in plan.first_blocks(group):
        tally.add(_answered((yield block)))
        played = block.last + 1
    while (more := plan.added_block(group, tally.wide(plan.stop.width), played)) is not None:
        tally.add(_answered((yield more)))
        played = more.last + 1


def _answered(rows: pa.Table | None) -> pa.Table:
    if rows is None:
        raise ValueError("a stopping rule needs the rows of the block before")
    return rows
