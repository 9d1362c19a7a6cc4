"""Talks that settle one issue after the other: each is bargained by itself, and what is agreed stays agreed.

The loss that a party could bear in all is spread over the issues by how much it cares for each, so that it asks
for the same part of the way on every issue; what it won or lost on one does not bear on the next.  That is what
keeps issues from being traded for one another.  Nothing can be signed before all issues are settled.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sim.theory.frontier import terms_at
from sim.theory.preferences import issue_sum
from sim.theory.worth import Tastes, worth
from sim.world.agenda import frontier_of
from sim.world.offered import Texts, together, within
from sim.world.phases.bargainers import players_need
from sim.world.protocols import Table, Tabled
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def one_issue(world: World, agenda: int, table: Table, shown: Flags, live: Rows) -> Table:
    """The table of a week at which one issue is open, with the frontier and the reservation values of that issue."""
    kind = world.agendas[agenda].take(live)
    turn = in_turn(shown, table.age, world.tree.protocol.weeks_per_issue) & ~_settled(world, table, live)
    free = np.take(turn, kind.rows, axis=0)
    every = together(kind.signed, world.judges[agenda].signed.take(live))
    alone = of_issue(every, free)
    needed = np.concatenate([table.needed[:1], players_need(world, agenda, live), table.needed[1:]])
    on_text = np.take(table.text, kind.rows, axis=0)
    need = _share(every, np.take(shown, kind.rows, axis=0), free, needed, on_text)
    sides = np.stack([need[0], need[-1]])
    knots, chain = frontier_of(of_parties(alone, [0, -1]), free)

    def placed(values: Array) -> Array:
        terms = table.text.copy()
        terms[kind.rows] = np.where(free, values, terms[kind.rows])
        return terms

    def gains(terms: Array) -> Array:
        found = worth(np.take(terms, kind.rows, axis=0), alone) - 1.0 - need
        return np.concatenate([found[:1], found[-1:], found[1:-1]])

    def texts(*asked: int) -> Texts:
        whole = table.texts(*asked)
        mine = replace(whole.offered, terms=np.take(whole.offered.terms, whole.column, axis=-1))
        own = within(mine, free, on_text, alone)
        return Texts(own, np.arange(live.size), need, placed)

    return replace(
        table, open_issues=turn, frontier=chain, needed=sides, gains=gains, texts=texts,
        terms_at=lambda position: placed(terms_at(chain, knots, position)),
    )  # fmt: skip


def in_turn(shown: Flags, age: npt.NDArray[np.int64], weeks: int) -> Flags:
    """The issue, (issue, run), of those that are shown, to which a week of talks belongs."""
    rank = np.cumsum(shown, axis=0)
    turn = (age // weeks) % np.maximum(rank[-1], 1)
    return np.asarray(shown & (rank == turn + 1))


def settle(world: World, table: Table, shown: Flags, said: Tabled, live: Rows) -> Tabled:
    """What is left on the table when an issue that is agreed at the end of its turn stays agreed."""
    over = (table.age + 1) % world.tree.protocol.weeks_per_issue == 0
    settled = _settled(world, table, live) | (table.open_issues & said.complete & over)
    world.settled[:, live] = settled
    whole = np.all(settled | ~shown, axis=0)
    return Tabled(said.text, whole, said.straight & whole)


def settled_before(world: World) -> Flags:
    """Issues that the talks in session had settled before this week, (issue, run)."""
    if world.tree.protocol.pace == "package":
        return np.zeros(1, dtype=np.bool_)
    return world.settled & (world.talks_start < world.week)


def _settled(world: World, table: Table, live: Rows) -> Flags:
    """Issues that these talks have settled, (issue, run); none in their first week."""
    return np.take(world.settled, live, axis=-1) & (table.age > 0)


def of_issue(every: Tastes, free: Flags) -> Tastes:
    """Weights of the parties with nothing but the free issues, (issue, run), in them."""
    masked = {name: np.where(free, getattr(every, name), 0.0) for name in ("salience", "steepness", "norm")}
    return every._replace(**masked)


def of_parties(every: Tastes, rows: list[int]) -> Tastes:
    """Weights of some of the parties."""
    fields = {
        name: own if isinstance(own, float) or name == "charter" else np.take(own, rows, axis=0)
        for name, own in zip(Tastes._fields, every, strict=True)
    }
    return Tastes(**fields)  # type: ignore[arg-type]


def _share(every: Tastes, shown: Flags, free: Flags, needed: Array, text: Array) -> Array:
    """Reservation values on the free issue: its part, by salience, of the loss that each party could bear in all."""
    bears = worth(text, of_issue(every, ~shown)) - 1.0 - needed
    care, of_free = (issue_sum(np.where(flags, every.salience, 0.0)) for flags in (shown, free))
    return np.asarray(-bears * of_free / np.where(care > 0.0, care, 1.0))
