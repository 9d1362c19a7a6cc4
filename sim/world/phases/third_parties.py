"""Phase 7: third states listen to their partners, donors give, and the coalition of sanctions holds or erodes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.randomness import short_normals
from sim.theory.arrays import ordered_sum
from sim.theory.sanctions import next_leak
from sim.world.phases.calendar import week_of
from sim.world.state import World

Array = npt.NDArray[np.float64]

QUALIFIED = 0.55
"""Share of members of a qualified majority."""


def third_parties(world: World) -> None:
    """Plays a week of the world around the table."""
    if world.on.influence and world.society.rows is not None and world.society.topics:
        _influence(world)
    if world.on.aid:
        _help(world)
    if world.on.sanctions and world.tree.sanctions and world.society.rows is not None:
        _sanction(world, world.tree.sanctions)


def _influence(world: World) -> None:
    society, rules = world.society, world.tree.influence
    spread, drift = world.layout.over_runs(rules.noise), rules.weariness * world.at_war
    society.listen(spread.astype(np.float32), drift.astype(np.float32), world.week)


def weariness(world: World) -> Array:
    """War-weariness of the world in [0, 1], growing with the weeks, (run,)."""
    return -np.expm1(-world.week / world.layout.over_runs(world.tree.assembly.weariness_weeks))


def _help(world: World) -> None:
    """Adds up what all donors give each side, in units of what they gave it at the start."""
    given, planned = np.zeros((2, world.runs)), np.zeros((2, world.runs))
    for key, rules in world.tree.aid.items():
        side = world.side_of(rules.recipient)
        given[side] += rules.share * _delivered(world, key, rules)
        planned[side] += rules.share
    ratio = np.where(planned > 0.0, given / np.maximum(planned, 1e-9), 1.0)
    world.aid = np.maximum(world.level("aid.all", ratio), 0.0)


def _delivered(world: World, key: str, rules: Any) -> Array:
    """What all donors of a group give in the week; at the start about 1."""
    society = world.society
    pledged = society.pledges[key]
    loyal = np.clip(world.tree.assembly.coalition * world.legitimacy, 0.0, 1.0)
    lost = rules.commitment_loss * (1.0 - loyal) * world.at_war
    pulled = society.shares[key] * (rules.peer_pull * ordered_sum(pledged))
    pledged *= np.maximum(1.0 - rules.peer_pull - lost, 0.0)
    pledged += pulled
    noise = world.luck.of_week(short_normals, f"aid {key}", society.donors[key], world.week)
    given = np.exp(np.asarray(rules.volatility, dtype=np.float32) * noise) * pledged
    for row, donor in enumerate(society.donors[key]):
        target = f"aid.{donor}"
        if target in world.factor or target in world.addend:
            given[row] = world.level(target, given[row])
    return ordered_sum(given) * np.exp(-0.5 * np.square(rules.volatility))


def _sanction(world: World, rules: Any) -> None:
    society = world.society
    if _renewal_is_due(world, rules):
        _renew(world, rules)
    society.leak = next_leak(society.leak, rules.leak_growth, 1.0)
    in_force = rules.bloc_share * society.bloc_in_force + (1.0 - rules.bloc_share) * society.others_share
    kept = (1.0 - society.leak) / np.maximum(1.0 - rules.leak, 1e-9)
    world.pressure = np.clip(world.level("sanctions.all", in_force * kept), 0.0, 1.0)


def _renewal_is_due(world: World, rules: Any) -> bool:
    first = 0 if rules.first_renewal is None else week_of(world, rules.first_renewal)
    return bool(world.week >= first and (world.week - first) % rules.renewal_weeks == 0)


def _renew(world: World, rules: Any) -> None:
    society = world.society
    will = _will(world, rules)
    bloc = society.bloc_members
    others = society.senders & ~bloc
    stay = ordered_sum((will[others] > 0.0).astype(np.float64))
    society.others_share = stay / max(int(others.sum()), 1)
    refuse = ordered_sum((will[bloc] <= 0.0).astype(np.float64))
    renewed = society.bloc_in_force & _bloc_agrees(world, rules, refuse, int(bloc.sum()))
    if rules.bloc:
        world.journal.note(world.week, "sanctions_renewed", rules.bloc, renewed, refuse)
        world.journal.note(world.week, "sanctions_lapsed", rules.bloc, society.bloc_in_force & ~renewed, refuse)
    society.bloc_in_force = renewed


def _bloc_agrees(world: World, rules: Any, refuse: Array, members: int) -> npt.NDArray[np.bool_]:
    if rules.bloc is None:
        return np.ones(world.runs, dtype=bool)
    if world.scenario.blocs[rules.bloc].decision_rule == "qualified_majority":
        return refuse <= (1.0 - QUALIFIED) * members
    bought = world.uniform("side payments", world.ids[rules.bloc])[0] < rules.side_payment
    return (refuse == 0) | ((refuse == 1) & bought)


def _will(world: World, rules: Any) -> Array:
    society = world.society
    assert society.rows is not None
    noise = society.normals(f"sanctions {world.week}")
    trade = society.rows.columns.get("trade_b", np.zeros(len(society.rows.iso3)))[:, None]
    return np.asarray(
        rules.benefit
        + rules.stance_weight * society.lean()
        - rules.trade_cost * trade * (1.0 + weariness(world))
        + world.tree.assembly.coalition * world.legitimacy
        + noise
    )
