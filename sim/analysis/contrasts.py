"""Contrasts: what a variant changes, outcome by outcome, week by week and end by end, run against paired run.

Tables of runs go in, tables of differences come out.  How one difference is made is said in `pairs`; playing the
variants is not done here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.competing import FIRST_ENDS, STANDING, STILL, ended_by, incidences
from sim.analysis.measures import NOTHING, Estimate, difference, proportion
from sim.analysis.pairs import Pairing, pair_flags, pair_numbers, resampled
from sim.analysis.survival import kaplan_meier, restricted_mean
from sim.record.columns import COLUMNS, Column

Tables = Mapping[str, pd.DataFrame]

ONSETS = {"talks": "first_talks", "ceasefire": "first_ceasefire", "settlement": "first_settlement"}
"""What is waited for in the curves, and its column."""

PEACE = "peace_weeks"
PEACE_HORIZON = 52


def contrasts(runs: Tables, weeks: int, seed: int = 1) -> pd.DataFrame:
    """Every outcome of every variant against the first one, which is the baseline.

    Shares come with Newcombe's interval for pairs and numbers with Student's.  A week in which something first
    came gives two rows: the share of runs in which it came at all, and the mean weeks until it came or the
    calendar ended (a restricted mean: nothing is cut off before that).  How long the first peace stands is cut
    off by the calendar: its restricted mean is taken under the curve of Kaplan and Meier and its interval by
    drawing whole replicates again.

    Parameters
    ----------
    runs : mapping from name to DataFrame
        Tables of runs of the same replicates, the baseline first.
    weeks : int
        Length of the calendar.
    seed : int
        For what is drawn again.

    Returns
    -------
    DataFrame, one row an outcome and variant: ``variant``, ``outcome``, ``label``, ``kind`` (share, weeks, number),
    ``baseline``, ``value``, ``difference`` with ``low`` and ``high``, ``alone_low`` and ``alone_high`` (the interval
    that as many independent runs would have), ``reduction`` (of variance, by pairing) and ``n`` (pairs).

    Raises
    ------
    ValueError
        The variants do not hold the same replicates.
    """
    base, others = _split(runs)
    rows = []
    for name, table in others.items():
        rows += [_row(name, *found) for found in _outcomes(table, base, weeks)]
        rows.append(_row(name, PEACE, f"weeks that the first peace stands, of {PEACE_HORIZON}", "weeks",
                         _peace(table, base, seed)))  # fmt: skip
    return pd.DataFrame(rows)


def _split(runs: Tables) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    (first, base), *rest = runs.items()
    for name, table in rest:
        if not np.array_equal(table["replicate"].to_numpy(), base["replicate"].to_numpy()):
            raise ValueError(f"{name} and {first} do not hold the same replicates, so they cannot be paired")
    return base, dict(rest)


def _outcomes(table: pd.DataFrame, base: pd.DataFrame, weeks: int) -> Iterator[tuple[str, str, str, Pairing]]:
    for column in COLUMNS:
        if column.name in table and column.name in base:
            yield from _PAIRED.get(column.kind, _numbers)(column, table, base, weeks)


def _flags(
    column: Column, one: pd.DataFrame, two: pd.DataFrame, _weeks: int
) -> Iterator[tuple[str, str, str, Pairing]]:
    yield column.name, column.label, "share", pair_flags(one[column.name], two[column.name])


def _week(column: Column, one: pd.DataFrame, two: pd.DataFrame, weeks: int) -> Iterator[tuple[str, str, str, Pairing]]:
    first, second = one[column.name], two[column.name]
    yield column.name, f"{column.label}: came", "share", pair_flags(first.notna(), second.notna())
    until = (table.fillna(weeks).to_numpy(dtype=np.float64) for table in (first, second))
    yield f"{column.name}_weeks", f"{column.label}: weeks until it, of {weeks}", "weeks", pair_numbers(*until)


def _standing(
    _column: Column, one: pd.DataFrame, two: pd.DataFrame, _weeks: int
) -> Iterator[tuple[str, str, str, Pairing]]:
    for key, (label, statuses) in STANDING.items():
        yield (
            f"end_{key}",
            f"At the end {label}",
            "share",
            pair_flags(one["end"].isin(statuses), two["end"].isin(statuses)),
        )


def _numbers(
    column: Column, one: pd.DataFrame, two: pd.DataFrame, _weeks: int
) -> Iterator[tuple[str, str, str, Pairing]]:
    numbers = (table[column.name].astype("float64").to_numpy() for table in (one, two))
    yield column.name, column.label, "number", pair_numbers(*numbers)


def _left_out(*_: Any) -> Iterator[tuple[str, str, str, Pairing]]:
    """Durations that the calendar cuts off: a mean of them would be wrong; see `_peace`."""
    yield from ()


_PAIRED: dict[str, Callable[..., Iterator[tuple[str, str, str, Pairing]]]] = {
    "flag": _flags, "week": _week, "status": _standing, "weeks": _left_out, "maybe": _left_out,
}  # fmt: skip


def _peace(one: pd.DataFrame, two: pd.DataFrame, seed: int) -> Pairing:
    """How long the first peace stands, up to a horizon, where there is one; runs with a peace differ by variant."""
    weeks = [table["first_peace_weeks"].astype("float64").to_numpy(np.float64) for table in (one, two)]
    broken = [table["first_peace_broken"].eq(other=True).to_numpy(bool, na_value=False) for table in (one, two)]

    def mean(which: int, rows: npt.NDArray[np.int64]) -> float:
        there = rows[~np.isnan(weeks[which][rows])]
        curve = kaplan_meier(weeks[which][there], broken[which][there])
        return restricted_mean(curve, PEACE_HORIZON).value if there.size else np.nan

    def gap(rows: npt.NDArray[np.int64]) -> float:
        return mean(0, rows) - mean(1, rows)

    every = np.arange(len(one))
    found = resampled(gap, len(one), seed)
    alone = Estimate(found.value, np.nan, np.nan, found.n)
    return Pairing(mean(0, every), mean(1, every), found, alone, np.nan)


def _row(variant: str, outcome: str, label: str, kind: str, pairing: Pairing) -> dict[str, Any]:
    return {
        "variant": variant, "outcome": outcome, "label": label, "kind": kind,
        "baseline": pairing.second, "value": pairing.first, "difference": pairing.paired.value,
        "low": pairing.paired.low, "high": pairing.paired.high,
        "alone_low": pairing.unpaired.low, "alone_high": pairing.unpaired.high,
        "reduction": pairing.reduction, "n": pairing.paired.n,
    }  # fmt: skip


def curves(runs: Tables, weeks: int) -> pd.DataFrame:
    """Differences of curves: by how much a variant moves the share of runs in which something has come by a week.

    Every run is watched to the end of the calendar, so a share by a week is a share of flags and its paired interval
    is Newcombe's; bands hold week by week and not for all weeks at once.

    Returns
    -------
    DataFrame, one row a variant, onset and week: ``baseline``, ``value``, ``difference``, ``low``, ``high``.
    """
    base, others = _split(runs)
    rows = []
    for name, table in others.items():
        for what, column in ONSETS.items():
            first, second = (one[column].fillna(weeks).to_numpy(dtype=np.float64) for one in (table, base))
            for week in range(weeks):
                one, two = first <= week, second <= week
                gap = difference(one, two, paired=True)
                rows.append((name, what, week, two.mean(), one.mean(), gap.value, gap.low, gap.high))
    columns = ["variant", "what", "week", "baseline", "value", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def endings(runs: Tables, weeks: int) -> pd.DataFrame:
    """How the first war has ended by the end of the calendar, for the baseline and every variant.

    Incidences are Aalen's and Johansen's with their interval; differences are paired and Newcombe's.

    Returns
    -------
    DataFrame, one row a variant and end (those of `competing.ENDS`): ``share``, ``low``, ``high``, and ``difference``,
    ``difference_low``, ``difference_high`` from the baseline (missing for itself).

    Source: [AalenJohansen1978]_, [Newcombe1998Paired]_.
    """
    base, others = _split(runs)
    before = ended_by(base, weeks, weeks)
    rows = []
    for name, table in {next(iter(runs)): base, **others}.items():
        curved, now = incidences(table, weeks), ended_by(table, weeks, weeks)
        for end in (*FIRST_ENDS, STILL):
            share = curved[end].at(float(curved[end].times[-1])) if end in curved else proportion(now[end])
            gap = difference(now[end], before[end], paired=True) if name in others else NOTHING
            rows.append((name, end, share.value, share.low, share.high, gap.value, gap.low, gap.high))
    columns = ["variant", "end", "share", "low", "high", "difference", "difference_low", "difference_high"]
    return pd.DataFrame(rows, columns=columns)
