"""The text on the table: where it starts, and how a week of talks changes it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory.frontier import nash_point
from sim.theory.preferences import norm_consistency
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.phases.bargainers import players_gain, players_need, put_forward
from sim.world.phases.steps import one_issue, settle, settled_before
from sim.world.protocols import PROTOCOLS, Luck, Table, Tabled, spoken
from sim.world.state import World
from sim.world.voices import voices

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def open_issues(world: World) -> Flags:
    """(issue, run): issues of the agenda of which the convener may speak."""
    on_table = np.where(
        world.talks_agenda == SETTLEMENT_AGENDA,
        world.agendas[SETTLEMENT_AGENDA].on_table,
        world.agendas[CEASEFIRE_AGENDA].on_table,
    )
    mandate = world.mediators.mandate
    if not len(mandate):
        return on_table
    may = np.take(mandate[:, :, 0].T, np.maximum(world.convener, 0), axis=1)
    return on_table & (may | (world.convener < 0))


def opening_text(world: World) -> Array:
    """First text: the line of contact, and on all else a point between the ideal points, by the convener's bias."""
    bias = of_convener(world, world.mediators.bias)
    ideal = world.sides.ideal_point
    middle = 0.5 * (1.0 + bias) * ideal[0] + 0.5 * (1.0 - bias) * ideal[1]
    text = np.where(open_issues(world), middle, world.wartime)
    text[world.issues.territory] = world.front
    return endorsed(world, text)


def of_convener(world: World, attribute: Array) -> Array:
    """Attribute of the mediator that convenes, (run,); 0 where nobody does."""
    if not len(attribute):
        return np.zeros(world.runs)
    chosen = attribute[np.maximum(world.convener, 0), world.each_run]
    return np.where(world.convener >= 0, chosen, 0.0)


def endorsed(world: World, text: Array) -> Array:
    """Text moved towards the Charter as far as the convener's mandate asks."""
    least = of_convener(world, world.mediators.charter_minimum)
    least = np.minimum(least + np.where(world.convener >= 0, world.mandate, 0.0), 1.0)
    if not least.any():
        return text
    issues = world.issues
    short = 1.0 - norm_consistency(text, issues.charter, issues.charter_weight)
    keep = np.where(short > 1.0 - least, (1.0 - least) / np.maximum(short, 1e-12), 1.0)
    counts = open_issues(world) & (issues.charter_weight > 0.0) & (keep < 1.0)
    return np.where(counts, issues.charter + keep * (text - issues.charter), text)


def write_text(world: World) -> None:
    """Plays a week's rounds at every table in session, and records the Nash point beside the text."""
    shown, agreed = open_issues(world), settled_before(world)
    world.complete[:], world.straight[:] = True, False
    for agenda in (CEASEFIRE_AGENDA, SETTLEMENT_AGENDA):
        (live,) = np.nonzero(world.talking & (world.talks_agenda == agenda))
        if live.size:
            _negotiate(world, agenda, shown, live)
    world.text = np.where((world.convener >= 0) & ~agreed, endorsed(world, world.text), world.text)


def _negotiate(world: World, agenda: int, shown: Flags, live: Rows) -> None:
    """Plays the tables of one agenda; only the runs that talk are computed."""
    text = np.where(shown, world.text, world.wartime)
    shown = np.take(shown, live, axis=-1)
    table = laid(world, agenda, shown, np.take(text, live, axis=-1), live)
    if world.tree.protocol.pace == "package":
        said = _said(world, table, live)
    else:
        in_turn = one_issue(world, agenda, table, shown, live)
        said = settle(world, in_turn, shown, _said(world, in_turn, live), live)
    world.text[:, live], world.complete[live], world.straight[live] = said
    _benchmark(world, table, live)


def _said(world: World, table: Table, live: Rows) -> Tabled:
    """What the protocols of talks with and without a mediator leave on the tables."""
    rules, mediated = world.tree.protocol, np.take(world.convener, live) >= 0
    luck = luck_of_the_week(world, live)
    if mediated.all():
        return spoken(PROTOCOLS[rules.name], table, luck)
    direct = spoken(PROTOCOLS[rules.direct], table, luck)
    if not mediated.any():
        return direct
    hosted = spoken(PROTOCOLS[rules.name], table, luck)
    return Tabled(*(np.where(mediated, one, other) for one, other in zip(hosted, direct, strict=True)))


def laid(world: World, agenda: int, shown: Flags, text: Array, live: Rows) -> Table:
    """The table of an agenda as a protocol sees it, for some of the runs."""
    kind = world.agendas[agenda].take(live)
    wartime, needed = np.take(world.wartime, live, axis=-1), np.take(world.asked[agenda], live, axis=-1)
    outside = np.take(world.outside[agenda], live, axis=-1)
    reservation = needed + outside
    if not kind.is_straight:
        reservation = reservation - np.take(world.left_out[agenda], live, axis=-1)
    step, age = world.layout.over_runs(world.tree.protocol.step), np.take(world.week - world.talks_start, live)
    players, theirs = world.judges[agenda].keys, players_need(world, agenda, live)

    def gains(terms: Array) -> Array:
        of_sides = kind.worth(terms, outside, wartime) - reservation
        return np.concatenate([of_sides, players_gain(world, agenda, terms, live, theirs)]) if players else of_sides

    return Table(
        text=text,
        open_issues=shown,
        gains=gains,
        bias=np.take(of_convener(world, world.mediators.bias), live),
        proposer=(age + np.take(world.opener, live)) % 2,
        precision=np.take(world.sides.precision, live, axis=-1),
        step=np.take(step, live),
        frontier=kind.frontier,
        needed=needed,
        terms_at=lambda position: kind.terms(position, wartime),
        age=age,
        impatience=np.take(world.impatience, live, axis=-1),
        options=lambda name: of_runs(getattr(world.tree.protocol, name), live),
        interest=lambda key: np.take(world.mediators.bias[world.mediators.keys.index(key)], live),
        voices=lambda: voices(world, live),
        players=players,
        texts=put_forward(world, agenda, shown, text, needed, theirs, live),
    )


def of_runs(section: Any, live: Rows) -> Any:
    """A section of the realised scenario for some of the runs."""
    if isinstance(section, SimpleNamespace):
        return SimpleNamespace(**{key: of_runs(value, live) for key, value in vars(section).items()})
    if isinstance(section, dict):
        return {key: of_runs(value, live) for key, value in section.items()}
    return np.take(section, live) if isinstance(section, np.ndarray) else section


def luck_of_the_week(world: World, live: Rows) -> Luck:
    """This week's luck at the tables of some of the runs."""
    rounds = world.tree.protocol.rounds
    uniform = world.uniform("rounds", "table", slots=rounds)
    normal = world.normal("rounds", "table", slots=rounds)
    return Luck(np.take(uniform, live, axis=-1), np.take(normal, live, axis=-1))


def _benchmark(world: World, table: Table, live: Rows) -> None:
    """Nash point of the table, recorded beside every text: its line and the joint gain."""
    best = nash_point(table.frontier, table.needed[0], table.needed[1])
    line = table.terms_at(best.position)[world.issues.territory]
    joint = best.utility_a - table.needed[0] + best.utility_b - table.needed[1]
    world.nash[0, live] = np.where(best.feasible, line, np.nan)
    world.nash[1, live] = np.where(best.feasible, np.maximum(joint, 0.0), np.nan)
