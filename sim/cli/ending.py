"""How a command ends: exit status, sentences instead of tracebacks, and the bar that says how long it will take.

Exit status: 0 done, 1 failed while running, 2 the input is at fault.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tqdm import tqdm

FAILED, AT_FAULT = 1, 2


@contextmanager
def failures(*, traceback: bool, kept: str = "nothing was written") -> Iterator[None]:
    """What goes wrong, as sentences and an exit status.

    Parameters
    ----------
    traceback : bool
    kept : str
        What an interruption leaves.
    """
    from sim.record.folder import FolderFault, Unwritable
    from sim.scenario.faults import InputFault

    try:
        yield
    except Unwritable as fault:
        click.echo(fault, err=True)
        sys.exit(FAILED)
    except (InputFault, FolderFault) as fault:
        click.echo(fault, err=True)
        sys.exit(AT_FAULT)
    except KeyboardInterrupt:
        click.echo(f"Interrupted; {kept}.", err=True)
        sys.exit(FAILED)
    except (click.exceptions.Exit, BrokenPipeError):
        raise
    except Exception as error:
        if traceback:
            raise
        click.echo(_sentence(error), err=True)
        sys.exit(FAILED)


def _sentence(error: Exception) -> str:
    """A failure for the user: as it is where it was written for one, with its kind where it was not."""
    from sim.experiment.cluster import ClusterFault
    from sim.experiment.designs import MissingLibrary
    from sim.experiment.execution import RunsFailed
    from sim.experiment.sweep import SweepUnfinished

    if isinstance(error, RunsFailed | SweepUnfinished | ClusterFault | MissingLibrary):
        return str(error)
    return f"{type(error).__name__}: {error} (parley --traceback ... shows where this came from)"


class Bar:
    """A bar that is told of runs; those that were finished before do not count for the time left.

    Parameters
    ----------
    shown : tqdm
    """

    def __init__(self, shown: tqdm[Any]) -> None:
        self._shown = shown

    def __call__(self, runs: int) -> None:
        """Takes runs that were just finished; a stopping rule may ask for more than were foreseen."""
        shown = self._shown
        shown.total = max(shown.total or 0, shown.n + runs)
        shown.update(runs)

    def already(self, runs: int) -> None:
        """Takes runs that an earlier call has finished."""
        # A bar that nobody sees has no beginning.
        if not self._shown.disable:
            self._shown.initial += runs
            self._shown.update(runs)


@contextmanager
def progress_bar(runs: int) -> Iterator[Bar]:
    """A bar with the time left, where somebody looks at the terminal."""
    from tqdm import tqdm

    with tqdm(
        total=runs, unit=" runs", file=sys.stderr, disable=None, dynamic_ncols=True, leave=False, smoothing=0
    ) as bar:
        yield Bar(bar)
