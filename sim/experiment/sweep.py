"""A sweep: the blocks of its plan played on any executor, kept as they finish, and written as one result."""

from __future__ import annotations

import datetime
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from sim.experiment.blocks import BlockFolder, refuse_other, request_of
from sim.experiment.cluster import cluster
from sim.experiment.loading import Prepared, load_experiment, prepared
from sim.experiment.merging import MissingBlock, merge
from sim.experiment.places import cores, lasting
from sim.experiment.plan import Block, Plan
from sim.experiment.points import Piece, play_piece, said
from sim.experiment.stopping import course
from sim.record.folder import MANIFEST, FolderFault, check_place, remove_leftovers
from sim.record.manifest import sha256_of_code
from sim.record.result import manifest_in
from sim.record.sweep import SWEEP, SweepResult
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.experiment import Experiment

Progress = Callable[[int], object]

SHOWN = 8
"""Sentences that a user is told of blocks that could not be played."""

DAMAGES = 3
"""Times that the blocks of a group which turn out to be damaged are played again."""


class SweepUnfinished(Exception):
    """Some blocks could not be played, or are still other shards'; what is finished is kept.

    Parameters
    ----------
    sentence : str
    failures : sequence of str
        What stopped blocks; empty where only other shards are missing.
    """

    def __init__(self, sentence: str, failures: Sequence[str] = ()) -> None:
        self.failures = tuple(failures)
        rest = len(self.failures) - SHOWN
        more = [f"and {rest} more"] if rest > 0 else []
        super().__init__("\n".join([sentence, *self.failures[:SHOWN], *more]))


@dataclass(frozen=True)
class Shard:
    """One of several jobs that share out the groups of a sweep: number `number` of `of`, counted from 1."""

    number: int = 1
    of: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of:
            raise ValueError(f"a shard is i/n with i from 1 to n, found {self.number}/{self.of}")

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def groups(self, plan: Plan) -> range:
        """Groups of this shard."""
        return range(self.number - 1, plan.groups, self.of)


def sweep(
    experiment: str | Path | Experiment,
    scenario: Scenario | None = None,
    *,
    out: str | Path | None = None,
    resume: bool = False,
    replace: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    address: str | None = None,
    shard: Shard | None = None,
    progress: Progress | None = None,
) -> SweepResult:
    """Result of an experiment: every point of its design, played and gathered.

    The tables are the same bytes whatever the workers, shards and interruptions; replicate r meets the same luck
    at every point.  While it is played, finished blocks stand in ``OUT.blocks``.

    Parameters
    ----------
    experiment : str, Path or Experiment
        File, or what was read from one.
    scenario : Scenario, optional
        Needed with an `Experiment`.
    out : str or Path, optional
        Folder for the result; without it the result lives as long as the object.
    resume : bool
        Whether to go on with what is finished already.
    replace : bool
        Whether an older result there may be replaced.
    workers : int, at least 1, optional
        Processes, or how many workers the executor has; all cores unasked.
    executor : concurrent.futures.Executor, optional
        Where to play; it stays open.
    address : str, optional
        Of a Dask scheduler, on whose workers to play.
    shard : Shard, optional
        Which share to play; the last one to finish writes the result.
    progress : callable, optional
        Called with the number of runs that were just finished; its method ``already``, if it has one, with those
        that an earlier call has finished.

    Raises
    ------
    InputFault
        In the experiment or its scenario.
    FolderFault
        The place is taken or belongs to another experiment, scenario, version or seed, or cannot be written.
    SweepUnfinished
        Some blocks could not be played, or are still missing from other shards.
    """
    ready, workers = _prepared(experiment, scenario), workers or cores()
    if out is None:
        keep = TemporaryDirectory(prefix="parley-sweep-")
        asked = _Asked(workers, executor, address, progress)
        _play(ready, Path(keep.name) / "result", asked)
        return SweepResult.load(Path(keep.name) / "result", keep=keep)
    result = sweep_prepared(
        ready, Path(out), resume=resume, replace=replace, workers=workers, executor=executor, address=address,
        shard=shard, progress=progress,
    )  # fmt: skip
    if result is None:
        raise SweepUnfinished("this shard is finished; others are not, so there are no tables yet")
    return result


def sweep_prepared(
    ready: Prepared,
    out: Path,
    *,
    resume: bool = False,
    replace: bool = False,
    workers: int = 1,
    executor: Executor | None = None,
    address: str | None = None,
    shard: Shard | None = None,
    progress: Progress | None = None,
) -> SweepResult | None:
    """`sweep` of an experiment that was checked; None where blocks of other shards are still missing."""
    done = _play(ready, out, _Asked(workers, executor, address, progress, resume, replace, shard))
    return SweepResult.load(out) if done else None


@dataclass(frozen=True)
class _Asked:
    workers: int
    executor: Executor | None = None
    address: str | None = None
    progress: Progress | None = None
    resume: bool = False
    replace: bool = False
    shard: Shard | None = None


def _prepared(experiment: str | Path | Experiment, scenario: Scenario | None) -> Prepared:
    if not isinstance(experiment, Experiment):
        return load_experiment(experiment)
    if scenario is None:
        raise ValueError("an experiment that was read before needs its scenario")
    return prepared(experiment, scenario)


def _play(ready: Prepared, out: Path, asked: _Asked) -> bool:
    """Plays what is missing, and writes the result if nothing is missing any more; whether it stands."""
    plan = Plan(ready)
    blocks = BlockFolder(out.with_name(f"{out.name}.blocks"), plan)
    started = datetime.datetime.now(datetime.UTC)
    if (asked.resume or asked.shard is not None) and (out / MANIFEST).is_file() and not asked.replace:
        refuse_other(out, manifest_in(out, SWEEP)["request"], request_of(plan))
        blocks.remove()
        return True
    check_place(out, replace=asked.replace)
    if asked.shard is None:
        remove_leftovers(out)
    blocks.open(resume=asked.resume or asked.shard is not None)
    shard = asked.shard or Shard()
    groups, tries = list(shard.groups(plan)), Counter[int]()
    while True:
        _play_groups(plan, blocks, groups, asked)
        try:
            return _merged(ready, plan, blocks, out, started, asked)
        except MissingBlock as missing:
            if shard.of > 1 and not missing.damaged:
                return False
            groups = [missing.group]
            tries[missing.group] += 1
            if tries[missing.group] > DAMAGES:
                raise


def _merged(
    ready: Prepared, plan: Plan, blocks: BlockFolder, out: Path, started: datetime.datetime, asked: _Asked
) -> bool:
    try:
        merge(ready, plan, blocks, out, started, replace=asked.replace)
    except FolderFault:
        # Two shards may finish at the same moment: the second finds the work done.
        if asked.shard is None or not (out / MANIFEST).is_file():
            raise
        refuse_other(out, manifest_in(out, SWEEP)["request"], request_of(plan))
    blocks.remove()
    return True


def _play_groups(plan: Plan, blocks: BlockFolder, groups: Sequence[int], asked: _Asked) -> None:
    """Plays what is missing of some groups.

    Raises
    ------
    SweepUnfinished
        With a sentence for every block that could not be played.
    """
    work = _Work(plan, blocks, asked.progress or (lambda _runs: None))
    for group in groups:
        work.begin(group)
    failures = []
    with cluster(asked.address) as (executor, workers, alive):
        for finished in lasting(
            partial(_play_block, sha256_of_code()), work.waiting, workers or asked.workers,
            executor or asked.executor, argument=plan.piece, alive=alive,
        ):  # fmt: skip
            block = finished.work
            if isinstance(finished.left, Exception):
                failures.append(
                    f"points {block.points[0]} to {block.points[-1]}, replicates {block.first} to {block.last}: "
                    f"{said(finished.left)}"
                )
                continue
            work.done(block, finished.left)
    if failures:
        count = f"{len(failures)} block{'s' if len(failures) > 1 else ''}"
        raise SweepUnfinished(f"{count} could not be played; the others stay in {blocks.folder}", failures)


class _Work:
    """What is still to be played; it grows where a stopping rule asks for more."""

    def __init__(self, plan: Plan, blocks: BlockFolder, progress: Progress) -> None:
        self.plan, self.blocks, self.progress = plan, blocks, progress
        self.already: Progress = getattr(progress, "already", progress)
        self.waiting: deque[Block] = deque()
        self._finished = blocks.names()
        self._walks: dict[int, Generator[Block, pa.Table | None, None]] = {}

    def begin(self, group: int) -> None:
        """Takes up a group: what of it is finished is not played again."""
        walk = course(self.plan, group)
        if self.plan.stop is not None:
            self._walks[group] = walk
            self._follow(next(walk))
            return
        for block in walk:
            if self.plan.name(block) in self._finished:
                self.already(len(block))
            else:
                self.waiting.append(block)

    def done(self, block: Block, rows: pa.RecordBatch) -> None:
        """Keeps a block, and follows the stopping rule from there."""
        self.blocks.add(self.plan.name(block), rows)
        self.progress(len(block))
        if block.group in self._walks:
            self._follow(self._answered(block.group, pa.Table.from_batches([rows])))

    def _follow(self, block: Block | None) -> None:
        while block is not None:
            name = self.plan.name(block)
            rows = self.blocks.read(name) if name in self._finished else None
            if rows is None:
                self.waiting.append(block)
                return
            self.already(len(block))
            block = self._answered(block.group, rows)

    def _answered(self, group: int, rows: pa.Table) -> Block | None:
        try:
            return self._walks[group].send(rows)
        except StopIteration:
            del self._walks[group]
            return None


def _play_block(code: str, piece: Piece) -> pa.RecordBatch:
    """Rows of a piece; it is what workers are given to do, and refuses to be another version of the code."""
    if sha256_of_code() != code:
        raise RuntimeError("this worker has another version of Parley than the one that sent the work")
    return play_piece(piece)


__all__ = ["Shard", "SweepUnfinished", "sweep", "sweep_prepared"]
