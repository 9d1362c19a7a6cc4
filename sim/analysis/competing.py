"""How the first war ends: by settlement, ceasefire or victory, whichever comes first, or not at all.

Ways to end compete: a war that was won can no longer be settled.  A ceasefire counts by what becomes of it: it is
settled while it stands, it breaks, or it freezes, which is to stand to the end of the calendar without a settlement.
Curves by Aalen and Johansen are drawn in `survival`; what this adds is which end a run had, and the difference between
paired runs.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.survival import Curve, cumulative_incidence

Array = npt.NDArray[np.float64]

FIRST_ENDS = ("settlement", "ceasefire_settled", "frozen", "ceasefire_broken", "victory_a", "victory_b")
"""Ways in which a first war can end, in the order of their codes, from 1 on."""

STILL = "war"
"""Where none of them has come."""

ENDS: Mapping[str, str] = {
    "settlement": "by a settlement",
    "ceasefire_settled": "by a ceasefire that was settled",
    "frozen": "by a ceasefire that froze",
    "ceasefire_broken": "by a ceasefire that broke",
    "victory_a": "by a victory of side A",
    "victory_b": "by a victory of side B",
    STILL: "the first war never ended",
}
"""What to print for each way, and for none."""

STANDING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "settlement": ("a settlement stands", ("settlement",)),
    "ceasefire": ("frozen: a ceasefire without a settlement", ("ceasefire",)),
    "victory": ("one side has won", ("victory_a", "victory_b")),
    "victory_a": ("side A has won", ("victory_a",)),
    "victory_b": ("side B has won", ("victory_b",)),
    "war": ("the war goes on", ("war",)),
}
"""How a run can stand at its end: key, what to print, statuses of the table of runs."""


def first_end(runs: pd.DataFrame, weeks: int) -> tuple[Array, npt.NDArray[np.int64]]:
    """Week in which the first war of each run ended, and how; the last week and 0 where it did not.

    What comes in one week counts in the order settlement, ceasefire, victory: a ceasefire signed with its settlement is
    one.

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
    first, kind = came.min(axis=0), came.argmin(axis=0)
    settled = came[0] < came[1] + runs["first_peace_weeks"].astype("Float64").to_numpy(dtype=np.float64, na_value=0.0)
    broke = runs["first_peace_broken"].eq(other=True).to_numpy(bool, na_value=False)
    unsettled = np.where(broke, _code("ceasefire_broken"), _code("frozen"))
    ceasefire = np.where(settled, _code("ceasefire_settled"), unsettled)
    winner = np.where(runs["end"].astype(str) == "victory_b", _code("victory_b"), _code("victory_a"))
    code = np.choose(kind, [np.full(len(runs), _code("settlement")), ceasefire, winner])
    return first, np.where(first < weeks, code, 0).astype(np.int64)


def _code(way: str) -> int:
    return FIRST_ENDS.index(way) + 1


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
