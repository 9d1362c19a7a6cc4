"""What is waited for in a result: first talks, a ceasefire, a settlement, the end of a war or of a peace.

Durations only; curves through them are drawn in `survival`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.survival import Curve, cumulative_incidence, kaplan_meier
from sim.record.result import Result

ONSETS = {
    "talks": "first_talks",
    "settlement_talks": "first_settlement_talks",
    "ceasefire": "first_ceasefire",
    "settlement": "first_settlement",
    "rung_1": "first_rung_1",
    "rung_2": "first_rung_2",
    "rung_3": "first_rung_3",
    "rung_4": "first_rung_4",
}
"""What can begin, and the column of the table of runs that says in which week it first did."""

SIGNED = ("ceasefire_signed", "settlement_signed")
BROKEN = "agreement_broken"


def onset(result: Result, what: str) -> Curve:
    """Share of runs in which something has not begun yet, by week; what begins in week 0 counts at 0.

    A run that ends in victory before stays without it to the end of the calendar, so one minus the curve is
    the share of all runs in which it has begun.

    Parameters
    ----------
    result : Result
    what : str
        A key of `ONSETS`.

    Source: [KaplanMeier1958]_.
    """
    week = result.runs[ONSETS[what]]
    weeks = result.scenario.calendar.weeks
    return kaplan_meier(week.fillna(weeks).to_numpy(dtype=np.float64), week.notna().to_numpy())


FIRST_ENDS = ("ceasefire", "settlement", "victory_a", "victory_b")


def first_ends(result: Result) -> dict[str, Curve]:
    """Share of runs whose first war has ended by a week, for each way in which it can end.

    Source: [AalenJohansen1978]_.
    """
    weeks = result.scenario.calendar.weeks
    end = result.runs["end"].astype(str).to_numpy()
    victory = result.runs["victory_week"].fillna(weeks).to_numpy(dtype=np.float64)
    came = np.stack([
        result.runs["first_ceasefire"].fillna(weeks).to_numpy(dtype=np.float64),
        result.runs["first_settlement"].fillna(weeks).to_numpy(dtype=np.float64),
        np.where(end == "victory_a", victory, weeks),
        np.where(end == "victory_b", victory, weeks),
    ])  # fmt: skip
    first = came.min(axis=0)
    cause = np.where(first < weeks, came.argmin(axis=0) + 1, 0)
    curves = cumulative_incidence(first, cause)
    return {name: curves[code] for code, name in enumerate(FIRST_ENDS, 1) if code in curves}


@dataclass(frozen=True)
class Spells:
    """Stretches of peace: from a signature during war to the break, or cut off by the end of the run.

    A ceasefire that is followed by a settlement without a break is one stretch.

    Parameters
    ----------
    replicate : (spell,) int
    start : (spell,) int
        Week of the signature.
    weeks : (spell,) int
        How long it stood.
    broken : (spell,) bool
    kind : (spell,) str
        ``ceasefire`` or ``settlement``: what was signed first.
    host : (spell,) str
        The mediator under whom it was signed, or ``direct``.
    """

    replicate: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    weeks: npt.NDArray[np.int64]
    broken: npt.NDArray[np.bool_]
    kind: npt.NDArray[np.str_]
    host: npt.NDArray[np.str_]


def spells(result: Result) -> Spells:
    """All stretches of peace in a result, by run and inside a run in time."""
    events = result.events[result.events["kind"].isin([*SIGNED, BROKEN])]
    replicate = events["replicate"].to_numpy(dtype=np.int64)
    week = events["week"].to_numpy(dtype=np.int64)
    kind = events["kind"].astype(str).to_numpy().astype(str)
    breaks = kind == BROKEN
    # A signature opens a stretch unless the event before it, in the same run, was a signature too.
    after_peace = np.zeros(breaks.size, dtype=bool)
    after_peace[1:] = (replicate[1:] == replicate[:-1]) & ~breaks[:-1]
    opens = np.flatnonzero(~breaks & ~after_peace)
    closing = np.append(np.flatnonzero(breaks), breaks.size)
    close = closing[np.searchsorted(closing, opens)]
    inside = np.minimum(close, breaks.size - 1)
    broken = (close < breaks.size) & (replicate[inside] == replicate[opens]) if opens.size else np.zeros(0, dtype=bool)
    end = np.where(broken, week[inside], result.scenario.calendar.weeks) if opens.size else np.zeros(0, dtype=np.int64)
    return Spells(
        replicate=replicate[opens],
        start=week[opens],
        weeks=end - week[opens],
        broken=broken,
        kind=np.char.partition(kind[opens], "_")[..., 0] if opens.size else kind[opens],
        host=events["who"].astype(str).to_numpy().astype(str)[opens],
    )


def peace(result: Result, kind: str | None = None, *, mediated: bool | None = None) -> Curve:
    """Share of agreements that still stand, by weeks since the signature; runs are the independent units.

    Parameters
    ----------
    result : Result
    kind : str, optional
        Only stretches that began with a ``ceasefire``, or with a ``settlement``.
    mediated : bool, optional
        Only those that were signed under a mediator, or only those that were not.

    Source: [KaplanMeier1958]_.
    """
    every = spells(result)
    chosen = np.ones(every.start.size, dtype=bool) if kind is None else every.kind == kind
    if mediated is not None:
        chosen &= (every.host != "direct") == mediated
    return kaplan_meier(every.weeks[chosen], every.broken[chosen], every.replicate[chosen])
