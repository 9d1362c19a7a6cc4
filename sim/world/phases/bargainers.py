"""What veto players bring to a table, and the texts that all parties of it could put forward."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.theory.worth import Tastes
from sim.world.agenda import Agenda
from sim.world.offered import Offered, Texts, offer, together, within, worth_of
from sim.world.phases import consent
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def players_need(world: World, agenda: int, live: Rows) -> Array:
    """What the veto players at a table need, (player, run), in the units of its frontier."""
    judges = world.judges[agenda]
    if not judges.keys:
        return np.zeros((0, live.size))
    return np.take(consent.reservation(world, agenda) - judges.outside(world.wartime), live, axis=-1)


def everybody(world: World, kind: Agenda, agenda: int, live: Rows) -> Tastes:
    """Weights of all parties of an agenda on its issues: A, the veto players, B."""
    return together(kind.signed, world.judges[agenda].signed.take(live))


def players_gain(world: World, agenda: int, terms: Array, live: Rows, need: Array) -> Array:
    """Surplus of the veto players at given terms, (player, run)."""
    judges = world.judges[agenda]
    return worth_of(np.take(terms, judges.rows, axis=0)[None], judges.signed.take(live))[:, 0] - need


def put_forward(
    world: World, agenda: int, shown: Flags, text: Array, needed: Array, theirs: Array, live: Rows
) -> Callable[[int, int, int], Texts]:
    """What a table could put forward, made where a protocol asks for it: lattice, parts of a weight, places.

    Issues that are not shown stay as they are on the table.
    """

    def texts(lattice: int, steps: int, places: int) -> Texts:
        kind = world.agendas[agenda]
        free, on_table = np.take(shown, kind.rows, axis=0), kind.on_table[kind.rows]
        every, column = _every(world, agenda, lattice, steps, places), live
        if not np.array_equal(free, np.broadcast_to(on_table, free.shape)):
            mine = Offered(np.take(every.terms, live, axis=-1), np.zeros(0))
            judges = everybody(world, kind.take(live), agenda, live)
            every, column = within(mine, free, np.take(text, kind.rows, axis=0), judges), np.arange(live.size)
        need = np.concatenate([needed[:1], theirs, needed[1:]])
        return Texts(every, column, need, _placed(kind, np.take(world.wartime, live, axis=-1)))

    return texts


def _every(world: World, agenda: int, *asked: int) -> Offered:
    """Texts of a whole batch, laid out once."""
    key = (agenda, *asked)
    if key not in world.offered:
        world.offered[key] = offer(everybody(world, world.agendas[agenda], agenda, world.each_run), *asked)
    return world.offered[key]


def _placed(kind: Agenda, wartime: Array) -> Callable[[Array], Array]:
    def placed(values: Array) -> Array:
        terms = wartime.copy()
        terms[kind.rows] = np.where(kind.on_table[kind.rows], values, terms[kind.rows])
        return terms

    return placed
