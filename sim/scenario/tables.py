"""The tables that stand beside a scenario file, once they are read: plain columns in the file's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class StateRows:
    """The table of states.

    Parameters
    ----------
    iso3 : tuple of str
        Codes, one a state, unique.
    names, groups, council : tuple, one entry a state
        Name to print; groups that it belongs to; "permanent", "elected" or "".
    columns : mapping from column to (state,) float
        All other columns: ideal points, dependences, public positions.
    seats : mapping from year to (state,) str
        Seats in the Council by year, where the table gives them by year; `council` is the last of them.
    regions : tuple, one entry a state
        Regional group that elects members of the Council; empty where the table has none.
    """

    iso3: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    council: tuple[str, ...]
    columns: Mapping[str, Array]
    seats: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    regions: tuple[str, ...] = ()

    def members(self, group: str) -> npt.NDArray[np.bool_]:
        """Which states belong to a group."""
        return np.array([group in groups for groups in self.groups])


@dataclass(frozen=True)
class TieRows:
    """Ties of one layer: row number of the influenced state, row number of the other, weight."""

    influenced: npt.NDArray[np.intp]
    other: npt.NDArray[np.intp]
    weight: Array


@dataclass(frozen=True)
class DonorRows:
    """Donors of one aid, with their weekly deliveries."""

    donor: tuple[str, ...]
    weekly: Array


@dataclass(frozen=True)
class Tables:
    """All tables of a scenario, and their text as it was read (for the hash and for the results folder).

    Two are equal when their texts are: the columns follow from the text and from the file that names them.
    """

    states: StateRows | None = field(default=None, compare=False)
    ties: Mapping[str, TieRows] = field(default_factory=dict, compare=False)
    donors: Mapping[str, DonorRows] = field(default_factory=dict, compare=False)
    texts: Mapping[str, str] = field(default_factory=dict)
