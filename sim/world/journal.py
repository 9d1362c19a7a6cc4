"""What happened in a batch: events and votes as they come, cheap to write and put in order once at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass
class Journal:
    """Events and tallies of a batch, in the order in which they were written down."""

    events: list[tuple[int, str, str, npt.NDArray[np.intp], Array]] = field(default_factory=list)
    tallies: list[tuple[int, str, npt.NDArray[np.int64], npt.NDArray[np.bool_]]] = field(default_factory=list)
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
