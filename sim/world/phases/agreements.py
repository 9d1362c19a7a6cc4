"""Phase 11: leverage fades after the signature, and what was signed holds or breaks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import logistic
from sim.theory.commitment import temptation, weekly_probability
from sim.theory.durability import duration_dependence, excess_bad_faith, gain_from_war, holds, quantal_break
from sim.theory.ladder import believe, trust_odds
from sim.theory.mediation import residual_leverage
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.phases.mediators import blame
from sim.world.phases.valuations import LARGEST_HAZARD, hazard, power_shift, standing_flow, value
from sim.world.state import CEASEFIRE, NEVER, SETTLEMENT, WAR, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


Rule = Callable[[World, int], Array]


def agreements(world: World) -> None:
    """Plays a week of what was signed."""
    if not world.on.breaking or not world.at_peace.any():
        return
    rule, chance = ENDINGS[world.tree.agreements.rule], np.zeros(world.runs)
    for status, agenda in ((CEASEFIRE, CEASEFIRE_AGENDA), (SETTLEMENT, SETTLEMENT_AGENDA)):
        here = world.status == status
        if here.any():
            chance = np.where(here, rule(world, agenda), chance)
    fresh = world.signed_week == world.week
    breaks = (world.uniform("breaks", "conflict")[0] < chance) & ~fresh & world.at_peace
    _stand(world, ~breaks)
    _break(world, breaks)


def _stand(world: World, where: Flags) -> None:
    """Counts another stretch of peace that the guarantors have seen through; a quiet week is a promise kept."""
    weeks, age = np.round(world.tree.mediation.standing_weeks), world.week - world.signed_week
    if world.quiet_week is not None:
        lesson = np.where(world.status == CEASEFIRE, world.quiet_week[0], world.quiet_week[1])[::-1]
        world.trust = np.where(where & world.at_peace & (age > 0), believe(world.trust, lesson), world.trust)
    served = where & world.at_peace & (age > 0) & (age % np.maximum(weeks, 1.0) == 0)
    if served.any():
        world.kept = world.kept + served
        world.guarantee_stale = True


def by_hazard(world: World, agenda: int) -> Array:
    """Weekly probability of a break by the proportional hazard: noise and incidents, more likely under temptation."""
    return weekly_probability(standing_hazard(world, agenda))


def by_gain(world: World, agenda: int) -> Array:
    """Weekly probability of a break by sides that weigh war against peace with errors."""
    gain = gain_of_breaking(world, agenda)
    leaves = quantal_break(gain, world.sides.precision)
    return 1.0 - (1.0 - leaves[0]) * (1.0 - leaves[1])


def by_worth(world: World, agenda: int) -> Array:
    """1 where a side gains by going back to war, 0 elsewhere."""
    keeps = holds(gain_of_breaking(world, agenda))
    return np.where(keeps[0] & keeps[1], 0.0, 1.0)


ENDINGS: dict[str, Rule] = {"hazard": by_hazard, "quantal": by_gain, "deterministic": by_worth}
"""Rules by which what stands breaks, by name."""


def gain_of_breaking(world: World, agenda: int) -> Array:
    """What each side gains by going back to war, (side, run): it loses promises, and pressure while that lasts."""
    kept = value(world, world.terms, agenda) + leverage_left(world)
    return gain_from_war(world.war_value, kept, world.tree.agreements.switching_cost)


def leverage_left(world: World) -> Array:
    """What is left of the pressure under which each side signed, (side, run)."""
    age = np.maximum(world.week - world.signed_week, 0)
    return residual_leverage(world.signed_leverage, world.leverage_decay, age)


def standing_hazard(world: World, agenda: int) -> Array:
    """Weekly hazard of the agreement in force: the rule by which the parties expect it, and what they cannot see."""
    pulls = temptation(world.improved, standing_flow(world, world.terms, agenda))
    gone = world.signed_leverage - leverage_left(world)
    found = hazard(
        world, world.terms, agenda,
        guarantee=world.guarantor, temptation=np.maximum(pulls[0], pulls[1]), withdrawn=np.maximum(gone[0], gone[1]),
        power_shift=power_shift(world),
    )  # fmt: skip
    rules = world.tree.agreements
    if world.on.bad_faith and np.any(np.asarray(rules.bad_faith) > 0.0):
        worse = rules.bad_faith * excess_bad_faith(world.trustworthy, world.sides.trustworthy)
        found = np.minimum(found * np.exp(worse), LARGEST_HAZARD)
    shape = rules.shape
    if isinstance(shape, float) and shape == 1.0:
        return found
    return found * duration_dependence(np.maximum(world.week - world.signed_week - 1, 0), shape)


def _break(world: World, breaks: Flags) -> None:
    if not breaks.any():
        return
    world.journal.note(world.week, "agreement_broken", "agreement", breaks, world.week - world.signed_week)
    world.status = np.where(breaks, WAR, world.status)
    world.breaks = world.breaks + breaks
    world.guarantee_stale = True
    blame(world, world.host, breaks)
    world.host = np.where(breaks, -1, world.host)
    world.signed_week = np.where(breaks, NEVER, world.signed_week)
    world.peace_start = np.where(breaks, NEVER, world.peace_start)
    world.signed_leverage = np.where(breaks, 0.0, world.signed_leverage)
    odds = np.log(trust_odds(world.trust))
    lowered = logistic(odds - np.abs(odds) * world.tree.agreements.rupture)
    world.trust = np.where(breaks & world.on.trust, lowered, world.trust)
