"""Which mediators are at work: they come, leave, stand in each other's way, and live by what became of their work."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory import ripeness
from sim.theory.arrays import ordered_sum
from sim.theory.commitment import weekly_probability
from sim.theory.presence import forum_shopping, inverted_u, reputation, return_hazard
from sim.world.guarantors import believed, on_offer
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def offer_services(world: World) -> None:
    """Decides who offers its services this week, and what good offices all of them give together."""
    mediators = world.mediators
    if not mediators.keys or not world.on.mediation:
        return
    willing = mediators.engagement.copy()
    for row, key in enumerate(mediators.keys):
        willing[row] = world.level(f"engagement.{key}", willing[row])
    world.offering = world.uniform("engagement", *mediators.ids) < willing
    if world.absentees:
        _come_back(world)
        world.offering &= world.present
    reach = mediators.good_offices * mediators.access[:, 0] * mediators.access[:, 1] * world.offering
    silent = np.ones(world.runs)
    for row in reach:
        silent = silent * (1.0 - row)
    world.good_offices = 1.0 - silent


def _come_back(world: World) -> None:
    mediators, dyad = world.mediators, ripeness.dyad(world.ripe, world.tree.ripeness.rule)
    access = mediators.access[:, 0] * mediators.access[:, 1]
    hazard = return_hazard(mediators.returns, access, dyad, world.tree.mediation.return_pull)
    back = ~world.present & (world.uniform("return", *mediators.ids) < weekly_probability(hazard))
    for row, key in enumerate(mediators.keys):
        world.journal.note(world.week, "mediator_returned", key, back[row])
    world.present |= back
    world.absentees = not bool(world.present.all())


def concert(world: World) -> None:
    """Effect of the convener of each table beside the others at work: 1 alone or in one voice."""
    rules = world.tree.mediation
    if not world.on.rivalry or not len(world.mediators.keys) or not world.on.mediation:
        return
    at_work = ordered_sum((world.offering & world.mediators.mandate.any(axis=1)).astype(np.float64))
    own = np.take_along_axis(world.offering, np.maximum(world.convener, 0)[None], axis=0)[0]
    rivals = np.maximum(at_work - own, 0.0)
    if rules.rivalry == "inverted_u":
        world.concert = inverted_u(rivals, rules.coordination, rules.coalition_gain, rules.rival_loss)
    else:
        world.concert = forum_shopping(rivals, rules.coordination, rules.rival_loss)


def credit(world: World, where: Flags) -> None:
    """Counts a text signed for its convener, which becomes the host of the agreement."""
    world.host = np.where(where, world.convener, world.host)
    _count(world, world.succeeded, world.convener, where)


def blame(world: World, who: npt.NDArray[np.int64], where: Flags) -> None:
    """Counts a failure for a mediator in each run; it may go home. -1 stands for nobody."""
    _count(world, world.failed, who, where)
    if not world.on.presence or not np.any(world.mediators.leaves):
        return
    luck = world.uniform("exit", *world.mediators.ids) < world.mediators.leaves
    for row, key in enumerate(world.mediators.keys):
        leaves = where & (who == row) & luck[row] & world.present[row]
        world.present[row] &= ~leaves
        world.journal.note(world.week, "mediator_left", key, leaves)
    world.absentees = not bool(world.present.all())


def _count(world: World, tally: Array, who: npt.NDArray[np.int64], where: Flags) -> None:
    mediators, rules = world.mediators, world.on
    if not where.any() or not rules.reputation or not np.isfinite(mediators.trials).any():
        return
    for row in range(len(mediators.keys)):
        tally[row] += where & (who == row)
    known = np.isfinite(mediators.trials)
    trials = np.where(known, mediators.trials, 1.0)[:, None]
    seen = reputation(mediators.credibility, trials, world.succeeded[:, None], world.failed[:, None])
    world.renown = np.where(known[:, None], seen, 1.0)


def renew_guarantee(world: World) -> None:
    """Brings the guarantee on offer up to date with what guarantors did and with what they still give."""
    found, rules = world.guarantors, world.tree.mediation
    if not world.on.reliability or not len(found.strength):
        return
    gives = {row: world.level(target, 1.0) for row, target in enumerate(found.donors) if target}
    shaken = [row for row, level in gives.items() if not isinstance(level, float)]
    if not shaken and not world.guarantee_stale:
        return
    strength = believed(found, rules.guarantee_trials, world.kept, world.breaks).copy()
    for row in shaken:
        strength[row] = strength[row] * np.clip(gives[row], 0.0, 1.0)
    world.guarantee = on_offer(strength)
    world.guarantee_stale = bool(shaken)
