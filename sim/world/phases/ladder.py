"""Phase 10: small deals are proposed, kept or broken, and trust follows what was seen.

All rungs are played at once, on arrays (rung, run) and (rung, side, run).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.ladder import defection_probability, forget, trust_odds, update_odds
from sim.world.state import NEVER, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Weeks = npt.NDArray[np.int64]


def ladder(world: World) -> None:
    """Plays a week of the ladder."""
    if not world.on.ladder or not world.rungs:
        return
    _hold(world)
    _propose(world)
    if world.on.trust:
        world.trust = forget(world.trust, world.sides.trust, world.tree.ladder.forgetting)


def _hold(world: World) -> None:
    """Deals in force are broken, run out, or end with the fighting."""
    is_open = world.open_rungs
    if not is_open.any():
        return
    breach = (world.rung_breach <= world.week) & is_open[:, None]
    broken = breach[:, 0] | breach[:, 1]
    completed = is_open & ~broken & (world.rung_end == world.week)
    over = broken | completed
    if world.on.trust and over.any():
        _learn(world, breach, over)
    ended = over | (is_open & ~world.at_war)
    world.rung_end = np.where(ended, world.week - 1, world.rung_end)
    world.rung_success = np.where(completed, world.week, world.rung_success)
    _note(world, breach, completed)


def _note(world: World, breach: Flags, completed: Flags) -> None:
    for row, key in enumerate(world.rungs):
        for side, name in enumerate(world.names):
            world.journal.note(world.week, "rung_broken", f"{key}.{name}", breach[row, side])
        world.journal.note(world.week, "rung_completed", key, completed[row])


def _learn(world: World, breach: Flags, over: Flags) -> None:
    """Each side reads the other's part in the deals that are over; breaches are seen with the monitors' accuracy."""
    rules = world.tree.ladder
    reported = breach & (world.by_rung("monitoring") < rules.monitoring)
    lesson = update_odds(
        1.0,
        temptation_to_cheat(world),
        rules.noise,
        complied=~reported,
        accuracy=0.5 + 0.5 * rules.monitoring,
    )
    odds = trust_odds(world.trust)
    for row in range(len(world.rungs)):
        odds = np.where(over[row], odds * lesson[row, ::-1], odds)
    learned = np.clip(odds / (1.0 + odds), 1e-6, 1.0 - 1e-6)
    changed = np.logical_or.reduce(over, axis=0)
    world.trust = np.where(changed, learned, world.trust)


def temptation_to_cheat(world: World) -> Array:
    """Probability that an untrustworthy side cheats in a deal, (rung, side, run)."""
    rules = world.tree.ladder
    chance = defection_probability(
        world.rung_stake[:, None], rules.defection, gain=rules.defection_gain,
        continuing=rules.continuation_value, precision=world.sides.precision,
    )  # fmt: skip
    return np.broadcast_to(chance, (len(world.rungs), 2, world.runs))


def _propose(world: World) -> None:
    closed = (world.rung_end < world.week) & world.at_war
    trusted = np.minimum(world.trust[0], world.trust[1]) >= world.rung_trust
    opens = closed & trusted & (world.by_rung("ladder", "deal")[:, 0] < _rate(world))
    if not opens.any():
        return
    world.rung_end = np.where(opens, world.week + world.rung_weeks, world.rung_end)
    world.rung_breach = np.where(opens[:, None], _planned_breach(world), world.rung_breach)
    for row, key in enumerate(world.rungs):
        world.journal.note(world.week, "rung_opened", key, opens[row], world.rung_weeks[row])


def _rate(world: World) -> Array:
    """Weekly chance that each deal is struck: its own, what a dark site asks for, and a link to the rung below."""
    rules, rate = world.tree.ladder, world.rung_rate
    if world.tree.nuclear_site and world.site_dark.any():
        pulled = world.rung_repairs & world.site_dark
        rate = np.where(pulled, rate * world.tree.nuclear_site.truce_pull, rate)
    if np.any(np.asarray(rules.linkage) > 0.0):
        recent = world.week - world.rung_success <= rules.linkage_weeks
        linked = np.stack([np.logical_or.reduce(recent[below], axis=0) for below in world.rungs_below])
        rate = np.where(linked, rate * (1.0 + rules.linkage), rate)
    return np.minimum(rate, 1.0)


def _planned_breach(world: World) -> Weeks:
    """Week in which each side will break each deal, or never: design of the bad, accident of the good."""
    noise = world.tree.ladder.noise
    chance = np.where(world.trustworthy, noise, np.maximum(temptation_to_cheat(world), noise))
    breaks = world.by_rung("breach") < chance
    within = np.floor(world.by_rung("breach week") * world.rung_weeks[:, None]).astype(np.int64)
    when = world.week + np.minimum(1 + within, world.rung_weeks[:, None])
    return np.where(breaks, when, NEVER)
