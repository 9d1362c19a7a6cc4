"""Texts that all parties of a table could put forward, where more than two bargain or issues have few values.

They are laid out once for a batch, with what each is worth to each party; from week to week only the reservation
values move.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.theory.outcomes import outcome_grid
from sim.theory.pareto_surface import surface_terms
from sim.theory.rankings import OwnRanking, own_rankings
from sim.theory.worth import Tastes, worth

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Offered:
    """Terms on the issues of an agenda, (text, issue, run), and their worth, (party, text, run).

    The worth counts the losses on these issues alone, as a frontier's utilities do.
    """

    terms: Array
    worth: Array

    @cached_property
    def ranked(self) -> tuple[OwnRanking, ...]:
        """What each party knows of them."""
        return own_rankings(self.worth)


@dataclass(frozen=True)
class Texts:
    """The texts at the tables of some runs.

    Parameters
    ----------
    offered : Offered
        For a batch.
    column : (run,) int
        Where these runs stand in the batch.
    needed : (party, run) float
        Reservation values in the units of the worth: A, the veto players, B.
    placed : callable
        Whole terms, (issue, run), of what is put forward on the issues of the agenda.
    """

    offered: Offered
    column: Rows
    needed: Array
    placed: Callable[[Array], Array]

    @property
    def ranked(self) -> list[OwnRanking]:
        """What each party knows of them in these runs."""
        return [own.of_runs(self.column) for own in self.offered.ranked]

    def gains(self) -> Array:
        """Surplus of each party over its reservation value, (party, text, run)."""
        return np.take(self.offered.worth, self.column, axis=-1) - self.needed[:, None]

    def terms(self, number: npt.NDArray[np.int64]) -> Array:
        """Terms of a text of its own in every run, (run,) to (issue, run)."""
        issues = np.arange(self.offered.terms.shape[1])[:, None]
        return self.placed(self.offered.terms[number, issues, self.column])


def together(sides: Tastes, players: Tastes) -> Tastes:
    """Weights of all parties in the order of a table: A, the veto players, B."""
    shape = sides.ideal_point.shape[1:]

    def joined(one: float | Array, other: float | Array) -> float | Array:
        if isinstance(one, float) and isinstance(other, float) and one == other:
            return one
        mine = np.broadcast_to(one, (2, *shape))
        yours = np.broadcast_to(other, (len(players.ideal_point), *shape))
        return np.concatenate([mine[:1], yours, mine[1:]])

    fields = {
        name: joined(getattr(sides, name), getattr(players, name)) for name in Tastes._fields if name != "charter"
    }
    return Tastes(**fields, charter=sides.charter)  # type: ignore[arg-type]


def offer(judges: Tastes, lattice: int, steps: int, places: int) -> Offered:
    """Texts on a lattice of so many values an issue, or on the Pareto surface where the lattice is 0."""
    issues, runs = judges.ideal_point.shape[1:]
    if lattice:
        values = outcome_grid((lattice,) * issues) / (lattice - 1.0)
        terms: Array = np.broadcast_to(values.T[:, :, None], (values.shape[1], issues, runs))
    else:
        terms = surface_terms(judges, steps, places)
    return Offered(terms, worth_of(terms, judges))


def within(offered: Offered, open_issues: Flags, text: Array, judges: Tastes) -> Offered:
    """The same texts where some issues, (issue, run), must stay as they are on the table."""
    terms = np.where(open_issues, offered.terms, text)
    return Offered(terms, worth_of(terms, judges))


def worth_of(terms: Array, judges: Tastes) -> Array:
    """What texts are worth on the issues of the agenda, less the best, (party, text, run)."""
    return np.stack([worth(text, judges) for text in terms], axis=1) - 1.0
