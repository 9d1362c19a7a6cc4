"""What happened in a batch: events and votes as they come, cheap to write and put in order once at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ballot:
    """One vote of a body.

    Parameters
    ----------
    week : int
    key : str
        The text, or the question on it (``text.name``).
    counts : (4, run) int
        Yes, no, abstaining, absent.
    adopted : (run,) bool
    put : (run,) bool
        Runs in which it came to a vote.
    cohesion : mapping from bloc to (run,)
        How far the members of each bloc voted alike.
    moves : (4, 4, run) int, optional
        Members by what they did on the text that it follows, and by what they did now.
    """

    week: int
    key: str
    counts: npt.NDArray[np.int64]
    adopted: npt.NDArray[np.bool_]
    put: npt.NDArray[np.bool_]
    cohesion: dict[str, Array]
    moves: npt.NDArray[np.int64] | None = None


@dataclass
class Journal:
    """Events and tallies of a batch, in the order in which they were written down."""

    events: list[tuple[int, str, str, npt.NDArray[np.intp], Array]] = field(default_factory=list)
    tallies: list[Ballot] = field(default_factory=list)
    ballots: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)

    def note(
        self,
        week: int,
        kind: str,
        who: str,
        where: npt.NDArray[np.bool_],
        value: npt.NDArray[Any] | float = np.nan,
    ) -> None:
        """Writes an event down for the runs in which it happened.

        Parameters
        ----------
        week : int
        kind, who : str
            What happened, and the actor, rung, shock or text that it concerns.
        where : (run,) bool
        value : (run,) float or float
            A number that belongs to the event, if there is one.
        """
        if where.any():
            (runs,) = np.nonzero(where)
            values = np.take(value, runs) if isinstance(value, np.ndarray) else np.full(runs.size, value)
            self.events.append((week, kind, who, runs, values.astype(np.float64)))

    def note_rows(
        self, week: int, kind: str, names: Sequence[str], row: npt.NDArray[np.intp], run: npt.NDArray[np.intp]
    ) -> None:
        """Writes events down by (event,) numbers of the actor in `names` and of the run, runs of an actor ascending."""
        for one in np.flatnonzero(np.bincount(row, minlength=len(names))).tolist():
            runs = run[row == one]
            self.events.append((week, kind, names[one], runs, np.full(runs.size, np.nan)))

    def note_each(
        self,
        week: int,
        kind: str,
        names: Sequence[str],
        index: npt.NDArray[np.int64],
        where: npt.NDArray[np.bool_],
        value: npt.NDArray[Any] | float = np.nan,
    ) -> None:
        """Writes an event down that concerns another actor in each run: `names` at the (run,) `index`."""
        for place in np.unique(index[where]):
            self.note(week, kind, names[place], where & (index == place), value)
