"""What was played of each set of levers: sets side by side on the same luck, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.analysis.measures import Estimate
from sim.record.intervals import CONFIDENCE, wilson
from sim.scenario.searches import cost_of, strengths
from sim.scenario.vocabulary.search import Search
from sim.studies.search.sets import Set

Flags = npt.NDArray[np.bool_]
Came = npt.NDArray[np.int8]
"""Of each run: 1 where the outcome came, 0 where it did not, -1 where the run failed."""
Columns = Mapping[str, npt.NDArray[np.float64]]

Play = Callable[[Columns, int, int, int], npt.NDArray[Any]]
"""Plays points: columns, how many replicates, from which on, on which seed; what came, (point, replicate)."""


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
    seen: dict[Set, Came] = field(default_factory=dict)
    runs: int = 0

    def ask(self, sets: Iterable[Set], replicates: int) -> None:
        """Plays what is missing until each of some sets has so many replicates."""
        self.fill(dict.fromkeys(sets, replicates))

    def fill(self, wanted: Mapping[Set, int]) -> None:
        """Plays what is missing of the replicates wanted of each set, all sets of one stretch at once."""
        short: dict[tuple[int, int], list[Set]] = {}
        for one, replicates in wanted.items():
            have = self.played(one)
            if have < replicates:
                short.setdefault((have, replicates), []).append(one)
        for (have, replicates), group in sorted(short.items()):
            came = np.asarray(self.play(self.board.columns(group), replicates - have, have, self.seed), dtype=np.int8)
            self.runs += came.size
            for one, left in zip(group, came, strict=True):
                self.seen[one] = np.concatenate([self.seen.get(one, left[:0]), left])

    def played(self, one: Set) -> int:
        """Replicates of a set that were played, failed ones among them."""
        return self.seen[one].size if one in self.seen else 0

    @property
    def failed(self) -> int:
        """Runs that failed."""
        return sum(int((came < 0).sum()) for came in self.seen.values())

    def share(self, one: Set) -> float:
        """Share of the runs of a set in which the outcome came, failed ones left out; 0 where all failed."""
        came = self.seen[one]
        return float((came > 0).sum() / max((came >= 0).sum(), 1))

    def estimate(self, one: Set, z: float = CONFIDENCE) -> Estimate:
        """The share with Wilson's interval; 0 to 1 where every run failed."""
        n = int((self.seen[one] >= 0).sum())
        if not n:
            return Estimate(0.0, 0.0, 1.0, 0)
        low, high = wilson(self.share(one), n, z)
        return Estimate(self.share(one), float(low), float(high), n)

    def pair(self, one: Set, other: Set) -> tuple[Flags, Flags]:
        """Outcomes of two sets in the replicates that both have."""
        both = min(self.seen[one].size, self.seen[other].size)
        first, second = self.seen[one][:both], self.seen[other][:both]
        whole = (first >= 0) & (second >= 0)
        return first[whole] > 0, second[whole] > 0
