"""Phase 3: strikes and repair of the grids, humanitarian need, and the nuclear site."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory import grid as power
from sim.theory.arrays import ordered_sum
from sim.theory.commitment import weekly_probability
from sim.theory.humanitarian import funding, next_need
from sim.theory.nuclear import accident_hazard, loss_hazard
from sim.theory.season import poisson_from_uniform, seasonal
from sim.world.phases.calendar import peak_week
from sim.world.phases.shocks import sizes
from sim.world.state import World

Array = npt.NDArray[np.float64]

MOST_WAVES = 8
"""Waves that one week can hold; more are left out (at two waves a week once in a thousand weeks)."""


def infrastructure(world: World) -> None:
    """Plays a week of strikes, repair, need and risk."""
    if world.on.strikes:
        for key, campaign in world.tree.shocks.items():
            if campaign.kind == "strike_campaign":
                _strike(world, key, campaign)
    _keep_grids(world)
    if world.on.humanitarian and world.tree.humanitarian:
        _help(world)
    if world.on.nuclear and world.tree.nuclear_site:
        _watch_site(world)


def _strike(world: World, key: str, campaign: Any) -> None:
    side = world.side_of(campaign.target)
    season = seasonal(world.week, campaign.season.amplitude, peak_week(world, campaign.season.peak))
    spared = world.relief("spares_grid")
    rate = campaign.rate * season * world.level(f"strikes.{key}", 1.0) * world.at_war * (1.0 - spared)
    waves = poisson_from_uniform(world.uniform("strikes", key)[0], rate, MOST_WAVES)
    live = np.arange(waves.max())[:, None] < waves
    mark = np.zeros(live.shape)
    luck = world.uniform("strike sizes", key, slots=MOST_WAVES)[: len(live)]
    mark[live] = sizes(campaign.size, luck[live])
    damage = _damage(world, campaign, side, mark)
    world.grid[side] = power.strike(world.grid[side], damage, live)
    world.strikes[side] += waves
    world.harm[side] += campaign.harm * ordered_sum(mark)


def _damage(world: World, campaign: Any, side: int, mark: Array) -> Array:
    shield, key = world.sides.grid, world.names[side]
    quality = world.level(f"air_defence.{key}", 1.0) * np.ones(world.runs)
    growth = power.leak_growth(world.aid[side], shield.aid_elasticity[side], quality)
    drones, missiles = campaign.drones, campaign.missiles
    return power.wave_damage(
        drones.per_wave * np.exp(drones.growth * world.week) * campaign.share,
        missiles.per_wave * np.exp(missiles.growth * world.week) * campaign.share,
        interception_drones=power.interception(shield.interception_drones[side], growth),
        interception_missiles=power.interception(shield.interception_missiles[side], growth),
        damage_drone=drones.damage,
        damage_missile=missiles.damage,
        mark=mark,
    )


def _keep_grids(world: World) -> None:
    shield = world.sides.grid
    if not world.sides.has_grid.any():
        return
    restored = np.minimum(shield.repair * (1.0 + world.regrouping()), 1.0) if world.regroups else shield.repair
    world.grid = np.where(world.sides.has_grid, power.repair(world.grid, restored, 1.0), world.grid)
    winter = peak_week(world, world.scenario.front.winter)
    need = power.demand(world.week, shield.demand, shield.winter_demand, winter)
    world.deficit = np.where(world.sides.has_grid, power.deficit(world.grid, need), 0.0)
    world.unserved = world.unserved + world.deficit


def _help(world: World) -> None:
    rules = world.tree.humanitarian
    side = world.side_of(rules.side)
    fighting = world.at_war * (1.0 - world.relief("spares_front"))
    remains = (1.0 - rules.relief) * (1.0 - world.relief("relieves_need"))
    world.need = next_need(world.need, remains, rules.displacement * fighting, rules.grid_harm * world.deficit[side])
    paid = rules.funded * np.exp(-rules.donor_fatigue * world.week)
    world.funded = funding(world.need, world.level("funding", paid) * np.ones(world.runs))


def _watch_site(world: World) -> None:
    site = world.tree.nuclear_site
    side = world.side_of(site.side)
    fighting = 1.0 - world.relief("spares_front")
    hazard = loss_hazard(
        site.loss_hazard,
        fighting,
        world.grid[side],
        _presence(world),
        site.fighting,
        site.grid,
        site.presence,
    )
    lost_luck, back_luck, accident_luck = world.uniform("nuclear", "site", slots=3)
    lost = (lost_luck < weekly_probability(hazard)) & world.at_war & ~world.site_dark
    truce = _repair_truce(world)
    back = world.site_dark & (truce | world.at_peace | (back_luck < weekly_probability(1.0 / site.repair_weeks)))
    world.site_dark = (world.site_dark | lost) & ~back
    world.dark_weeks = np.where(world.site_dark, world.dark_weeks + 1.0, 0.0)
    burst = accident_luck < weekly_probability(
        accident_hazard(site.accident_hazard, world.dark_weeks, site.grace_weeks)
    )
    burst &= world.site_dark & ~world.accident
    world.accident |= burst
    for kind, where in (("power_lost", lost), ("power_restored", back), ("nuclear_accident", burst)):
        world.journal.note(world.week, kind, "site", where)


def _repair_truce(world: World) -> npt.NDArray[np.bool_]:
    truce = np.zeros(world.runs, dtype=bool)
    if world.rungs:
        for rung, is_open in zip(world.tree.ladder.rungs.values(), world.open_rungs, strict=True):
            truce |= is_open & rung.repairs_site
    return truce


def _presence(world: World) -> Array:
    """Presence of inspectors: the strongest of those that any third party keeps at the site."""
    present = np.zeros(world.runs)
    for row in world.mediators.site_presence:
        present = np.maximum(present, row)
    return np.clip(world.level("presence", present), 0.0, 1.0)
