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
Codes = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]


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
    """Each absent mediator may return; only those that are away are computed."""
    mediators, dyad = world.mediators, ripeness.dyad(world.ripe, world.tree.ripeness.rule)
    row, run = np.nonzero(~world.present)
    access = mediators.access[row, 0, run] * mediators.access[row, 1, run]
    pull = world.layout.over_runs(world.tree.mediation.return_pull)
    hazard = return_hazard(mediators.returns[row, run], access, dyad[run], pull[run])
    back = world.uniform("return", *mediators.ids)[row, run] < weekly_probability(hazard)
    world.present[row[back], run[back]] = True
    world.absentees = back.size > int(np.count_nonzero(back))
    world.journal.note_rows(world.week, "mediator_returned", mediators.keys, row[back], run[back])


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
    if world.minds_names:
        _judge(world, world.succeeded, *_named(world.convener, where))


def blame(world: World, who: Codes, where: Flags) -> None:
    """Counts a failure for a mediator in each run; it may go home. -1 stands for nobody."""
    if not (world.minds_names or world.may_leave):
        return
    row, run = _named(who, where)
    if not row.size:
        return
    if world.minds_names:
        _judge(world, world.failed, row, run)
    if world.may_leave:
        leaves = world.uniform("exit", *world.mediators.ids)[row, run] < world.mediators.leaves[row, run]
        leaves &= world.present[row, run]
        world.present[row[leaves], run[leaves]] = False
        world.absentees = world.absentees or bool(leaves.any())
        world.journal.note_rows(world.week, "mediator_left", world.mediators.keys, row[leaves], run[leaves])


def _named(who: Codes, where: Flags) -> tuple[Rows, Rows]:
    """Row of the mediator that is named, and the run, for some of the runs."""
    (run,) = np.nonzero(where & (who >= 0))
    return who[run], run


def _judge(world: World, tally: Array, row: Rows, run: Rows) -> None:
    """Counts an outcome, and says how far the mediator is believed by each side since, relative to the start."""
    mediators = world.mediators
    trials = mediators.trials[row, run]
    known = np.isfinite(trials)
    row, run, trials = row[known], run[known], trials[known]
    tally[row, run] += 1.0
    good, bad = world.succeeded[row, run], world.failed[row, run]
    for side in (0, 1):
        world.renown[row, side, run] = reputation(mediators.credibility[row, side, run], trials, good, bad)


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
