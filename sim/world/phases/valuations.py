"""Phase 6: what the war, a ceasefire and a settlement are worth to each side, and whether any deal beats war."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory import preferences
from sim.theory.bargaining_range import dynamic_range
from sim.theory.commitment import break_hazard, temptation, value_with_breakdown
from sim.theory.frontier import Frontier, egalitarian_point
from sim.theory.interactions import interaction_bend, interaction_loss, interaction_slope
from sim.theory.resurrection import reckoned_cost
from sim.theory.war_curvature import bend, wandering_gain
from sim.theory.war_value import absorbing_annuity, war_value
from sim.theory.worth import unsigned_worth
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.kinked_war import kinked_bend, kinked_shift
from sim.world.kinks import TOWARDS
from sim.world.parameters import of_issue
from sim.world.phases.homes import raised_by_homes
from sim.world.phases.mediators import renew_guarantee
from sim.world.red_lines import lay_anew
from sim.world.state import CEASEFIRE, World

Array = npt.NDArray[np.float64]

LARGEST_HAZARD = 40.0
"""Weekly hazard from which on a break within the week is certain to the last bit."""

LARGEST_FEARED = 1.0
"""Weekly hazard that stands for every larger one before the signature.

What such terms give while they last counts for one week in an annuity, so that less than that is lost; in
return the search among terms keeps its digits.
"""

DEEP = 1e3
"""Taken from both reservation values, so that the deal with the largest smaller gain is found even if it is a loss."""


def valuations(world: World) -> None:
    """Values war and the best deal of each kind from where the week has led."""
    lay_anew(world)
    renew_guarantee(world)
    world.resistance = strength(world)
    for agenda in (CEASEFIRE_AGENDA, SETTLEMENT_AGENDA):
        world.promised[agenda] = incentives(world, agenda)
    _status_quo(world)
    _war(world)
    more = raised_by_homes(world) if world.homes_ask else None
    for agenda in (CEASEFIRE_AGENDA, SETTLEMENT_AGENDA):
        feared = _best_deal(world, agenda)
        if more is not None:
            world.asked[agenda] = world.needed[agenda] + more * (1.0 + feared)
    _range(world)


def _status_quo(world: World) -> None:
    world.wartime[world.issues.territory] = world.front
    if world.issues.sanctions is not None:
        world.wartime[world.issues.sanctions] = 1.0 - np.clip(world.pressure, 0.0, 1.0)
    world.flow = unsigned_worth(world.wartime, world.flow_tastes)
    if world.sides.interactions is not None:
        world.flow = world.flow - interaction_loss(world.sides.interactions, _distance(world))
    world.outside = [agenda.outside(world.wartime) for agenda in world.agendas]


def _distance(world: World) -> Array:
    """Signed distance of the state of the world from the ideal points, over the largest one."""
    return np.asarray((world.wartime - world.flow_tastes.ideal_point) / world.flow_tastes.scale)


def _war(world: World) -> None:
    side = world.sides
    world.annuity = absorbing_annuity(world.front, world.drift_mean, world.long_run_volatility, world.impatience)
    _shape(world)
    world.reckoned = world.cost
    if world.gambles:
        world.reckoned = reckoned_cost(world.cost, world.tolerance, side.home.gamble_below, side.home.gamble)
    world.war_value = war_value(world.flow, world.slope, world.drift_mean, world.reckoned - world.bend, world.annuity)
    _after_a_break(world)
    world.reservation = world.war_value
    frozen = world.status == CEASEFIRE
    if frozen.any():
        standing = value(world, world.terms, CEASEFIRE_AGENDA)
        world.reservation = np.where(frozen, standing, world.war_value)


def _shape(world: World) -> None:
    """Slope of each side's utility in the front, and what its bend adds to a week of war."""
    side, interactions = world.sides, world.sides.interactions
    territory, curvature = world.issues.territory, world.flow_tastes.curvature
    ideal, salience = side.ideal_point[:, territory], side.salience[:, territory]
    power = curvature if isinstance(curvature, float) else of_issue(curvature, territory)
    world.slope = preferences.slope(world.front, ideal, salience, power)
    if world.kinks is not None:
        world.slope = np.where(world.kinks.here, world.kinks.slope, world.slope)
    scale = world.flow_tastes.scale[:, territory]
    if interactions is not None:
        world.slope = world.slope - interaction_slope(interactions, _distance(world), territory, scale)
    if world.curves_count:
        reach = world.long_run_volatility * np.sqrt(world.annuity)
        found = bend(world.front, ideal, salience, power, reach)
        if interactions is not None:
            found = found - interaction_bend(interactions, territory, scale)
        world.bend = wandering_gain(found, world.long_run_volatility)
    if world.kinks is not None:
        curve = world.bend if world.curves_count else 0.0
        world.bend = curve + kinked_bend(world, world.kinks, world.drift_mean, world.annuity)


def _after_a_break(world: World) -> None:
    """What war is worth to each side after a break by the other, and to each side after its own, (side, run).

    Who breaks fights from a front that has moved by what the other side feared.
    """
    side, steep = world.sides, np.abs(world.slope)
    world.fallback = world.war_value - steep * side.shift - side.exposure
    world.improved = world.war_value + steep * side.shift[::-1]
    if world.kinks is not None:
        world.fallback = world.fallback + kinked_shift(world, world.kinks, -TOWARDS * side.shift)
        world.improved = world.improved + kinked_shift(world, world.kinks, TOWARDS * side.shift[::-1])
    if world.on.commitment:
        world.coming_shift = coming_shift(world)


def expected_hazard(world: World, terms: Array, agenda: int, flow: Array) -> Array:
    """Weekly hazard of a break as each side expects it before signing, (side, run).

    A side fears the other's temptation: what the other would gain by fighting from the position that the
    break would give it, over the flow of utility that the agreement gives it while it stands. It also expects
    that relative strength will shift.
    """
    if not world.on.commitment:
        return np.zeros((2, world.runs))
    pulls = temptation(world.improved, flow)[::-1]
    feared = hazard(
        world, terms, agenda,
        guarantee=world.guarantee, temptation=pulls, withdrawn=0.0, power_shift=world.coming_shift,
    )  # fmt: skip
    return np.minimum(feared, LARGEST_FEARED)


def hazard(
    world: World,
    terms: Array,
    agenda: int,
    *,
    guarantee: Array,
    temptation: Array,
    withdrawn: Array | float,
    power_shift: Array,
) -> Array:
    """Weekly hazard of a break, the one rule for what the parties expect and for what happens."""
    rules = world.tree.agreements
    norm = preferences.norm_consistency(terms, world.issues.charter, world.issues.charter_weight)
    covariates = {
        "guarantee": guarantee,
        "monitoring": rules.monitors,
        "trust": np.minimum(world.trust[0], world.trust[1]),
        "temptation": temptation,
        "mismatch": np.abs(terms[world.issues.territory] - world.front),
        "withdrawn": withdrawn,
        "power_shift": power_shift,
        "war_cost": np.maximum(world.fatigue[0], world.fatigue[1]),
        "charter": norm,
        "interim": 1.0 if agenda == CEASEFIRE_AGENDA else 0.0,
        "strength": world.resistance,
    }
    weights = {
        "guarantee": -rules.guarantee, "monitoring": -rules.monitoring, "trust": -rules.trust,
        "temptation": rules.temptation, "mismatch": rules.mismatch, "withdrawn": rules.withdrawn,
        "power_shift": rules.power_shift, "war_cost": -rules.war_cost, "charter": -rules.charter,
        "interim": rules.interim, "strength": -1.0,
    }  # fmt: skip
    return np.minimum(break_hazard(rules.hazard, covariates, weights), LARGEST_HAZARD)


def strength(world: World) -> Array | float:
    """Reduction of the log hazard by provisions and tolerance, less what earlier breaks add, (run,)."""
    rules, total = world.tree.agreements, world.provisions
    if np.any(np.asarray(rules.tolerance) != 0.0):
        total = total + rules.tolerance * np.minimum(world.tolerance[0], world.tolerance[1])
    if world.breaks.any():
        total = total - rules.history * world.breaks
    return total


def power_shift(world: World) -> Array:
    """Change of the log ratio of forces since the signature; 0 while nothing is signed."""
    if not world.at_peace.any():
        return np.zeros(world.runs)
    return np.where(world.at_peace, np.abs(log_ratio(world) - world.signed_ratio), 0.0)


def coming_shift(world: World) -> Array:
    """Change of the log ratio of forces since the signature that each side expects, (side, run).

    It is that of as many weeks of rearming as count for the side; what has already come of it is not expected again
    but part of it. Before the signature it starts from today.
    """
    gained = world.tree.agreements.rearming * world.annuity
    forces = np.maximum(world.forces, 1e-9)
    signed = np.where(world.at_peace, world.signed_ratio, log_ratio(world))
    return np.abs(np.log((forces[1] + gained) / (forces[0] + gained)) - signed)


def log_ratio(world: World) -> Array:
    """Logarithm of B's forces over A's, (run,)."""
    return np.log(np.maximum(world.forces[1], 1e-9)) - np.log(np.maximum(world.forces[0], 1e-9))


def value(world: World, terms: Array, agenda: int) -> Array:
    """Value of signing terms, break and all, to each side, with what is promised while they stand, (side, run)."""
    flow = standing_flow(world, terms, agenda)
    feared = expected_hazard(world, terms, agenda, flow)
    return value_with_breakdown(flow, world.fallback, feared, world.annuity)


def standing_flow(world: World, terms: Array, agenda: int) -> Array:
    """Flow utility of an agreement while it stands: its terms and what third parties promise for it, (side, run)."""
    return world.worth(terms, agenda) + world.promised[agenda]


def incentives(world: World, agenda: int) -> Array:
    """Flow of utility that third parties promise each side while an agreement of a kind stands, (side, run)."""
    total = np.zeros((2, world.runs))
    if not world.on.incentives:
        return total
    for key, promise in world.tree.incentives.items():
        if promise.party in world.names and (agenda == SETTLEMENT_AGENDA or promise.condition == "ceasefire"):
            gain = world.level(f"incentive.{key}", promise.value) * promise.credibility
            total[world.side_of(promise.party)] += gain
    return total


def feared_weeks(world: World, agenda: int, terms: Array) -> Array:
    """Breaks that each side expects of terms within the weeks that count for it, (side, run)."""
    flow = standing_flow(world, terms, agenda)
    feared = expected_hazard(world, terms, agenda, flow)
    world.tabled_flow[agenda], world.feared[agenda] = flow, feared
    return feared * world.annuity


def required_utility(world: World, agenda: int, feared: Array) -> Array:
    """Flow utility of terms at which a side is indifferent to signing, beside what it is promised, (side, run).

    The hazard, as `feared_weeks`, is that of given terms, so that the frontier can be searched in flow utilities.
    """
    kept = world.reservation - world.promised[agenda]
    return kept + feared * (world.reservation - world.fallback)


def _best_deal(world: World, agenda: int) -> Array:
    """Finds the best deal of a kind for both governments; gives back the breaks that they fear, (side, run)."""
    kind = world.agendas[agenda]
    reference = np.where(kind.on_table, world.text, world.wartime)
    feared = feared_weeks(world, agenda, reference)
    needed = required_utility(world, agenda, feared) - world.outside[agenda]
    if not kind.is_straight:
        world.left_out[agenda] = kind.left_out(reference, world.wartime)
        needed = needed + world.left_out[agenda]
    world.surplus[agenda] = best_gains(kind.frontier, needed)
    world.needed[agenda] = needed
    return feared


def best_gains(chain: Frontier, needed: Array) -> Array:
    """What each side gains by the deal with the largest smaller gain, (side, run)."""
    best = egalitarian_point(chain, needed[0] - DEEP, needed[1] - DEEP)
    return np.stack([best.utility_a - needed[0], best.utility_b - needed[1]])


def _range(world: World) -> None:
    """Ends of the bargaining range on the line; a side that minds more and less land alike has none."""
    slope = np.maximum(np.abs(world.slope), 1e-9)
    low, high = dynamic_range(world.front, world.drift_mean, world.reckoned / slope, world.annuity)
    if world.kinks is not None:
        low, high = (np.where(here, np.nan, end) for here, end in zip(world.kinks.here[::-1], (low, high), strict=True))
    world.range_ends[0], world.range_ends[1] = low, high


def smaller_surplus(world: World, agenda: int) -> Array:
    """Surplus over war of the side that gains less from the best deal of a kind; negative where none exists."""
    return np.minimum(world.surplus[agenda, 0], world.surplus[agenda, 1])
