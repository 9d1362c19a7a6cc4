"""What came of the tables under each host: how many ended in a signature, and how long that held.

A mediator's success in the short run and in the long run are two things; here they stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.measures import Estimate, ratio
from sim.analysis.survival import kaplan_meier
from sim.analysis.waiting import SIGNED, spells
from sim.record.result import Result

DIRECT = "direct"


@dataclass(frozen=True)
class Host:
    """The record of one host, or of several together.

    Parameters
    ----------
    names : tuple of str
        Mediators, or ``direct``.
    tables : int
        How many talks opened under it.
    signed : Estimate
        Share of these that ended in a signature.
    standing : mapping from int to Estimate
        Share of the stretches of peace that it began which still stand after so many weeks.
    """

    names: tuple[str, ...]
    tables: int
    signed: Estimate
    standing: dict[int, Estimate]


def record_of(result: Result, *names: str, weeks: tuple[int, ...] = (4, 26, 52)) -> Host:
    """What came of the tables under some hosts, together; runs are the independent units.

    Parameters
    ----------
    result : Result
    names : str
        Mediators, or ``direct`` for tables without one.
    weeks : tuple of int
        After how many weeks it is asked whether a peace stands.

    Source: [KaplanMeier1958]_, [Cochran1977]_.
    """
    opened, signed = (_per_run(result, kinds, names) for kinds in (("talks_opened",), SIGNED))
    every = spells(result)
    own = np.isin(every.host, names)
    curve = kaplan_meier(every.weeks[own], every.broken[own], every.replicate[own])
    return Host(tuple(names), int(opened.sum()), ratio(signed, opened), {week: curve.at(week) for week in weeks})


def hosts(result: Result) -> tuple[str, ...]:
    """Hosts under whom talks opened, in the order of their names."""
    events = result.events
    return tuple(sorted(set(events.loc[events["kind"] == "talks_opened", "who"].astype(str))))


def _per_run(result: Result, kinds: tuple[str, ...], names: tuple[str, ...]) -> np.ndarray:
    events, known = result.events, result.runs["replicate"].to_numpy()
    chosen = (events["kind"].isin(kinds) & events["who"].isin(names)).to_numpy()
    places = np.searchsorted(known, events["replicate"].to_numpy()[chosen])
    return np.bincount(places, minlength=known.size).astype(np.float64)
