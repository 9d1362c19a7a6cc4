"""Part of phase 7: the coalition of sanctions, renewed and eroded, and the pressure that is left of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import ordered_sum
from sim.theory.blocs import price_of_unanimity
from sim.theory.sanctions import adaptation, level, next_leak, pressure, stays
from sim.world.decisions import DECISIONS, Measure
from sim.world.phases.calendar import week_of
from sim.world.society import TARGET_TRADE
from sim.world.state import World
from sim.world.weariness import weariness

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def sanction(world: World, rules: Any) -> None:
    """Plays a week of the coalition: a renewal if one is due, the leak, the pressure."""
    society = world.society
    if _renewal_is_due(world, rules):
        _renew(world, rules)
    society.leak = next_leak(society.leak, rules.leak_growth, society.outside)
    in_force = rules.bloc_share * society.bloc_in_force + (1.0 - rules.bloc_share) * society.others_share
    kept = (1.0 - society.leak) / np.maximum(1.0 - rules.leak, 1e-9)
    kept = kept * adaptation(world.week, rules.adaptation)
    world.pressure = np.clip(world.level("sanctions.all", in_force * kept), 0.0, 1.0)


def _renewal_is_due(world: World, rules: Any) -> bool:
    first = 0 if rules.first_renewal is None else week_of(world, rules.first_renewal)
    return bool(world.week >= first and (world.week - first) % rules.renewal_weeks == 0)


def _renew(world: World, rules: Any) -> None:
    society = world.society
    bloc, others = society.bloc_members, society.senders & ~society.bloc_members
    will = _with_peers(world, rules, _will(world, rules))
    staying = will > 0.0
    society.others_share = pressure(_weights(world, others), level(will[others], rules.full_will), 0.0)
    if rules.bloc:
        _renew_in_the_bloc(world, rules, will[bloc])
    society.staying = np.where(bloc[:, None], society.bloc_in_force, staying) & society.senders[:, None]
    society.outside = society.trade_outside()
    society.coalition = np.count_nonzero(society.staying, axis=0) / max(int(society.senders.sum()), 1)


def _weights(world: World, senders: Flags) -> Array:
    """Weight of some senders, (sender, 1), summing to one: by their shares of the target's trade, or all alike."""
    table = world.society.rows
    assert table is not None
    shares = table.columns.get(TARGET_TRADE)
    weight = np.ones(int(senders.sum())) if shares is None else shares[senders]
    weight = weight if weight.sum() > 0.0 else np.ones(len(weight))
    return np.asarray((weight / max(float(weight.sum()), 1.0e-9))[:, None])


def _renew_in_the_bloc(world: World, rules: Any, will: Array) -> None:
    society = world.society
    before = society.bloc_in_force
    if rules.reinstatement is not None:
        will = np.where(before, will, will - rules.reinstatement)
    refuse = ordered_sum((will <= 0.0).astype(np.float64))
    agreed = DECISIONS[world.scenario.blocs[rules.bloc].decision_rule](_measure(world, rules, will))
    now = agreed if rules.reinstatement is not None else before & agreed
    society.bloc_in_force = now
    note = world.journal.note
    note(world.week, "sanctions_renewed", rules.bloc, before & now, refuse)
    note(world.week, "sanctions_reinstated", rules.bloc, ~before & now, refuse)
    note(world.week, "hold_outs_overcome", rules.bloc, now & (refuse > 0), price_of_unanimity(will))
    note(world.week, "sanctions_lapsed", rules.bloc, before & ~now, refuse)


def _measure(world: World, rules: Any, will: Array) -> Measure:
    bloc, leaf = world.scenario.blocs[rules.bloc], world.tree.actors[rules.bloc]
    table = world.society.rows
    assert table is not None
    members = np.flatnonzero(world.society.bloc_members)
    weights = np.ones(len(members)) if bloc.weights is None else table.columns[bloc.weights][members]
    leader = None if bloc.leader is None else int(np.searchsorted(members, world.society.place[bloc.leader]))
    luck = world.uniform("side payments", world.ids[rules.bloc])[0]
    return Measure(
        will,
        weights,
        leaf.quota,
        leaf.weight_quota,
        bloc.blocking_minority,
        leader,
        leaf.objection,
        rules.purse,
        luck < rules.side_payment,
    )


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


def _with_peers(world: World, rules: Any, will: Array) -> Array:
    """Will of each state once it sees who of the other senders stays: exits pull exits until none follows."""
    society = world.society
    if not np.any(np.asarray(rules.peer_weight) > 0.0):
        return will
    rows = np.flatnonzero(society.senders)
    alone = will[rows] - rules.peer_weight
    staying = society.staying[rows]
    for _ in rows:
        still = staying & stays(alone, 0.0, 0.0, society.peers @ staying.astype(np.float64), rules.peer_weight)
        if (still == staying).all():
            break
        staying = still
    will = will.copy()
    will[rows] = alone + rules.peer_weight * (society.peers @ staying.astype(np.float64))
    return will
