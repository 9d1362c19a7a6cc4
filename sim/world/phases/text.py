"""The text on the table: where it starts, and how a week of talks changes it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.frontier import nash_point, terms_at
from sim.theory.preferences import norm_consistency
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.phases.valuations import parked_utility, required_utility
from sim.world.protocols import PROTOCOLS, Luck, Table
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def open_issues(world: World) -> Flags:
    """(issue, run): issues of the agenda of which the convener may speak."""
    on_table = np.where(
        world.talks_agenda == SETTLEMENT_AGENDA,
        world.agendas[SETTLEMENT_AGENDA].on_table,
        world.agendas[CEASEFIRE_AGENDA].on_table,
    )
    for row, issues in enumerate(world.mediators.mandate):
        on_table = on_table & ((world.convener != row) | issues)
    return on_table


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
    chosen = np.zeros(world.runs)
    for row, values in enumerate(attribute):
        chosen = np.where(world.convener == row, values, chosen)
    return chosen


def endorsed(world: World, text: Array) -> Array:
    """Text moved towards the Charter as far as the convener's mandate asks."""
    least = of_convener(world, world.mediators.charter_minimum)
    if not least.any():
        return text
    issues = world.issues
    short = 1.0 - norm_consistency(text, issues.charter, issues.charter_weight)
    keep = np.where(short > 1.0 - least, (1.0 - least) / np.maximum(short, 1e-12), 1.0)
    counts = open_issues(world) & (issues.charter_weight > 0.0)
    return np.where(counts, issues.charter + keep * (text - issues.charter), text)


def write_text(world: World) -> None:
    """Plays a week's rounds at every table in session, and records the Nash point beside the text."""
    shown = open_issues(world)
    for agenda in (CEASEFIRE_AGENDA, SETTLEMENT_AGENDA):
        here = world.talking & (world.talks_agenda == agenda)
        if here.any():
            _negotiate(world, agenda, shown, here)


def _negotiate(world: World, agenda: int, shown: Flags, here: Flags) -> None:
    kind, rules = world.agendas[agenda], world.tree.protocol
    text = np.where(shown, world.text, world.wartime)
    needed = required_utility(world, agenda, text)
    table = Table(
        text=text,
        open_issues=shown & here,
        gains=lambda terms: world.utility(terms, kind.on_table) - needed,
        bias=of_convener(world, world.mediators.bias),
        proposer=(world.week - world.talks_start) % 2,
        precision=world.sides.precision,
        step=rules.step,
        frontier=kind.frontier,
        needed=needed - parked_utility(world, agenda),
        terms_at=lambda position: np.where(
            kind.on_table, terms_at(kind.frontier, kind.knots, position), world.wartime
        ),
    )
    luck = Luck(
        world.luck.uniform("rounds", "table", rules.rounds)[world.week],
        world.luck.normal("rounds", "table", rules.rounds)[world.week],
    )
    mediated = here & (world.convener >= 0)
    if mediated.any():
        text = np.where(mediated, endorsed(world, PROTOCOLS[rules.name](table, luck)), text)
    if (here & ~mediated).any():
        text = np.where(here & ~mediated, PROTOCOLS[rules.direct](table, luck), text)
    world.text = np.where(here, text, world.text)
    _benchmark(world, table, here)


def _benchmark(world: World, table: Table, here: Flags) -> None:
    """Nash point of the table, recorded beside every text: its line and the joint gain."""
    best = nash_point(table.frontier, table.needed[0], table.needed[1])
    found = here & best.feasible
    line = table.terms_at(best.position)[world.issues.territory]
    gain = best.utility_a - table.needed[0], best.utility_b - table.needed[1]
    joint = gain[0] + gain[1]
    world.nash[0] = np.where(found, line, world.nash[0])
    world.nash[1] = np.where(found, np.where(joint > 0, joint, 0.0), world.nash[1])

