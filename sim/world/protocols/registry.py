"""The one interface of all protocols, and the register by which a scenario names them.

A protocol is a pure function: the table as it stands and this week's luck in, the text at the end of the week
out, with or without a word on whether it can be signed.  It sees what the sides need and gain, never the world;
a user's own is registered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.scenario.faults import Fault
from sim.scenario.vocabulary import Scenario
from sim.theory.frontier import Frontier
from sim.world.offered import Texts

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Luck(NamedTuple):
    """This week's luck at the table: (round, run) uniform and standard normal draws."""

    uniform: Array
    normal: Array


class Voices(NamedTuple):
    """Who speaks on the issues: the two sides, A first, then third parties by their stable ids.

    ``position`` and ``salience`` are (voice, issue, run), on [0, 1]; ``capability`` is (voice, run); ``speaks``
    (voice, issue) tells who has a position where.
    """

    position: Array
    salience: Array
    capability: Array
    speaks: Flags


@dataclass(frozen=True)
class Table:
    """A table in session, for a batch of runs.

    Parameters
    ----------
    text : (issue, run) float in [0, 1]
        The terms on the table.
    open_issues : (issue, run) bool
        Issues that the text may change.
    gains : callable
        Surplus of each party at given terms, (issue, run) to (party, run), the two sides first: above 0 where
        signing beats the reservation value.
    bias : (run,) float in [-1, 1]
        Weight of the convener on A's interest over B's; 0 where nobody convenes.
    proposer : (run,) int
        Side whose turn it is where the sides propose themselves.
    precision : (side, run) float
        Precision of each side's response.
    step : float or (run,)
        Standard deviation of a change to one issue.
    frontier : Frontier
        Exact frontier of the agenda.
    needed : (side, run) float
        Reservation values in the units of the frontier.
    terms_at : callable
        Terms at a position on the frontier, (run,) to (issue, run).
    age : (run,) int
        Weeks since the talks began.
    impatience : (side, run) float
        Weekly rate at which each side discounts, its horizon counted.
    options : callable
        Section of options of a protocol by its name, with numbers or (run,) arrays.
    interest : callable
        Bias of a mediator by its key, (run,).
    voices : callable
        Who speaks with which power, made only where it is asked for.
    players : tuple of str
        Veto players at the table, beside the two sides.
    texts : callable
        What all parties together could put forward: values of an issue on a lattice, or 0 for their Pareto surface
        with so many parts of a weight and so many places along each frontier.
    """

    text: Array
    open_issues: Flags
    gains: Callable[[Array], Array]
    bias: Array
    proposer: npt.NDArray[np.int64]
    precision: Array
    step: float | Array
    frontier: Frontier
    needed: Array
    terms_at: Callable[[Array], Array]
    age: npt.NDArray[np.int64]
    impatience: Array
    options: Callable[[str], SimpleNamespace]
    interest: Callable[[str], Array]
    voices: Callable[[], Voices]
    players: tuple[str, ...]
    texts: Callable[[int, int, int], Texts]


class Tabled(NamedTuple):
    """What a week leaves on the table: the text, whether it can be signed, and whether only the homes decide.

    ``complete`` (run,) is false where the protocol ended without an agreement, so that nobody is asked.
    ``straight`` (run,) is true where the text goes to ratification past the governments.
    """

    text: Array
    complete: Flags
    straight: Flags


MOST_TEXTS = 4096
"""Texts of a lattice that can be put forward."""

Protocol = Callable[[Table, Luck], Array | Tabled]
Needs = Callable[[Scenario, str], Iterator[Fault]]

PROTOCOLS: dict[str, Protocol] = {}
"""All registered protocols, by the name that a scenario uses."""

NEEDS: dict[str, Needs] = {}
"""What a protocol asks of a scenario: faults, given the scenario and the place where it is named."""


def protocol(name: str, needs: Needs | None = None) -> Callable[[Protocol], Protocol]:
    """Registers a protocol under a name; a name that is taken is refused.

    Parameters
    ----------
    name : str
    needs : callable, optional
        Yields a fault, with the sentence that mends it, for whatever keeps it from being played.
    """

    def register(rule: Protocol) -> Protocol:
        if PROTOCOLS.setdefault(name, rule) is not rule:
            raise ValueError(f"a protocol named {name} is registered already")
        if needs is not None:
            NEEDS[name] = needs
        return rule

    return register


def spoken(rule: Protocol, table: Table, luck: Luck) -> Tabled:
    """What a protocol leaves on the table; a bare text can be signed everywhere."""
    said = rule(table, luck)
    if isinstance(said, Tabled):
        return said
    runs = said.shape[-1]
    return Tabled(said, np.ones(runs, dtype=np.bool_), np.zeros(runs, dtype=np.bool_))


def agreed_at(table: Table, position: Array, agreed: Flags) -> Tabled:
    """The text at a position on the frontier where there is an agreement; elsewhere nothing can be signed."""
    text = np.where(agreed & table.open_issues, table.terms_at(np.where(agreed, position, 0.0)), table.text)
    return Tabled(text, agreed, np.zeros(agreed.shape, dtype=np.bool_))


def needs_issues(scenario: Scenario, place: str) -> Iterator[Fault]:
    """A fault where no issue is ever on the table."""
    if all(issue.agenda == "parked" for issue in scenario.issues.values()):
        yield Fault(place, "needs an issue to bargain over, and all are parked; give one the agenda settlement")


def needs_few_texts(scenario: Scenario, name: str) -> Iterator[Fault]:
    """A fault where a lattice of a protocol has one value only, or too many texts for the issues of a settlement."""
    lattice = getattr(scenario.protocol, name).lattice
    issues = sum(issue.agenda != "parked" for issue in scenario.issues.values())
    if lattice == 1 or lattice**issues > MOST_TEXTS:
        largest = int(MOST_TEXTS ** (1.0 / max(issues, 1)) + 1e-9)
        found = f"found {lattice}, {lattice**issues} texts on {issues} issues"
        yield Fault(f"protocol.{name}.lattice", f"0, or 2 to {largest} is allowed, {found}")


def needs_a_mediator(scenario: Scenario, place: str) -> Iterator[Fault]:
    """A fault where talks without a mediator would need one."""
    yield from needs_issues(scenario, place)
    if place.endswith(".direct"):
        name: Any = scenario.protocol.direct
        yield Fault(place, f"{name} needs a mediator; name it in protocol.name, and another protocol here")
