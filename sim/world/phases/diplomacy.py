"""Phase 9: talks open when the sides are ripe, run under a mediator or without one, and close or end in a text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory import ripeness
from sim.theory.arrays import logistic, ordered_sum
from sim.theory.choice import next_taste, persistence
from sim.theory.commitment import weekly_probability
from sim.theory.humanitarian import gap
from sim.theory.sincerity import pretence
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.phases import consent
from sim.world.phases.enticement import surplus_by_promises
from sim.world.phases.hearing import believed_way_out
from sim.world.phases.mediators import blame, concert, offer_services
from sim.world.phases.messages import messages
from sim.world.phases.signing import sign
from sim.world.phases.sincerity import shortened, sit_down
from sim.world.phases.text import of_convener, opening_text, write_text
from sim.world.phases.valuations import smaller_surplus
from sim.world.state import CEASEFIRE, NEVER, VICTORY_A, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def diplomacy(world: World) -> None:
    """Plays a week of diplomacy."""
    _rise(world, world.talking & (world.status >= VICTORY_A))
    _feel(world)
    offer_services(world)
    _ripen(world)
    if world.on.preconditions:
        _drop_preconditions(world)
    _open(world)
    world.nash[:] = np.nan
    if world.talking.any():
        concert(world)
        messages(world)
        write_text(world)
        sign(world)
        _close(world)


def _feel(world: World) -> None:
    """Moves each side's taste for agreement a week on."""
    coefficient = persistence(world.tree.talks.taste_half_life)
    world.taste_normal = next_taste(world.taste_normal, world.normal("tastes", "A", "B"), coefficient)
    consent.feel(world, coefficient)


def _ripen(world: World) -> None:
    rules, side = world.tree.ripeness, world.sides
    hurt = ripeness.pain(world.cost * world.at_war, rules.cost_threshold, rules.cost_width)
    stuck = ripeness.stalemate(world.drift_mean * side.horizon, rules.victory_in_sight)
    if world.on.talk_learning:
        way_out = believed_way_out(world)
    else:
        best = np.maximum(smaller_surplus(world, CEASEFIRE_AGENDA), smaller_surplus(world, SETTLEMENT_AGENDA))
        way_out = logistic(rules.way_out_precision * best)
    exponents = (
        rules.pain_exponent,
        rules.stalemate_exponent,
        rules.way_out_exponent,
        rules.cohesion_exponent,
    )
    world.ripe = ripeness.ripeness(hurt, stuck, way_out, side.home.cohesion, exponents)


def _drop_preconditions(world: World) -> None:
    chance = world.tree.talks.precondition_drop * world.ripe
    drops = (world.uniform("preconditions", "A", "B") < chance) & world.holds_precondition & world.at_war
    world.holds_precondition = world.holds_precondition & ~drops
    world.dropped = world.dropped | drops
    for row, key in enumerate(world.names):
        world.journal.note(world.week, "precondition_dropped", key, drops[row])


def _open(world: World) -> None:
    rules = world.tree.talks
    dyad = ripeness.dyad(world.ripe, world.tree.ripeness.rule)
    instrumental = world.sides.regroup * world.at_war * world.on.instrumental_talks
    parts = {
        "ripe_weight": rules.ripe_weight,
        "good_offices": world.good_offices,
        "good_offices_gain": rules.good_offices_gain,
        "pressure": _outside_pressure(world),
        "pressure_weight": rules.pressure_weight,
        "enticing": _enticement(world),
        "enticing_weight": rules.enticing_weight,
    }
    honest = ripeness.talk_hazard(rules.base, dyad, **parts)
    hazard = honest + rules.instrumental_weight * np.maximum(instrumental[0], instrumental[1])
    can_talk = (world.at_war | (world.status == CEASEFIRE)) & ~world.talking
    opens = ((world.uniform("talks", "conflict")[0] < weekly_probability(hazard)) | world.meeting_called) & can_talk
    if opens.any():
        _sit_down(world, opens, honest, rules.instrumental_weight * instrumental)


def _outside_pressure(world: World) -> Array:
    unmet = gap(world.need, world.funded) if world.tree.humanitarian and world.on.humanitarian else 0.0
    return np.clip(world.level("pressure", unmet) * np.ones(world.runs), 0.0, 1.0)


def _enticement(world: World) -> Array:
    """Surplus that exists only because of what third parties promise."""
    return surplus_by_promises(world, SETTLEMENT_AGENDA) if world.entices else np.zeros(world.runs)


def _sit_down(world: World, opens: Flags, honest: Array, instrumental: Array) -> None:
    sit_down(world, opens, pretence(honest, instrumental))
    world.convener = np.where(opens, _choose_convener(world), world.convener)
    lot = world.uniform("first proposal", "A", "B")
    world.opener = np.where(opens, (lot[1] < lot[0]) * 1, world.opener)
    world.talks_agenda = np.where(opens, _choose_agenda(world), world.talks_agenda)
    world.talks_start = np.where(opens, world.week, world.talks_start)
    world.talking = world.talking | opens
    world.text = np.where(opens, opening_text(world), world.text)
    hosts = ("direct", *world.mediators.keys)
    world.journal.note_each(world.week, "talks_opened", hosts, world.convener + 1, opens, world.talks_agenda)


def _choose_convener(world: World) -> npt.NDArray[np.int64]:
    """One of the mediators that offer their services and may propose, by their access; -1 for none."""
    mediators = world.mediators
    if not mediators.keys:
        return np.full(world.runs, -1)
    may_propose = mediators.mandate.any(axis=1)
    weight = world.offering * mediators.access[:, 0] * mediators.access[:, 1] * may_propose
    weight = weight * world.renown[:, 0] * world.renown[:, 1]
    total = ordered_sum(weight)
    mark = world.uniform("convener", "conflict")[0] * total
    passed = np.cumsum(weight, axis=0) <= mark
    chosen = np.minimum(passed.sum(axis=0), len(mediators.keys) - 1)
    return np.where(total > 0.0, chosen, -1)


def _choose_agenda(world: World) -> npt.NDArray[np.int64]:
    """A settlement where no precondition stands in the way and the convener may speak of territory."""
    in_the_way = world.holds_precondition & ~preconditions_met(world)
    free = ~(in_the_way[0] | in_the_way[1]) | (not world.on.preconditions)
    speaks = world.convener < 0
    if len(world.mediators.mandate):
        of_territory = world.mediators.mandate[:, world.issues.territory, 0]
        speaks = speaks | np.take(of_territory, np.maximum(world.convener, 0))
    package = (free & speaks) | (world.status == CEASEFIRE)
    return np.where(package, SETTLEMENT_AGENDA, CEASEFIRE_AGENDA)


def preconditions_met(world: World) -> Flags:
    """Whether the state of the world grants what each side demands before a settlement, (side, run)."""
    met = np.ones((2, world.runs), dtype=bool)
    for row, side in enumerate(world.layout.sides):
        for demand in side.preconditions.values():
            place = world.issues.names.index(demand.issue)
            issue = world.scenario.issues[demand.issue]
            if demand.at_least is not None:
                met[row] &= world.wartime[place] >= issue.to_unit(demand.at_least)
            if demand.at_most is not None:
                met[row] &= world.wartime[place] <= issue.to_unit(demand.at_most)
    return met


def _close(world: World) -> None:
    hosted = of_convener(world, world.mediators.patience)
    patience = np.where(world.convener >= 0, hosted * world.concert, world.tree.talks.direct_patience)
    patience = np.maximum(shortened(world, patience), 1e-9)
    tired = world.uniform("patience", "conflict")[0] < weekly_probability(1.0 / patience)
    _rise(world, world.talking & tired)


def _rise(world: World, where: Flags) -> None:
    """Sends the sides home from a table that found no agreement, in some runs."""
    world.journal.note(world.week, "talks_closed", "table", where, world.week - world.talks_start)
    blame(world, world.convener, where)
    world.talking = world.talking & ~where
    world.talks_start = np.where(where, NEVER, world.talks_start)
    world.convener = np.where(where, -1, world.convener)
