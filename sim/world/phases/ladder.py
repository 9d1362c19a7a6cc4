"""Phase 10: small deals are proposed, kept or broken, and trust follows what was seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory.ladder import defection_probability, forget, update_trust
from sim.world.state import NEVER, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def ladder(world: World) -> None:
    """Plays a week of the ladder."""
    if not world.on.ladder or not world.rungs:
        return
    for row, (key, rung) in enumerate(world.tree.ladder.rungs.items()):
        _hold(world, row, key, rung)
    seen = world.trust.copy()
    for row, (key, rung) in enumerate(world.tree.ladder.rungs.items()):
        _propose(world, row, key, rung, seen)
    if world.on.trust:
        world.trust = forget(world.trust, world.sides.trust, world.tree.ladder.forgetting)


def _hold(world: World, row: int, key: str, rung: Any) -> None:
    """A deal in force is broken, runs out, or ends with the fighting."""
    is_open = world.rung_end[row] >= world.week
    due = (world.rung_breach[row] <= world.week) & is_open
    broken = due[0] | due[1]
    completed = is_open & ~broken & (world.rung_end[row] == world.week)
    _learn(world, row, rung, due, broken | completed)
    ended = broken | completed | (is_open & ~world.at_war)
    world.rung_end[row] = np.where(ended, world.week - 1, world.rung_end[row])
    world.rung_success[row] = np.where(completed, world.week, world.rung_success[row])
    for side, name in enumerate(world.scenario.belligerents):
        world.journal.note(world.week, "rung_broken", f"{key}.{name}", due[side])
    world.journal.note(world.week, "rung_completed", key, completed)


def _learn(world: World, row: int, rung: Any, breach: Flags, over: Flags) -> None:
    """Each side reads the other's part in a deal that is over; a breach is seen with the monitors' accuracy."""
    if not world.on.trust or not over.any():
        return
    rules = world.tree.ladder
    luck = world.uniform(f"monitoring {rung.rung}", "A", "B")
    reported = breach & (luck < rules.monitoring)
    learned = np.stack([
        update_trust(
            world.trust[side], temptation_to_cheat(world, rung)[1 - side], rules.noise,
            complied=~reported[1 - side], accuracy=0.5 + 0.5 * rules.monitoring,
        )
        for side in (0, 1)
    ])  # fmt: skip
    world.trust = np.where(over, learned, world.trust)


def temptation_to_cheat(world: World, rung: Any) -> Array:
    """Probability that an untrustworthy side cheats in a deal, (side, run)."""
    rules = world.tree.ladder
    chance = defection_probability(
        rung.stake, rules.defection, gain=rules.defection_gain,
        continuing=rules.continuation_value, precision=world.sides.precision,
    )  # fmt: skip
    return np.broadcast_to(chance, (2, world.runs))


def _propose(world: World, row: int, key: str, rung: Any, seen: Array) -> None:
    closed = (world.rung_end[row] < world.week) & world.at_war
    trusted = (seen[0] >= rung.trust) & (seen[1] >= rung.trust)
    opens = closed & trusted & (world.uniform("ladder", key)[0] < _rate(world, row, rung))
    if not opens.any():
        return
    weeks = np.maximum(np.round(rung.duration * np.ones(world.runs)), 1.0).astype(np.int64)
    world.rung_end[row] = np.where(opens, world.week + weeks, world.rung_end[row])
    world.rung_breach[row] = np.where(opens, _planned_breach(world, rung, weeks), world.rung_breach[row])
    world.journal.note(world.week, "rung_opened", key, opens, weeks)


def _rate(world: World, row: int, rung: Any) -> Array:
    """Weekly chance that a deal is struck: its own, what a dark site asks for, and a link to the rung below."""
    rules, rate = world.tree.ladder, rung.rate * np.ones(world.runs)
    if rung.repairs_site and world.tree.nuclear_site:
        rate = np.where(world.site_dark, rate * world.tree.nuclear_site.truce_pull, rate)
    below = [r for r, other in enumerate(rules.rungs.values()) if other.rung == rung.rung - 1]
    for lower in below:
        recent = world.week - world.rung_success[lower] <= rules.linkage_weeks
        rate = np.where(recent, rate * (1.0 + rules.linkage), rate)
    return np.clip(rate, 0.0, 1.0)


def _planned_breach(world: World, rung: Any, weeks: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Week in which each side will break the deal, (side, run), or never: design of the bad, accident of the good."""
    rules = world.tree.ladder
    chance = np.where(world.trustworthy, rules.noise, np.maximum(temptation_to_cheat(world, rung), rules.noise))
    breaks = world.uniform(f"breach {rung.rung}", "A", "B") < chance
    when = world.week + 1 + np.floor(world.uniform(f"breach week {rung.rung}", "A", "B") * weeks).astype(np.int64)
    return np.where(breaks, np.minimum(when, world.week + weeks), NEVER)
