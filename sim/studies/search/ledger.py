"""What was played of each set of levers: sets side by side on the same luck, nothing twice.

A set is a strength for each lever, 0 for one that is not pulled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.analysis.measures import Estimate
from sim.record.intervals import CONFIDENCE, wilson
from sim.scenario.searches import cost_of, strengths
from sim.scenario.vocabulary.search import Search

Set = tuple[int, ...]
Flags = npt.NDArray[np.bool_]
Columns = Mapping[str, npt.NDArray[np.float64]]

Play = Callable[[Columns, int, int, int], Flags]
"""Plays points: columns, how many replicates, from which on, on which seed; whether it came, (point, replicate)."""


@dataclass(frozen=True)
class Board:
    """The levers as numbers.

    Parameters
    ----------
    search : Search
    """

    search: Search

    @property
    def names(self) -> tuple[str, ...]:
        """The levers, in the order of the file."""
        return tuple(self.search.levers)

    @property
    def most(self) -> tuple[int, ...]:
        """How many strengths each has."""
        return tuple(strengths(lever) for lever in self.search.levers.values())

    def cost(self, one: Set) -> float:
        """What a set costs."""
        return sum(cost_of(lever, strength) for lever, strength in zip(self.search.levers.values(), one, strict=True))

    def columns(self, sets: Sequence[Set]) -> Columns:
        """What each set makes of the scenario's numbers, by path, (set,); NaN where its lever is not pulled."""
        columns = {}
        for place, lever in enumerate(self.search.levers.values()):
            chosen = np.array([one[place] for one in sets])
            for path, move in lever.moves.items():
                columns[path] = np.concatenate([[np.nan], move.grid])[chosen]
        return columns

    def words(self, one: Set) -> str:
        """A set in words: its levers, with the strength where there is more than one."""
        parts = [
            f"{lever.label or name}" + (f" ({strength} of {strengths(lever)})" if strengths(lever) > 1 else "")
            for (name, lever), strength in zip(self.search.levers.items(), one, strict=True) if strength
        ]  # fmt: skip
        return " + ".join(parts) or "nothing"


def pulled(one: Set) -> int:
    """How many levers a set pulls.

    >>> pulled((0, 2, 1))
    2
    """
    return sum(strength > 0 for strength in one)


@dataclass
class Ledger:
    """Outcomes of sets on one seed; it grows while a search goes on.

    Parameters
    ----------
    board : Board
    play : callable
    seed : int
    """

    board: Board
    play: Play
    seed: int
    seen: dict[Set, Flags] = field(default_factory=dict)
    runs: int = 0

    def ask(self, sets: Iterable[Set], replicates: int) -> None:
        """Plays what is missing until each of some sets has so many replicates, all sets of one length at once."""
        short: dict[int, list[Set]] = {}
        for one in dict.fromkeys(sets):
            have = self.seen[one].size if one in self.seen else 0
            if have < replicates:
                short.setdefault(have, []).append(one)
        for have, group in sorted(short.items()):
            came = self.play(self.board.columns(group), replicates - have, have, self.seed)
            self.runs += came.size
            for one, flags in zip(group, came, strict=True):
                self.seen[one] = np.concatenate([self.seen.get(one, flags[:0]), flags])

    def estimate(self, one: Set, z: float = CONFIDENCE) -> Estimate:
        """Share of the runs of a set in which the outcome came, with Wilson's interval."""
        flags = self.seen[one]
        low, high = wilson(flags.mean(), flags.size, z)
        return Estimate(float(flags.mean()), float(low), float(high), flags.size)

    def pair(self, one: Set, other: Set) -> tuple[Flags, Flags]:
        """Outcomes of two sets in the replicates that both have."""
        both = min(self.seen[one].size, self.seen[other].size)
        return self.seen[one][:both], self.seen[other][:both]
