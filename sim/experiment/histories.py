"""The whole history of a few runs, in full precision: for laws that compare worlds number by number.

An ensemble with tables is played in `execution`; what is read of a week is said in `record.quantities`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.randomness import Luck
from sim.scenario import Scenario
from sim.world.binding import bound
from sim.world.engine import weeks
from sim.world.quantities import READINGS
from sim.world.state import World

Array = npt.NDArray[np.float64]
Event = tuple[int, int, str, str, float]


@dataclass(frozen=True, eq=False)
class History:
    """What some runs went through.

    Parameters
    ----------
    replicates : (run,) int
    readings : mapping from name of a quantity to (week, run) float
    events : tuple of (replicate, week, kind, who, value)
        Sorted; the value is NaN where an event has none.
    """

    replicates: npt.NDArray[np.int64]
    readings: dict[str, Array]
    events: tuple[Event, ...]


def history(
    scenario: Scenario,
    replicates: Sequence[int] | npt.NDArray[np.int64],
    seed: int = 1,
    *,
    turn: Callable[[Luck], Any] | None = None,
) -> History:
    """Plays some replicates of a scenario side by side and keeps every reading of every week.

    Parameters
    ----------
    scenario : Scenario
    replicates : sequence of int
    seed : int in [0, 2**128)
    turn : callable, optional
        Gives the luck that is played with in place of the one that it is given; it answers like a `Luck`.

    Raises
    ------
    InputFault
        The scenario names a rule that is not registered, or does not meet what one needs.
    """
    numbers = np.asarray(replicates, dtype=np.int64)
    luck = Luck(seed, numbers, scenario.calendar.weeks)
    world = World(bound(scenario), seed, numbers, luck=turn(luck) if turn else luck)
    tape: dict[str, list[Array]] = {name: [] for name in READINGS}
    for _ in weeks(world):
        for name, reading in READINGS.items():
            tape[name].append(np.array(reading(world), dtype=np.float64))
    return History(numbers, {name: np.stack(rows) for name, rows in tape.items()}, _events(world))


def worlds_by_week(
    scenario: Scenario, replicates: Sequence[int] | npt.NDArray[np.int64], seed: int = 1
) -> Iterator[World]:
    """Plays some replicates of a scenario and shows their world after each week; it is to be looked at, not changed.

    Parameters and errors as of :func:`history`.
    """
    world = World(bound(scenario), seed, np.asarray(replicates, dtype=np.int64))
    for _ in weeks(world):
        yield world


def _events(world: World) -> tuple[Event, ...]:
    """Events of a world by replicate, week and name."""
    found = [
        (int(world.replicates[run]), week, kind, who, value)
        for week, kind, who, runs, values in world.journal.events
        for run, value in zip(runs.tolist(), values.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda event: event[:4]))
