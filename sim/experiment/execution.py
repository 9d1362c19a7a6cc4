"""Playing an ensemble: replicates cut into blocks, blocks played here or by workers, gathered into a result.

How a block is played is known to `world`; what is kept, to `record`.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass

import numpy as np

from sim.experiment.places import as_finished, place
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

PIECES = (BLOCK, 16, 1)
"""Runs in the pieces in which a failing block is tried again, one size after the other."""

MOST_PIECES = 256
"""Pieces of a size that are tried at most; where more fail the fault is hardly in a run."""

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

    A worker process that dies takes all that waits with it: that is played once more, by new ones.  What failed
    is played once more in smaller pieces, so that one bad run costs itself and not its block.
    """
    gathered = Gathered()
    failures = _pass(gathered, tasks, workers, executor, progress)
    lost = [failure.task for failure in failures if isinstance(failure.error, BrokenExecutor)]
    if lost and executor is None:
        failures = [failure for failure in failures if failure.task not in lost]
        failures += _pass(gathered, lost, workers, executor, progress)
    for size in PIECES:
        failures = _in_pieces(gathered, failures, size, workers, executor, progress)
    return gathered, sorted(failures, key=lambda failure: failure.task.first)


def _in_pieces(
    gathered: Gathered,
    failures: Sequence[Failure],
    size: int,
    workers: int,
    executor: Executor | None,
    progress: Progress | None,
) -> list[Failure]:
    """Plays once more, a few runs at a time, what failed; not so where very much did: no run is at fault then."""
    large = [failure for failure in failures if len(failure.task) > size]
    rest = [failure for failure in failures if len(failure.task) <= size]
    pieces = [piece for failure in large for piece in cut(failure.task, size)]
    if not pieces or len(pieces) > MOST_PIECES or any(isinstance(one.error, BrokenExecutor) for one in large):
        return list(failures)
    return [*rest, *_pass(gathered, pieces, workers, executor, progress)]


def _pass(
    gathered: Gathered,
    tasks: Sequence[Task],
    workers: int,
    executor: Executor | None,
    progress: Progress | None,
) -> list[Failure]:
    """Plays tasks once, gathers what comes, and gives the failures."""
    failures = []
    with place(min(workers, len(tasks)), executor) as where:
        for task, outcome in execute(where, tasks, ahead=2 * workers):
            if not isinstance(outcome, Block):
                failures.append(Failure(task, outcome))
                continue
            gathered.add(outcome)
            if progress is not None:
                progress(len(task))
    return failures


def execute(executor: Executor, tasks: Sequence[Task], ahead: int = 2) -> Iterator[tuple[Task, Block | Exception]]:
    """Plays tasks and gives each with its block, or with the error that stopped it, as they finish.

    Parameters
    ----------
    executor : concurrent.futures.Executor
    tasks : sequence of Task
    ahead : int
        How many may wait or run at a time, so that what is finished does not pile up.
    """
    for finished in as_finished(executor, play_task, tasks, ahead):
        yield finished.work, finished.left


def play_task(task: Task) -> Block:
    """Block of a task; it is what workers are given to do."""
    replicates = np.arange(task.first, task.last + 1)
    return play(task.scenario, task.seed, replicates, trajectories=task.trajectories)
