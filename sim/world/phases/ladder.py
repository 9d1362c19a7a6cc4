"""Phase 10: small deals are proposed, kept or broken, and trust follows what was seen.

All rungs are played at once, on arrays (rung, run) and (rung, side, run).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.attribution import deal_gain
from sim.theory.humanitarian import gap, pulled_rate
from sim.theory.ladder import TRUST_LIMIT, forget, trust_odds
from sim.world.agenda import CEASEFIRE_AGENDA
from sim.world.phases.initiatives import take_initiative
from sim.world.state import NEVER, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Weeks = npt.NDArray[np.int64]


def ladder(world: World) -> None:
    """Plays a week of the ladder."""
    if not world.on.ladder:
        return
    take_initiative(world)
    if not world.rungs:
        return
    called = world.called
    _hold(world)
    _propose(world, called)
    if world.on.trust and world.on.forgetting:
        world.trust = forget(world.trust, world.sides.trust, world.tree.ladder.forgetting)


def _hold(world: World) -> None:
    """Deals in force are broken, run out, or end with the fighting."""
    is_open = world.open_rungs
    if not is_open.any():
        _link(world, np.zeros_like(is_open))
        return
    breach = (world.rung_breach <= world.week) & is_open[:, None]
    broken = breach[:, 0] | breach[:, 1]
    completed = is_open & ~broken & (world.rung_end == world.week)
    over = broken | completed
    if world.on.trust and over.any():
        _learn(world, breach, over)
    ended = over | (is_open & ~world.at_war)
    world.rung_end = np.where(ended, world.week - 1, world.rung_end)
    _link(world, completed)
    _note(world, breach, completed)


def _link(world: World, completed: Flags) -> None:
    """A linkage clause calls for the next rung after a success; above the highest it calls the table."""
    linkage = world.tree.ladder.linkage
    if not np.any(np.asarray(linkage) > 0.0):
        return
    binds = completed & (world.by_rung("linkage", "deal")[:, 0] < linkage)
    world.called = np.zeros_like(binds)
    world.meeting_called = np.zeros(world.runs, dtype=bool)
    for row, above in enumerate(world.rungs_above):
        for higher in above:
            world.called[higher] |= binds[row]
        if not above:
            world.meeting_called |= binds[row]


def _note(world: World, breach: Flags, completed: Flags) -> None:
    for row, key in enumerate(world.rungs):
        for side, name in enumerate(world.names):
            world.journal.note(world.week, "rung_broken", f"{key}.{name}", breach[row, side])
        world.journal.note(world.week, "rung_completed", key, completed[row])


def _learn(world: World, breach: Flags, over: Flags) -> None:
    """Each side reads the other's part in the deals that are over, by what the monitors report."""
    blamed = _blamed(world, breach)
    odds = trust_odds(world.trust)
    factor = np.where(blamed, world.deals.broken, world.deals.kept)
    for row in range(len(world.rungs)):
        odds = np.where(over[row], odds * factor[row, ::-1], odds)
    learned = np.clip(odds / (1.0 + odds), TRUST_LIMIT, 1.0 - TRUST_LIMIT)
    changed = np.logical_or.reduce(over, axis=0)
    world.trust = np.where(changed, learned, world.trust)


def _blamed(world: World, breach: Flags) -> Flags:
    """(rung, side, run): sides that are reported for a breach, rightly or wrongly."""
    rules, luck = world.tree.ladder, world.by_rung("monitoring")
    if world.deals.blame is not None:
        return np.asarray(luck < world.deals.blame)
    blamed = breach & (luck < rules.monitoring)
    if np.any(np.asarray(rules.misattribution) > 0.0):
        astray = blamed & (world.by_rung("attribution") < rules.misattribution)
        blamed = (blamed & ~astray) | astray[:, ::-1]
    if np.any(np.asarray(rules.accusation) > 0.0):
        blamed = blamed | (world.by_rung("accusation") < rules.accusation)
    return blamed


def _propose(world: World, called: Flags) -> None:
    closed = (world.rung_end < world.week) & world.at_war
    trusted = np.minimum(world.trust[0], world.trust[1]) >= world.rung_trust
    proposed = (world.by_rung("ladder", "deal")[:, 0] < _rate(world)) | called
    opens = closed & trusted & proposed
    if not opens.any():
        return
    opens &= _worth_taking(world)
    world.rung_end = np.where(opens, world.week + world.rung_weeks, world.rung_end)
    world.rung_breach = np.where(opens[:, None], _planned_breach(world), world.rung_breach)
    for row, key in enumerate(world.rungs):
        world.journal.note(world.week, "rung_opened", key, opens[row], world.rung_weeks[row])


def _worth_taking(world: World) -> Flags:
    """(rung, run): deals whose surplus beats the risk for both sides.

    A deal that is not separable has no worth of its own: it stands for its part, the stake, of a general ceasefire.
    """
    risked = world.tree.ladder.loss * world.rung_stake[:, None]
    own = world.rung_surplus[:, None]
    if not world.on.separability:
        own = world.rung_stake[:, None] * world.surplus[CEASEFIRE_AGENDA]
    gain = deal_gain(own, world.trust, world.deals.cheats[:, ::-1], risked)
    return (gain[:, 0] >= 0.0) & (gain[:, 1] >= 0.0)


def _rate(world: World) -> Array:
    """Weekly chance that each deal is proposed: its own, and what people in need and a dark site ask for."""
    rate = world.rung_rate
    if world.need_pulls:
        pull = world.tree.humanitarian.deal_pull
        by_need = pulled_rate(rate, gap(world.need, world.funded), world.usual_gap, pull)
        rate = np.where(world.rung_relieves, by_need, rate)
    if world.tree.nuclear_site and world.site_dark.any():
        pulled = world.rung_repairs & world.site_dark
        rate = np.where(pulled, rate * world.tree.nuclear_site.truce_pull, rate)
    return np.minimum(rate, 1.0)


def _planned_breach(world: World) -> Weeks:
    """Week in which each side will break each deal, or never."""
    breaks = world.by_rung("breach") < world.deals.breaks
    within = np.floor(world.by_rung("breach week") * world.rung_weeks[:, None]).astype(np.int64)
    when = world.week + np.minimum(1 + within, world.rung_weeks[:, None])
    return np.where(breaks, when, NEVER)
