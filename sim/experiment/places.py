"""Where work is done: here, by worker processes of this machine, or on any executor that is handed in.

One interface for all, that of `concurrent.futures`.  What the work is, is not known here.
"""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Work = TypeVar("Work")
Left = TypeVar("Left")

LIVES = 3
"""Workers that one piece of work may cost."""

IDLE = 30.0
"""Seconds after which worker processes without work go."""

SECONDS_ALONE = 1.0
"""How often a worker looks whether its parent is still there."""

RETIRED = "A worker stopped while some jobs were given"
"""What loky warns of when work comes in the moment in which a worker goes; it starts another and nothing is lost."""


@dataclass(frozen=True)
class Finished(Generic[Work, Left]):
    """A piece of work that is over.

    Parameters
    ----------
    work
        As it was given.
    left
        What it left, or the error that stopped it.
    sent : bool
        Whether it was begun; not so where the executor was broken before.
    """

    work: Work
    left: Left | Exception
    sent: bool = True


def cores() -> int:
    """Processor cores that this process may use: what the machine, its scheduler and a container leave it."""
    from loky import cpu_count

    return int(cpu_count())


class Here(Executor):
    """An executor that plays at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  whatever stops one block must not stop the others
            future.set_exception(error)
        return future


def as_finished(
    executor: Executor,
    function: Callable[[Any], Left],
    works: Iterable[Work],
    ahead: int = 2,
    *,
    argument: Callable[[Work], Any] | None = None,
    alive: Callable[[], object] | None = None,
) -> Iterator[Finished[Work, Left]]:
    """Does pieces of work and gives each with what it left, as they finish.

    Parameters
    ----------
    executor : concurrent.futures.Executor
    function : callable
        What workers are given to do.
    works : iterable
        A deque may grow while it is worked off.
    ahead : int
        How many may wait or run at a time, so that what is finished does not pile up.
    argument : callable, optional
        Makes of a piece of work what is sent, when it is sent; without it the work itself is.
    alive : callable, optional
        Asked every few seconds while nothing comes; it raises when nothing will.
    """
    waiting = works if isinstance(works, deque) else deque(works)
    running: dict[Future[Left], tuple[int, Work, bool]] = {}
    number = 0
    try:
        while waiting or running:
            while waiting and len(running) < ahead:
                work = waiting.popleft()
                future, sent = _submit(executor, function, work if argument is None else argument(work))
                running[future] = (number, work, sent)
                number += 1
            done, _ = wait(running, timeout=None if alive is None else 2.0, return_when=FIRST_COMPLETED)
            if not done and alive is not None:
                alive()
            for future in sorted(done, key=lambda one: running[one][0]):
                _, work, sent = running.pop(future)
                yield Finished(work, _left(future), sent)
    finally:
        for future in running:
            future.cancel()


def _left(future: Future[Any]) -> Any:
    """What a future that is done holds, or its error; what is more than an error goes on."""
    if future.cancelled():
        return ConnectionError("the work was cancelled by the place where it was done")
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, Exception):
        raise error
    return error


def _submit(executor: Executor, function: Callable[[Any], Left], sent: Any) -> tuple[Future[Left], bool]:
    """The future of what is sent; where the executor is broken, one that carries that error."""
    try:
        return executor.submit(function, sent), True
    except RuntimeError as error:
        broken: Future[Left] = Future()
        broken.set_exception(error)
        return broken, False


def lasting(
    function: Callable[[Any], Left],
    works: Iterable[Work],
    workers: int,
    executor: Executor | None = None,
    *,
    argument: Callable[[Work], Any] | None = None,
    alive: Callable[[], object] | None = None,
) -> Iterator[Finished[Work, Left]]:
    """Does pieces of work as `as_finished`, and replaces workers that die.

    Whatever was being done when a worker died is done again, each piece alone; a piece that kills its worker
    `LIVES` times in all is given with that error.  An executor that was given is not replaced.

    Parameters
    ----------
    workers : int
        Processes, or how many workers the executor has.
    executor : concurrent.futures.Executor, optional
    others
        As in `as_finished`.
    """
    waiting = works if isinstance(works, deque) else deque(works)
    suspects: list[tuple[Work, int]] = []
    while waiting or suspects:
        if waiting:
            lost: list[Work] = []
            with place(min(workers, len(waiting)), executor) as where:
                ahead = 2 * workers
                for finished in as_finished(where, function, waiting, ahead, argument=argument, alive=alive):
                    if executor is None and isinstance(finished.left, BrokenExecutor):
                        if finished.sent:
                            suspects.append((finished.work, 1))
                        else:
                            lost.append(finished.work)
                        continue
                    yield finished
            waiting.extend(lost)
        else:
            work, deaths = suspects.pop(0)
            with _workers(1) as where:
                (finished,) = as_finished(where, function, [work], argument=argument)
            if isinstance(finished.left, BrokenExecutor) and deaths + 1 < LIVES:
                suspects.append((work, deaths + 1))
            else:
                yield finished


@contextmanager
def place(workers: int, executor: Executor | None = None) -> Iterator[Executor]:
    """Where to work: the executor that was given, this process, or worker processes."""
    if executor is not None:
        yield executor
    elif workers == 1:
        yield Here()
    else:
        with _workers(workers) as pool:
            yield pool


@contextmanager
def _quiet_tracker() -> Iterator[None]:
    """Keeps loky's tracker of resources, which is started with the first pool, from warning at an interrupt.

    It tells the user of semaphores that it then removes itself.
    """
    known = os.environ.get("PYTHONWARNINGS")
    silence = "ignore::UserWarning:loky.backend.resource_tracker"
    os.environ["PYTHONWARNINGS"] = f"{known},{silence}" if known else silence
    try:
        yield
    finally:
        if known is None:
            del os.environ["PYTHONWARNINGS"]
        else:
            os.environ["PYTHONWARNINGS"] = known


@contextmanager
def _workers(workers: int) -> Iterator[Executor]:
    """Worker processes, which need no guard in a script.

    They stay for a while, so that the many small batches of a search do not start new ones each; those of which
    one has died are replaced.
    """
    from loky import get_reusable_executor

    warnings.filterwarnings("ignore", RETIRED, UserWarning)
    with _quiet_tracker():
        pool: Any = get_reusable_executor(workers, timeout=IDLE, initializer=_begin, initargs=(os.getpid(),))
    try:
        yield pool
    except BaseException:
        # The thread that manages the workers complains when they are taken from it; the user hears why from us.
        with redirect_stderr(io.StringIO()):
            pool.shutdown(wait=True, kill_workers=True)
        raise


def _begin(parent: int) -> None:
    """Ctrl-C reaches every process of a terminal; only the one that gathers answers it, and workers go when it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: int) -> None:
    """Ends a worker whose parent was killed: nobody would tell it so, and it would keep its memory and the pipes."""
    while os.getppid() == parent:
        time.sleep(SECONDS_ALONE)
    os._exit(1)
