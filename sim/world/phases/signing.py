"""Acceptance, ratification and signature of the text on the table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.choice import accepts, logistic_taste
from sim.theory.ratification import ratifies, share_in_favour
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.phases.consent import consents
from sim.world.phases.hearing import hear
from sim.world.phases.homes import hardness, reversion
from sim.world.phases.mediators import credit
from sim.world.phases.sincerity import judge
from sim.world.phases.text import of_convener
from sim.world.phases.valuations import log_ratio, value
from sim.world.state import CEASEFIRE, NEVER, SETTLEMENT, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def sign(world: World) -> None:
    """Asks both sides, then veto players, then both homes; what all accept is signed."""
    pressed = leverage(world)
    for agenda in (CEASEFIRE_AGENDA, SETTLEMENT_AGENDA):
        here = world.talking & (world.talks_agenda == agenda)
        if here.any():
            _ask(world, agenda, here, pressed)


def _ask(world: World, agenda: int, here: Flags, pressed: Array) -> None:
    worth = value(world, world.text, agenda)
    asked = here & world.complete
    agreed = asked & _both_accept(world, agenda, worth + pressed, asked)
    if world.tree.ladder:
        rungs = world.tree.ladder
        needed = rungs.table_trust if agenda == CEASEFIRE_AGENDA else rungs.settlement_trust
        agreed &= np.minimum(world.trust[0], world.trust[1]) >= needed
    if agreed.any() and world.judges[agenda].keys:
        agreed &= consents(world, agenda, agreed)
    if not agreed.any():
        return
    ratified = agreed.copy()
    if world.on.ratification:
        for row, key in enumerate(world.names):
            at_home = _ratified(world, row, worth[row])
            world.journal.note(world.week, "ratification_failed", key, agreed & ~at_home)
            ratified &= at_home
    if ratified.any():
        _conclude(world, agenda, ratified, pressed, worth)
    _close_table(world, agreed)


def _both_accept(world: World, agenda: int, worth: Array, asked: Flags) -> Flags:
    surplus = worth - world.reservation
    if agenda == SETTLEMENT_AGENDA:
        surplus = surplus - world.tree.talks.audience_cost * world.dropped
    taste = logistic_taste(world.taste_normal) if world.on.taste else np.zeros((2, world.runs))
    past = _past_the_governments(world)
    says_yes = (accepts(surplus, taste, world.sides.precision) | past) & world.sincere
    if world.on.talk_learning:
        hear(world, asked & ~past[0] & ~past[1], says_yes, surplus)
    judge(world, asked & ~past[0] & ~past[1], says_yes, surplus)
    return says_yes[0] & says_yes[1]


def _past_the_governments(world: World) -> Flags:
    """Sides that are bound to let their homes decide, (side, run); those without ratifiers decide themselves."""
    homes = np.array([[bool(side.home.ratifiers)] for side in world.layout.sides])
    return homes & world.straight & world.on.ratification


def leverage(world: World) -> Array:
    """What the convener adds to each side's gain while it is engaged, (side, run)."""
    if not world.on.leverage or not world.on.mediation or not world.mediators.keys:
        return np.zeros((2, world.runs))
    reach = world.mediators.leverage.copy()
    for row, key in enumerate(world.mediators.keys):
        for side in (0, 1):
            reach[row, side] *= _grip(world, key, side)
    return np.stack([of_convener(world, reach[:, side]) for side in (0, 1)]) * world.concert


def _grip(world: World, key: str, side: int) -> float | Array:
    """Leverage of a mediator over a side in units of the start, (run,).

    A mediator that arms the side has a grip on it only as far as it still gives.
    """
    actor, grip = world.scenario.mediators[key], world.level(f"leverage.{key}", 1.0)
    if actor.arms != "AB"[side]:
        return grip
    return grip * np.clip(world.level(f"aid.{actor.iso3}", 1.0), 0.0, 1.0)


def _ratified(world: World, row: int, worth: Array) -> Flags:
    """Whether in every body of a side enough members gain what they demand."""
    passed = np.ones(world.runs, dtype=bool)
    for key, body in world.layout.sides[row].home.ratifiers.items():
        gain = worth - reversion(world, row, body) - hardness(world, row, key, body)
        passed &= ratifies(share_in_favour(gain, body.spread), body.quota)
    return passed


def _close_table(world: World, where: Flags) -> None:
    world.talking = world.talking & ~where
    world.talks_start = np.where(where, NEVER, world.talks_start)
    world.convener = np.where(where, -1, world.convener)


def _conclude(world: World, agenda: int, where: Flags, pressed: Array, worth: Array) -> None:
    credit(world, where)
    world.terms = np.where(where, world.text, world.terms)
    world.guarantor = np.where(where, world.guarantee, world.guarantor)
    world.signed_leverage = np.where(where, pressed, world.signed_leverage)
    world.signed_gain = np.where(where, worth - world.reservation, world.signed_gain)
    world.leverage_decay = np.where(where, of_convener(world, world.mediators.leverage_decay), world.leverage_decay)
    world.signed_ratio = np.where(where, log_ratio(world), world.signed_ratio)
    world.signed_week = np.where(where, world.week, world.signed_week)
    world.peace_start = np.where(where & world.at_war, world.week, world.peace_start)
    world.status = np.where(where, CEASEFIRE if agenda == CEASEFIRE_AGENDA else SETTLEMENT, world.status)
    kind = "ceasefire_signed" if agenda == CEASEFIRE_AGENDA else "settlement_signed"
    hosts, line = ("direct", *world.mediators.keys), world.terms[world.issues.territory]
    world.journal.note_each(world.week, kind, hosts, world.convener + 1, where, line)
