"""How a war ends: settlement, ceasefire or victory, whichever comes first, against a war that goes on.

Ways to end compete: a war that was won can no longer be settled.  Curves by Aalen and Johansen are drawn in
`survival`; what this adds is which end a run had, and the difference between paired runs.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.survival import Curve, cumulative_incidence

Array = npt.NDArray[np.float64]

FIRST_ENDS = ("settlement", "ceasefire", "victory")
"""Ways in which a first war can end, in the order of their codes, from 1 on."""

STILL = "war"
"""Where none of them has come."""

STANDING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "settlement": ("a settlement stands", ("settlement",)),
    "ceasefire": ("frozen: a ceasefire without a settlement", ("ceasefire",)),
    "victory": ("one side has won", ("victory_a", "victory_b")),
    "war": ("the war goes on", ("war",)),
}
"""How a run can stand at its end: key, what to print, statuses of the table of runs."""


def first_end(runs: pd.DataFrame, weeks: int) -> tuple[Array, npt.NDArray[np.int64]]:
    """Week in which the first war of each run ended, and how; the last week and 0 where it did not.

    What comes in one week counts as the first of `FIRST_ENDS`: a ceasefire signed with its settlement is one.

    Parameters
    ----------
    runs : DataFrame
        Table of runs.
    weeks : int
        Length of the calendar.

    Returns
    -------
    (run,) float weeks; (run,) int codes, 0 for none.
    """
    columns = ("first_settlement", "first_ceasefire", "victory_week")
    came = np.stack([runs[column].fillna(weeks).to_numpy(dtype=np.float64) for column in columns])
    first = came.min(axis=0)
    return first, np.where(first < weeks, came.argmin(axis=0) + 1, 0).astype(np.int64)


def incidences(runs: pd.DataFrame, weeks: int) -> dict[str, Curve]:
    """Share of the runs whose first war has ended in each way, by week; ways that never came are left out.

    Source: [AalenJohansen1978]_.
    """
    week, cause = first_end(runs, weeks)
    curves = cumulative_incidence(week, cause)
    return {name: curves[code] for code, name in enumerate(FIRST_ENDS, 1) if code in curves}


def ended_by(runs: pd.DataFrame, weeks: int, at: int) -> dict[str, npt.NDArray[np.bool_]]:
    """Whether the first war of each run has ended in each way by a week, that week included; and not at all."""
    week, cause = first_end(runs, weeks)
    ways = {name: (cause == code) & (week <= at) for code, name in enumerate(FIRST_ENDS, 1)}
    return {**ways, STILL: ~np.logical_or.reduce(list(ways.values()))}
