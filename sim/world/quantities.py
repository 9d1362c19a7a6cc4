"""How a world gives the quantities that are recorded and watched, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.record.quantities import NAMES
from sim.theory.humanitarian import gap
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.phases.sincerity import believed
from sim.world.state import CEASEFIRE, SETTLEMENT, VICTORY_A, VICTORY_B, World

Array = npt.NDArray[np.float64]
Reading = Callable[[World], npt.NDArray[np.floating[Any]]]

WATCHED = ("grid", "tolerance", "fatigue", "forces", "trust", "deficit", "front", "need", "site", "aid")
"""Kinds of quantities that a triggered shock can watch; all but front, need and site go by a belligerent."""

ROUNDING = 1e-9
"""Surpluses this little below zero count as none."""


def _row(name: str, row: int) -> Reading:
    return lambda world: getattr(world, name)[row]


def _status(code: int) -> Reading:
    return lambda world: (world.status == code) * 1.0


def _on_text(reading: Reading) -> Reading:
    return lambda world: np.where(world.talking, reading(world), np.nan)


def _rung(height: int) -> Reading:
    def reading(world: World) -> Array:
        found = np.zeros(world.runs)
        for row, key in enumerate(world.rungs):
            if world.tree.ladder.rungs[key].rung == height:
                found = np.maximum(found, (world.rung_end[row] >= world.week) * 1.0)
        return found

    return reading


def _possible(agenda: int) -> Reading:
    # Under a standing ceasefire another one on the same terms gains exactly nothing, up to rounding.
    return lambda world: (np.minimum(world.surplus[agenda, 0], world.surplus[agenda, 1]) >= -ROUNDING) * 1.0


def _line(row: int) -> Reading:
    return lambda world: np.where(world.at_war, world.range_ends[row], np.nan)


_SIDES = {
    "forces": "forces", "casualties": "casualties", "fatigue": "fatigue", "grid": "grid", "deficit": "deficit",
    "tolerance": "tolerance", "cost": "cost", "belief": "drift_mean", "trust": "trust", "ripeness": "ripe",
}  # fmt: skip

READINGS: dict[str, Reading] = {
    "war": lambda world: (world.at_war & ~world.talking) * 1.0,
    "talks": lambda world: (world.at_war & world.talking) * 1.0,
    "ceasefire": _status(CEASEFIRE),
    "settlement": _status(SETTLEMENT),
    "victory_a": _status(VICTORY_A),
    "victory_b": _status(VICTORY_B),
    "front": lambda world: world.front,
    "offer": _on_text(lambda world: world.text[world.issues.territory]),
    "nash_line": _on_text(lambda world: world.nash[0]),
    "nash_gain": _on_text(lambda world: world.nash[1]),
    "sincere": _on_text(lambda world: (world.sincere[0] & world.sincere[1]) * 1.0),
    "believed_sincerity": _on_text(believed),
    "accepts_a": _line(1),
    "accepts_b": _line(0),
    "range_exists": lambda world: np.where(
        np.isnan(world.range_ends).any(axis=0), np.nan, world.range_ends[0] <= world.range_ends[1]
    ),
    "ceasefire_possible": _possible(CEASEFIRE_AGENDA),
    "settlement_possible": _possible(SETTLEMENT_AGENDA),
    **{f"{name}_{side}": _row(attribute, row) for name, attribute in _SIDES.items() for row, side in enumerate("ab")},
    **{f"aid_{side}": _row("aid", row) for row, side in enumerate("ab")},
    "pressure": lambda world: world.pressure,
    "coalition": lambda world: world.society.coalition,
    "need_gap": lambda world: gap(world.need, world.funded),
    "strikes": lambda world: world.strikes[0] + world.strikes[1],
    "site_dark": lambda world: world.site_dark * 1.0,
    "legitimacy": lambda world: world.legitimacy,
    **{f"rung_{height}": _rung(height) for height in (1, 2, 3, 4)},
}  # fmt: skip
"""For each recorded quantity, its value in every run, (run,); NaN where it does not exist."""

assert tuple(READINGS) == NAMES


def observe(world: World, target: str) -> Array:
    """Value of a watched quantity, (run,): ``front``, ``need``, ``grid.north``.

    Names are checked when a scenario is bound, so none fails here.
    """
    kind, _, name = target.partition(".")
    if kind == "front":
        return world.front
    if kind == "need":
        return gap(world.need, world.funded)
    if kind == "site":
        return world.dark_weeks
    reading: Array = getattr(world, kind)[world.side_of(name)]
    return reading
