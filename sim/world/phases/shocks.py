"""Phase 1: outside events come, last and end, and leave their mark on the quantities of the world.

A quantity can be a level (aid, funding, presence: what the shock does ends with it) or a stock (grid,
tolerance, forces: it is changed once, when the shock comes, and goes its own way afterwards).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.scenario.quantity import Quantity
from sim.theory.commitment import weekly_probability
from sim.theory.season import seasonal
from sim.world.phases.calendar import peak_week, week_of
from sim.world.quantities import observe
from sim.world.red_lines import shift
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

STOCKS = ("grid", "tolerance", "forces", "trust", "site", "need", "stance", "red_line")
LEVELS = (
    "aid", "air_defence", "funding", "presence", "incentive", "leverage", "sanctions", "economy", "strikes",
    "pressure", "engagement", "mobility", "replacement", "hardness",
)  # fmt: skip
"""Kinds of quantities that a shock can change, as stocks and as levels."""


def shocks(world: World) -> None:
    """Lets this week's events happen and sets the factors on all levels."""
    world.factor, world.addend = {}, {}
    if not world.on.shocks:
        return
    for key, shock in world.tree.shocks.items():
        if shock.kind != "strike_campaign":
            _play(world, key, shock)


def _play(world: World, key: str, shock: Any) -> None:
    begins = _begins(world, key, shock)
    if begins.any():
        _begin(world, key, shock, begins)
    if key in world.shock_end:
        active = world.week < world.shock_end[key]
        for change in shock.changes if active.any() else ():
            if change.target.partition(".")[0] in LEVELS:
                _level(world, change, np.where(active, world.shock_size[key], 0.0))


def _begins(world: World, key: str, shock: Any) -> Flags:
    luck = world.uniform("shocks", key)[0]
    if shock.kind == "dated":
        today = week_of(world, shock.when) == world.week
        return luck < shock.probability if today else np.zeros(world.runs, dtype=bool)
    chance = weekly_probability(_rate(world, shock)) * np.ones(world.runs)
    if shock.kind == "triggered":
        resting = world.shock_rest.get(key, np.zeros(world.runs)) > world.week
        chance = np.where(_crossed(world, shock) & ~resting, chance, 0.0)
    return luck < chance


def _rate(world: World, shock: Any) -> float | Array:
    if shock.kind != "seasonal":
        return shock.hazard
    return shock.hazard * seasonal(world.week, shock.season.amplitude, peak_week(world, shock.season.peak))


def _crossed(world: World, shock: Any) -> Flags:
    value = observe(world, shock.watch)
    return value < shock.below if shock.below is not None else value > shock.above


def _begin(world: World, key: str, shock: Any, begins: Flags) -> None:
    size = sizes(shock.size, world.uniform("shock sizes", key)[0])
    end = np.inf if shock.lasts is None else world.week + shock.lasts
    world.shock_end[key] = np.where(begins, end, world.shock_end.get(key, np.full(world.runs, -1.0)))
    world.shock_size[key] = np.where(begins, size, world.shock_size.get(key, np.zeros(world.runs)))
    if shock.kind == "triggered":
        rest = world.shock_rest.get(key, np.zeros(world.runs))
        world.shock_rest[key] = np.where(begins, world.week + shock.rest, rest)
    for change in shock.changes:
        if change.target.partition(".")[0] in STOCKS:
            _stock(world, change, np.where(begins, size, 0.0))
    world.journal.note(world.week, "shock", key, begins, size)


def sizes(size: Quantity, uniform: Array) -> Array:
    """Sizes of events from uniform draws, through a table of the distribution's quantiles."""
    if size.fixed:
        return np.full_like(uniform, size.arguments[0])
    return np.interp(uniform, *_quantiles(size))


@cache
def _quantiles(size: Quantity) -> tuple[Array, Array]:
    grid = np.linspace(0.5 / 4096, 1 - 0.5 / 4096, 4096)
    return grid, size.quantile(grid)


def _level(world: World, change: Any, size: Array) -> None:
    if change.multiply is not None:
        factor = np.maximum(1.0 + size * (change.multiply - 1.0), 0.0)
        world.factor[change.target] = world.factor.get(change.target, 1.0) * factor
    else:
        world.addend[change.target] = world.addend.get(change.target, 0.0) + size * change.add


def _stock(world: World, change: Any, size: Array) -> None:
    kind, _, name = change.target.partition(".")
    if kind == "site":
        goes_dark = (size > 0) & world.at_war & ~world.site_dark & world.on.nuclear
        world.site_dark |= goes_dark
        world.journal.note(world.week, "power_lost", "site", goes_dark)
        return
    if kind == "stance":
        world.society.shift(name, _changed(np.zeros(world.runs), change, size))
        return
    if kind == "red_line":
        side = world.side_of(name)
        shift(world, side, _changed(world.red_line[side], change, size))
        return
    stock: Array = world.need if kind == "need" else getattr(world, kind)[world.side_of(name)]
    top = np.inf if kind in ("forces", "need") else 1.0
    stock[:] = np.clip(_changed(stock, change, size), 0.0, top)


def _changed(value: Array, change: Any, size: Array) -> Array:
    if change.multiply is not None:
        return value * np.maximum(1.0 + size * (change.multiply - 1.0), 0.0)
    return np.asarray(value + size * change.add)
