"""From rung to rung: how often one deal follows a success at another, and how often it comes anyway.

Rungs 1 to 4 are the small deals, 5 is the general ceasefire, 6 the settlement.  Waiting times without a
window are in `waiting`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.measures import NOTHING, Estimate, ratio
from sim.record.intervals import CONFIDENCE, wilson
from sim.record.result import Result

RUNGS = (1, 2, 3, 4, 5, 6)
FROM = (1, 2, 3, 4)
WINDOW = 26
"""Weeks within which one deal counts as following another."""

ABOVE = {5: "ceasefire_signed", 6: "settlement_signed"}

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Transitions:
    """How deals follow one another within a window of weeks.

    Parameters
    ----------
    window : int
    follows : mapping from (rung, rung) to Estimate
        Share of the successes at the first rung after which the second was opened within the window; n is the
        number of runs with such a success.
    anyway : mapping from rung to Estimate
        The same share after any week of war: what there would be without a link.
    higher : mapping from rung to Estimate
        Share of the successes at a rung after which any higher rung was opened within the window.
    successes : mapping from rung to int
        How many successes the shares rest on.
    """

    window: int
    follows: dict[tuple[int, int], Estimate]
    anyway: dict[int, Estimate]
    higher: dict[int, Estimate]
    successes: dict[int, int]


def transitions(result: Result, window: int = WINDOW) -> Transitions:
    """How deals follow one another in a result.

    A deal of rungs 1 to 4 succeeds in the week in which it runs out unbroken; another follows it if it is
    opened in one of the `window` weeks after that week.  Successes and weeks of war whose window is cut off
    by the end of the calendar are left out.  Intervals take runs as the independent units.

    Source: the interval [Wilson1927]_.
    """
    opened = {rung: _weeks_with(result, rung, "opened") for rung in RUNGS}
    succeeded = {rung: _watched(_weeks_with(result, rung, "completed"), window) for rung in FROM}
    after = {rung: _after(opened[rung], window) for rung in RUNGS}
    war = _watched(_at_war(result), window)
    higher = {rung: np.logical_or.reduce([after[one] for one in RUNGS if one > rung]) for rung in FROM}
    return Transitions(
        window=window,
        follows={(low, high): _share(after[high], succeeded[low]) for low in FROM for high in RUNGS},
        anyway={rung: _share(after[rung], war) for rung in RUNGS},
        higher={rung: _share(higher[rung], succeeded[rung]) for rung in FROM},
        successes={rung: int(succeeded[rung].sum()) for rung in FROM},
    )


def escalation(result: Result, rung: int, window: int = WINDOW) -> Estimate:
    """Share of the successes at a rung after which any higher rung was opened within a window of weeks."""
    return transitions(result, window).higher[rung]


def cases(result: Result, low: int, high: int, window: int = WINDOW) -> tuple[npt.NDArray[np.int64], ...]:
    """Hits and successes of one step of the ladder in each run, (run,) each: what contrasts are made of.

    Rung 0 stands for any week of war.
    """
    after = _after(_weeks_with(result, high, "opened"), window)
    begin = _weeks_with(result, low, "completed") if low else _at_war(result)
    watched = _watched(begin, window)
    return (watched & after).sum(axis=1), watched.sum(axis=1)


def _share(hits: Flags, cases: Flags) -> Estimate:
    """Share of cases that are hits, both (run, week); n is the number of runs with a case.

    The interval is Wilson's for as many independent cases as would have the standard error that there is
    between runs; where the share is 0 or 1, for the number of runs.
    """
    if not cases.any():
        return NOTHING
    found = ratio((hits & cases).sum(axis=1), cases.sum(axis=1))
    size, error = float(found.n), (found.high - found.value) / CONFIDENCE
    if 0 < found.value < 1 and error > 0:
        size = min(found.value * (1 - found.value) / error**2, float(cases.sum()))
    low, high = wilson(found.value, size)
    return Estimate(found.value, float(low), float(high), found.n)


def _weeks_with(result: Result, rung: int, verb: str) -> Flags:
    """Weeks in which a deal of a rung was opened, or completed, (run, week)."""
    events = result.events
    if rung in ABOVE:
        chosen = (events["kind"] == ABOVE[rung]).to_numpy()
    else:
        ladder = result.scenario.ladder
        keys = [key for key, deal in ladder.rungs.items() if deal.rung == rung] if ladder else []
        chosen = ((events["kind"] == f"rung_{verb}") & events["who"].isin(keys)).to_numpy()
    return _flags(result, events["replicate"].to_numpy()[chosen], events["week"].to_numpy()[chosen])


def _flags(result: Result, replicate: npt.NDArray[np.integer], week: npt.NDArray[np.integer]) -> Flags:
    known = result.runs["replicate"].to_numpy()
    flags = np.zeros((known.size, result.scenario.calendar.weeks), dtype=bool)
    flags[np.searchsorted(known, replicate), week] = True
    return flags


def _at_war(result: Result) -> Flags:
    """Weeks after which the war goes on, (run, week), from the events that begin and end it."""
    runs, weeks = len(result.runs), result.scenario.calendar.weeks
    events = result.events
    change = np.zeros((runs, weeks), dtype=np.int8)
    known = result.runs["replicate"].to_numpy()
    for kinds, to in (
        (("ceasefire_signed", "settlement_signed"), 1),
        (("victory",), 1),
        (("agreement_broken",), -1),
    ):
        chosen = events["kind"].isin(kinds).to_numpy()
        row = np.searchsorted(known, events["replicate"].to_numpy()[chosen])
        change[row, events["week"].to_numpy()[chosen]] = to
    last = np.maximum.accumulate(np.where(change != 0, np.arange(weeks), -1), axis=1)
    state = np.take_along_axis(change, np.maximum(last, 0), axis=1)
    return np.asarray((last < 0) | (state < 0))


def _watched(flags: Flags, window: int) -> Flags:
    """Only the weeks whose whole window was played."""
    weeks = flags.shape[1]
    return np.asarray(flags & (np.arange(weeks) + window < weeks))


def _after(flags: Flags, window: int) -> Flags:
    """Whether anything is flagged in the `window` weeks after a week, (run, week)."""
    total = np.cumsum(flags, axis=1)
    ahead = np.minimum(np.arange(flags.shape[1]) + window, flags.shape[1] - 1)
    return np.asarray(total[:, ahead] > total)
