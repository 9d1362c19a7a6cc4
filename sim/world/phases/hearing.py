"""What each side makes of the other's answers at the table: its belief in what the other needs, and in a way out.

A side reckons what the war is worth to the other by its own view of the front, and doubts that reckoning by a
normal prior.  Answers to texts move the doubt; a side never sees the other's reservation value.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import logistic
from sim.theory.choice import persistence
from sim.theory.frontier import egalitarian_point
from sim.theory.talk_learning import POINTS, fresh_share, grid, next_posterior, over_points, prior
from sim.theory.war_value import absorbing_annuity, war_value
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.kinked_war import kinked_bend
from sim.world.phases.valuations import DEEP
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def believed_way_out(world: World) -> Array:
    """Perceived way out of each side, (side, run): the expectation over what it believes of the other's need."""
    _reckon(world)
    best = np.maximum(*(_best_deals(world, agenda) for agenda in (CEASEFIRE_AGENDA, SETTLEMENT_AGENDA)))
    return over_points(world.doubt * logistic(world.tree.ripeness.way_out_precision * best))


def hear(world: World, asked: Flags, says_yes: Flags, surplus: Array) -> None:
    """Lets each side learn from what the other answered, where both were asked."""
    believed = surplus[::-1, None] - mistaken(world)
    share = fresh_share(persistence(world.tree.talks.taste_half_life)) if world.on.taste else 1.0
    told = next_posterior(
        world.doubt, believed, says_yes[::-1], world.sides.precision[::-1], share, holding_out=world.on.holding_out
    )
    world.doubt = np.where(asked, told, world.doubt)


def mistaken(world: World) -> Array:
    """What the other would need at each point of the doubt beyond what it does need, (side, point, run)."""
    return world.misjudged[:, None] + grid(world.tree.talks.opacity)


def _reckon(world: World) -> None:
    """How far each side's reckoning of the other's value of war lies above what it is, (side, run)."""
    if not world.doubt.shape[1]:
        world.doubt = np.broadcast_to(prior()[:, None], (2, POINTS, world.runs)).copy()
    other = {name: getattr(world, name)[::-1] for name in ("flow", "slope", "reckoned", "war_value", "impatience")}
    weeks = absorbing_annuity(world.front, world.drift_mean, world.long_run_volatility, other["impatience"])
    gain = _gain(world, weeks[::-1])[::-1]
    reckoned = war_value(other["flow"], other["slope"], world.drift_mean, other["reckoned"] - gain, weeks)
    world.misjudged = np.where(world.at_war, reckoned - other["war_value"], 0.0)


def _gain(world: World, weeks: Array) -> Array:
    """What the bend of each side's utility adds to a week of war in the other's view, (side, run)."""
    found = np.broadcast_to(world.bend, (2, world.runs))
    if world.kinks is None:
        return found
    own, seen = (
        kinked_bend(world, world.kinks, drift, annuity)
        for drift, annuity in ((world.drift_mean, world.annuity), (world.drift_mean[::-1], weeks))
    )
    return found - own + seen


def _best_deals(world: World, agenda: int) -> Array:
    """Smaller surplus of the best deal of a kind at each point of each side's doubt, (side, point, run)."""
    needed, off, chain = world.needed[agenda], mistaken(world), world.agendas[agenda].frontier
    wide = chain._replace(
        utility_a=np.tile(chain.utility_a, (1, POINTS)), utility_b=np.tile(chain.utility_b, (1, POINTS))
    )
    found = []
    for side in (0, 1):
        own, other = (np.broadcast_to(needed[row], (POINTS, world.runs)) for row in (side, 1 - side))
        needs = [own.ravel(), (other + off[side]).ravel()]
        need_a, need_b = needs if side == 0 else needs[::-1]
        best = egalitarian_point(wide, need_a - DEEP, need_b - DEEP)
        found.append(np.minimum(best.utility_a - need_a, best.utility_b - need_b).reshape(POINTS, world.runs))
    return np.stack(found)
