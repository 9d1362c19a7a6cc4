"""One line of the validation catalogue: what is expected, how it is found, and whether both agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Group = Literal["exact", "laws", "facts", "votes"]
Verdict = Literal["holds", "fails", "left out"]

GROUPS: tuple[Group, ...] = ("exact", "laws", "facts", "votes")

Numbers = tuple[float, ...]


@dataclass(frozen=True)
class Entry:
    """Something that the program can be held against.

    Parameters
    ----------
    group : str
        ``exact`` (results of theory), ``laws`` (what must be true of every played world), ``facts``
        (patterns of past wars) or ``votes`` (patterns of past roll calls).
    number : str
        Its number in the catalogue, stable.
    name : str
    expected : tuple of float
        Set before looking: from the source, never from what was found.
    find : callable, optional
        Gives the numbers to compare, as many as expected; None where the program has nothing that could.
    tolerance : float
        Largest absolute difference, the same for all numbers.
    source : str
        Keys of ``sim/theory/references.md``, or words.
    label : str
        ``V`` published, ``T`` textbook theorem, ``C`` computed, as the catalogue has it.
    remark : str
        Why it is left out, or what the reader should know.
    """

    group: Group
    number: str
    name: str
    expected: Numbers
    find: Callable[[], Any] | None
    tolerance: float = 1e-9
    source: str = ""
    label: str = "C"
    remark: str = ""

    def check(self) -> Checked:
        """The entry with what was found."""
        if self.find is None:
            return Checked(self, (), "left out")
        found = tuple(float(number) for number in np.ravel(self.find()))
        agrees = len(found) == len(self.expected) and bool(
            np.allclose(found, self.expected, rtol=0.0, atol=self.tolerance)
        )
        return Checked(self, found, "holds" if agrees else "fails")


@dataclass(frozen=True)
class Checked:
    """An entry, what was found for it, and the verdict.

    Parameters
    ----------
    entry : Entry
    found : tuple of float
        Empty where the entry was left out.
    verdict : str
        ``holds``, ``fails`` or ``left out``.
    interval : tuple of two float, optional
        95 % Monte-Carlo error of what was found.
    band : tuple of two float, optional
        Where what was found must lie, in place of the expected number and its tolerance.
    """

    entry: Entry
    found: Numbers
    verdict: Verdict
    interval: tuple[float, float] | None = None
    band: tuple[float, float] | None = None
