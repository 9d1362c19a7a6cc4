"""What is seen of each run while its world is played: little enough to be read after every week of every sweep."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.record.columns import NEVER
from sim.world.state import CEASEFIRE, SETTLEMENT, World

Array = npt.NDArray[np.float64]

SIGNED = ("ceasefire_signed", "settlement_signed")
"""Kinds of events that begin a peace, or change it."""


class Watch:
    """Runs of a batch under watch: what an outcome needs of the weeks, and the last week does not tell.

    Parameters
    ----------
    world : World
        Before its first week.

    Attributes
    ----------
    durable_week : (run,) int
        Start of the peace that proved durable, or `NEVER`.
    nash_line, signed_front : (run,) float
        Line at the Nash point and line of contact in the week of the last signature; NaN without one.
    weeks_at_war, longest_peace : (run,) int
        Weeks of war, and the longest unbroken stretch of peace so far.
    lowest_tolerance, harm : (side, run) float
        Lowest tolerance so far, and all harm to civilians so far.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.durable_week = np.full(world.runs, NEVER, dtype=np.int64)
        self.nash_line, self.signed_front = np.full((2, world.runs), np.nan)
        self.weeks_at_war, self.longest_peace, self._peace = np.zeros((3, world.runs), dtype=np.int16)
        self.lowest_tolerance: Array = np.full((2, world.runs), np.inf)
        self.harm: Array = np.zeros((2, world.runs))
        self._read_events = 0

    def read(self) -> None:
        """Takes in the week that is just over."""
        world = self.world
        fresh = world.durable & (self.durable_week == NEVER)
        self.durable_week = np.where(fresh, world.peace_start, self.durable_week)
        self.weeks_at_war += world.at_war
        self._peace = (self._peace + np.int16(1)) * ((world.status == CEASEFIRE) | (world.status == SETTLEMENT))
        self.longest_peace = np.maximum(self.longest_peace, self._peace)
        self.lowest_tolerance = np.minimum(self.lowest_tolerance, world.tolerance)
        self.harm = self.harm + world.harm
        for _, kind, _, runs, _ in world.journal.events[self._read_events :]:
            if kind in SIGNED:
                self.nash_line[runs], self.signed_front[runs] = world.nash[0, runs], world.front[runs]
        self._read_events = len(world.journal.events)
