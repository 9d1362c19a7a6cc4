"""Playing an ensemble: replicates cut into blocks, blocks played here or by workers, gathered into a result.

How a block is played is known to `world`; what is kept, to `record`.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from sim.experiment.places import lasting
from sim.experiment.salvage import salvaged
from sim.randomness import BLOCK
from sim.record.block import Block, Gathered
from sim.record.manifest import Request, manifest
from sim.record.result import Result
from sim.record.tables import tables_of
from sim.scenario import Scenario, vary
from sim.world.binding import bound
from sim.world.recorder import play

WIDEST = 32 * BLOCK
"""Most runs that are played side by side unasked.

A week has thousands of calls whose cost does not depend on the runs, so that wide batches are quick; a batch of
this width needs about half a gigabyte on 193 states and 156 weeks.
"""

Progress = Callable[[int], object]
"""Told how many runs were just finished."""


@dataclass(frozen=True)
class Task:
    """One block to be played: replicates from `first` to `last`, both included."""

    scenario: Scenario
    seed: int
    first: int
    last: int
    trajectories: bool = False

    def __len__(self) -> int:
        return self.last - self.first + 1


Part = tuple[Task, Block | Exception]
"""Some runs of a task, and what they left."""


@dataclass(frozen=True)
class Failure:
    """A block that could not be played."""

    task: Task
    error: BaseException

    def __str__(self) -> str:
        return f"replicates {self.task.first} to {self.task.last}: {type(self.error).__name__}: {self.error}"


class RunsFailed(Exception):
    """Some blocks failed; the others were played to their end.

    Parameters
    ----------
    failures : sequence of Failure
    partial : Result or None
        What the other blocks left; its manifest names what is missing.  None if no block was left.
    """

    def __init__(self, failures: Sequence[Failure], partial: Result | None) -> None:
        self.failures, self.partial = tuple(failures), partial
        super().__init__("\n".join(str(failure) for failure in failures))


def run(
    scenario: Scenario,
    replicates: int = 200,
    seed: int = 1,
    *,
    variants: Sequence[str] = (),
    overrides: Sequence[str] = (),
    workers: int = 1,
    progress: Progress | None = None,
    trajectories: bool = False,
    batch: int | None = None,
    executor: Executor | None = None,
) -> Result:
    """Ensemble of a scenario: its replicates from 0 on, played and gathered.

    The tables do not depend on how the work was shared out: `workers`, `batch` and `executor` change only how
    long it takes.

    Parameters
    ----------
    scenario : Scenario
    replicates : int, at least 1
    seed : int in [0, 2**128)
    variants, overrides : sequence of str
        Laid over the scenario before it is played.
    workers : int, at least 1
        Processes.  With more than one, a script needs the usual ``if __name__ == "__main__":``.
    progress : callable, optional
        Called with the number of runs that were just finished.
    trajectories : bool
        Whether to keep every recorded quantity of every run and week.
    batch : int, at least 1, optional
        Runs played side by side; without it, what `width` says.
    executor : concurrent.futures.Executor, optional
        Where to play instead, a cluster say; it stays open.

    Raises
    ------
    InputFault
        In the variants or overrides.
    RunsFailed
        Some blocks could not be played; what the others left is in it.
    """
    if replicates < 1 or workers < 1 or (batch is not None and batch < 1):
        raise ValueError("replicates, workers and batch must be at least 1")
    played = bound(vary(scenario, variants=variants, overrides=overrides) if variants or overrides else scenario)
    started, clock = datetime.datetime.now(datetime.UTC), time.monotonic()
    tasks = cut(Task(played, seed, 0, replicates - 1, trajectories), batch or width(replicates, workers))
    gathered, failures = gather(tasks, workers, executor, progress)
    missing = [(failure.task.first, failure.task.last) for failure in failures]
    request = Request(played, seed, replicates, variants, overrides, missing)
    result = None
    if gathered.blocks:
        made = manifest(request, started, time.monotonic() - clock)
        result = Result(scenario=played, manifest=made, **tables_of(gathered, played))
    if failures or result is None:
        raise RunsFailed(failures, result)
    return result


def width(replicates: int, workers: int) -> int:
    """Runs side by side that give every worker an even share, in whole blocks of luck and `WIDEST` at most.

    >>> width(200, 1), width(500, 2), width(5000, 2)
    (256, 256, 2560)
    """
    share = -(-replicates // workers)
    turns = -(-share // WIDEST)
    return -(-share // (turns * BLOCK)) * BLOCK


def cut(whole: Task, batch: int) -> list[Task]:
    """Blocks of a task, the last of them maybe shorter.

    Blocks of 128 are those in which luck is drawn, so that nothing is drawn twice.
    """
    return [
        Task(whole.scenario, whole.seed, first, min(first + batch - 1, whole.last), whole.trajectories)
        for first in range(whole.first, whole.last + 1, batch)
    ]


def gather(
    tasks: Sequence[Task], workers: int, executor: Executor | None = None, progress: Progress | None = None
) -> tuple[Gathered, list[Failure]]:
    """What tasks leave, gathered as it comes, and the tasks that failed, in their order.

    One bad run costs itself and not its block, and what a worker process was doing when it died is done again.
    """
    gathered, failures = Gathered(), []
    for finished in lasting(play_task, tasks, workers, executor):
        for task, left in _parts(finished.work, finished.left):
            if isinstance(left, Exception):
                failures.append(Failure(task, left))
            else:
                gathered.add(left)
                (progress or _silent)(len(task))
    return gathered, sorted(failures, key=lambda failure: failure.task.first)


def play_task(task: Task) -> list[Part]:
    """What the pieces of a task leave, mostly one; it is what workers are given to do."""

    def playing(first: int, end: int) -> Block:
        return play(task.scenario, task.seed, np.arange(first, end), trajectories=task.trajectories)

    return [
        (replace(task, first=first, last=end - 1), left)
        for first, end, left in salvaged(playing, task.first, task.last + 1)
    ]


def _parts(task: Task, left: list[Part] | Exception) -> list[Part]:
    """What a task left, piece by piece; the whole task where its worker was lost."""
    return [(task, left)] if isinstance(left, Exception) else left


def _silent(_runs: int) -> None:
    """Nobody is told."""
