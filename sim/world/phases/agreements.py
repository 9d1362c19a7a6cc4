"""Phase 11: leverage fades after the signature, and what was signed holds or breaks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import logistic
from sim.theory.commitment import temptation, weekly_probability
from sim.theory.ladder import trust_odds
from sim.theory.mediation import residual_leverage
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.phases.valuations import hazard
from sim.world.state import CEASEFIRE, NEVER, SETTLEMENT, WAR, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def agreements(world: World) -> None:
    """Plays a week of what was signed."""
    if not world.on.breaking or not world.at_peace.any():
        return
    chance = np.zeros(world.runs)
    for status, agenda in ((CEASEFIRE, CEASEFIRE_AGENDA), (SETTLEMENT, SETTLEMENT_AGENDA)):
        here = world.status == status
        if here.any():
            chance = np.where(here, weekly_probability(standing_hazard(world, agenda)), chance)
    fresh = world.signed_week == world.week
    breaks = (world.uniform("breaks", "conflict")[0] < chance) & ~fresh & world.at_peace
    _break(world, breaks)


def standing_hazard(world: World, agenda: int) -> Array:
    """Weekly hazard of the agreement in force, by the rule that the parties used to expect it."""
    improved = world.war_value + np.abs(world.slope) * world.sides.shift[::-1]
    pulls = temptation(improved, world.worth(world.terms, agenda))
    age = world.week - world.signed_week
    left = residual_leverage(world.signed_leverage, world.leverage_decay, np.maximum(age, 0))
    return hazard(
        world, world.terms, agenda,
        guarantee=world.guarantor, temptation=np.maximum(pulls[0], pulls[1]), withdrawn=world.signed_leverage - left,
    )  # fmt: skip


def _break(world: World, breaks: Flags) -> None:
    if not breaks.any():
        return
    world.journal.note(world.week, "agreement_broken", "agreement", breaks, world.week - world.signed_week)
    world.status = np.where(breaks, WAR, world.status)
    world.signed_week = np.where(breaks, NEVER, world.signed_week)
    world.peace_start = np.where(breaks, NEVER, world.peace_start)
    world.signed_leverage = np.where(breaks, 0.0, world.signed_leverage)
    odds = np.log(trust_odds(world.trust))
    lowered = logistic(odds - np.abs(odds) * world.tree.agreements.rupture)
    world.trust = np.where(breaks & world.on.trust, lowered, world.trust)
