"""Playing one batch with a recorder beside it: a scenario and replicates go in, a block comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.record.block import Block, Columns, Events, Marked
from sim.record.columns import COHESION, DRAW, MOVES, OUTCOMES
from sim.record.quantities import QUANTITIES
from sim.scenario.vocabulary import Scenario
from sim.world.engine import weeks
from sim.world.outcomes import outcomes
from sim.world.quantities import READINGS
from sim.world.state import World
from sim.world.watch import Watch

Array = npt.NDArray[np.float64]


def play(
    scenario: Scenario,
    seed: int,
    replicates: npt.ArrayLike,
    columns: Mapping[str, Array] | None = None,
    *,
    trajectories: bool = False,
) -> Block:
    """The record of one batch, played from its first week to its last.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    replicates : (run,) int
        What a run leaves does not depend on which others are played beside it.
    columns : mapping from path to (run,) float, optional
        Values of a sweep, in place of what the file says; NaN leaves a run with what the file says.
    trajectories : bool
        Whether to keep every recorded quantity of every run and week.
    """
    world = World(scenario, seed, replicates, columns)
    recorder = Recorder(world, trajectories=trajectories)
    for _ in weeks(world):
        recorder.read()
    return recorder.block()


def play_outcomes(
    scenario: Scenario, seed: int, replicates: npt.ArrayLike, columns: Mapping[str, Array] | None = None
) -> Columns:
    """What became of each run of one batch, (run,) by the names of `record.columns`, and nothing of its weeks.

    Parameters as in `play`.  Drawn parameters are left out: they follow from the seed.
    """
    world = World(scenario, seed, replicates, columns)
    watch = Watch(world)
    for _ in weeks(world):
        watch.read()
    return {name: values for name, values in outcomes(watch).items() if not name.startswith(DRAW)}


class Recorder:
    """Writes a world down while it is played: reads it after every week, and makes a block when it is over.

    Parameters
    ----------
    world : World
        Before its first week.
    trajectories : bool
        Whether to keep every recorded quantity of every run and week.
    """

    def __init__(self, world: World, *, trajectories: bool = False) -> None:
        weeks = world.scenario.calendar.weeks
        self.world, self.watch = world, Watch(world)
        self.marked = Marked.blank(weeks, world.runs)
        self.tape = np.empty((len(QUANTITIES), weeks, world.runs), dtype=np.float32) if trajectories else None
        self._now: Array = np.empty((len(QUANTITIES), world.runs))

    def read(self) -> None:
        """Writes down the week that is just over."""
        world = self.world
        self.watch.read()
        for row, reading in enumerate(READINGS.values()):
            self._now[row] = reading(world)
        self.marked.fill(world.week, self._now)
        if self.tape is not None:
            self.tape[:, world.week] = self._now

    def block(self) -> Block:
        """The record of the batch, after its last week."""
        world, whole = self.world, self.marked
        tallies, texts = _tallies(world)
        return Block(
            replicates=world.replicates,
            runs=outcomes(self.watch),
            marks=whole.marks,
            sums=whole.sums,
            beyond=whole.beyond,
            events=_events(world),
            tallies=tallies,
            texts=texts,
            ballots=dict(world.journal.ballots),
            trajectories=self.tape,
        )


def _events(world: World) -> Events:
    """The journal as columns, by run and inside a run as it came."""
    noted = world.journal.events
    labels = tuple(sorted({name for event in noted for name in event[1:3]}))
    place = {name: code for code, name in enumerate(labels)}
    sizes = [event[3].size for event in noted]
    runs = np.concatenate([event[3] for event in noted]) if noted else np.empty(0, dtype=np.intp)
    values = np.concatenate([event[4] for event in noted]) if noted else np.empty(0)
    order = np.argsort(runs, kind="stable")

    def column(numbers: list[int]) -> npt.NDArray[np.int16]:
        return np.repeat(np.array(numbers, dtype=np.int16), sizes)[order]

    return Events(
        replicate=world.replicates[runs[order]].astype(np.int32),
        week=column([event[0] for event in noted]),
        kind=column([place[event[1]] for event in noted]),
        who=column([place[event[2]] for event in noted]),
        value=values[order].astype(np.float32),
        labels=labels,
    )


def _tallies(world: World) -> tuple[Columns, tuple[str, ...]]:
    """The votes as columns, by run and inside a run in the order of the votes; runs without one have no row."""
    ballots = world.journal.tallies
    texts = tuple(world.scenario.questions)
    put = np.array([ballot.put for ballot in ballots], dtype=bool).reshape(len(ballots), world.runs).T.ravel()

    def rows(values: Sequence[npt.ArrayLike], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        every = [np.broadcast_to(np.asarray(one, dtype=dtype), (world.runs,)) for one in values]
        whole = np.array(every, dtype=dtype).reshape(len(ballots), world.runs)
        return np.compress(put, whole.T.ravel())

    columns = {
        "text": rows([texts.index(ballot.key) for ballot in ballots], np.int16),
        "replicate": rows([world.replicates] * len(ballots), np.int32),
        "week": rows([ballot.week for ballot in ballots], np.int16),
        **{name: rows([ballot.counts[row] for ballot in ballots], np.int16) for row, name in enumerate(OUTCOMES)},
        "adopted": rows([ballot.adopted for ballot in ballots], bool),
    }
    for bloc in world.scenario.blocs:
        columns[COHESION + bloc] = rows([ballot.cohesion.get(bloc, np.nan) for ballot in ballots], np.float32)
    for place, name in enumerate(MOVES):
        moved = [-1 if ballot.moves is None else ballot.moves.reshape(16, -1)[place] for ballot in ballots]
        columns[name] = rows(moved, np.int16)
    return columns, texts
