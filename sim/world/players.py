"""What veto players want, as arrays: parties beside the two belligerents whose consent an agreement needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.scenario.vocabulary import Scenario
from sim.theory.arrays import ordered_sum
from sim.world.parameters import NO_RED_LINE, Layout, by_issue, one_or_by_issue, steepness, unit, width

Array = npt.NDArray[np.float64]

ASKED = (("ceasefire", "both"), ("settlement", "both"))
"""What the `consent` of a veto player who is asked says, of a ceasefire and of a settlement."""


@dataclass(frozen=True)
class PlayerParameters:
    """Veto players who are asked about one kind of agreement: (player, issue, run), or (player, run)."""

    keys: tuple[str, ...]
    ideal_point: Array
    salience: Array
    red_line: Array
    steepness: Array
    """(player, 1 or issue, run), as of the sides; so with curvature."""
    curvature: Array
    charter_weight: Array
    precision: Array
    reservation: Array
    """Not a number where it is the worth of things as they are."""
    war_cost: Array
    hardness: Array


def veto_players(scenario: Scenario, kind: int | None = None) -> tuple[str, ...]:
    """Keys of the veto players of a world, by their names: all of them, or those asked about a kind of agreement."""
    if not scenario.mechanisms.consent:
        return ()
    every = sorted(scenario.veto_players.items())
    return tuple(key for key, actor in every if kind is None or actor.consent in ASKED[kind])


def player_parameters(layout: Layout, kind: int) -> PlayerParameters:
    """Arrays of those who are asked about a kind of agreement."""
    keys = veto_players(layout.scenario, kind)
    leaves = [layout.tree.actors[key] for key in keys]
    salience = by_issue(layout, leaves, "salience", lambda _, value: value, 0.0)
    plain = {
        name: layout.stack([getattr(one, name) for one in leaves])
        for name in ("charter_weight", "precision", "war_cost", "hardness")
    }
    return PlayerParameters(
        keys=keys,
        ideal_point=by_issue(layout, leaves, "ideal_point", unit, 0.0),
        salience=salience / ordered_sum(np.moveaxis(salience, 1, 0))[:, None],
        red_line=by_issue(layout, leaves, "red_line", width, NO_RED_LINE),
        steepness=steepness(layout, leaves),
        curvature=one_or_by_issue(layout, leaves, "curvature"),
        reservation=layout.stack([np.nan if isinstance(one.reservation, str) else one.reservation for one in leaves]),
        **plain,
    )
