"""The record of the Assembly as the study keeps it: roll calls in time, who votes, and who is like whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import Array
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES, Votes

NUMBER = np.array([1.0, -1.0, 0.0, np.nan])
"""Yes, no, abstention and absence as numbers, by outcome code."""


@dataclass(frozen=True)
class RollCall:
    """One vote of the Assembly.

    Parameters
    ----------
    name : str
        Symbol of the resolution, or the number of the call in its file.
    day : str
        Date as 2022-03-02.
    votes : int8 array, (states,) or None
        Outcome codes; None where only totals are known.
    totals : tuple of int
        Yes, no, abstaining, absent.
    family, kind : str
        As coded; empty for a text that is not.
    own : bool
        Whether the study predicts texts of this sort.
    """

    name: str
    day: str
    votes: Votes | None
    totals: tuple[int, int, int, int]
    family: str = ""
    kind: str = ""
    own: bool = False

    @property
    def years(self) -> float:
        """Date in years since 2014."""
        return (date.fromisoformat(self.day) - date(2014, 1, 1)).days / 365.25

    @property
    def known(self) -> Votes:
        """Votes of a text whose roll call is complete."""
        assert self.votes is not None  # noqa: S101 (callers ask for complete roll calls only)
        return self.votes


@dataclass(frozen=True)
class Record:
    """Everything that was read: states, coded texts and background roll calls, each oldest first.

    `peers` is (states, states), rows summing to one: how much each state looks at each other one. `precedents`
    are texts of earlier conflicts of which only the totals count.
    """

    states: tuple[str, ...]
    names: tuple[str, ...]
    groups: npt.NDArray[np.str_]
    peers: Array
    texts: tuple[RollCall, ...]
    background: tuple[RollCall, ...]
    precedents: tuple[RollCall, ...]

    @property
    def lessons(self) -> tuple[RollCall, ...]:
        """Coded texts with a complete roll call and an own one a year before: what habits are learned on."""
        first = next(text.years for text in self.texts if text.own and text.votes is not None)
        return tuple(text for text in self.texts if text.votes is not None and text.years > first + 1.0)

    @property
    def targets(self) -> tuple[RollCall, ...]:
        """Own texts with a complete roll call and an earlier one."""
        return tuple(text for text in self.lessons if text.own)


def totals(votes: Votes) -> tuple[int, int, int, int]:
    """Yes, no, abstaining and absent states.

    >>> totals(np.array([0, 0, 3], dtype=np.int8))
    (2, 0, 0, 1)
    """
    counts = [int(np.count_nonzero(votes == code)) for code in (YES, NO, ABSTAIN, ABSENT)]
    return counts[0], counts[1], counts[2], counts[3]


def contested(votes: Votes, below: float = 0.8, least: int = 60) -> bool:
    """Whether a roll call has enough votes and less than a share of them says yes.

    >>> contested(np.array([0, 0, 1], dtype=np.int8), least=1)
    True
    """
    cast = int(np.count_nonzero(votes != ABSENT))
    return cast > least and int(np.count_nonzero(votes == YES)) < below * cast
