"""A mediator's single negotiating text, changed issue by issue (Fisher and Ury 1981; Raiffa 1982)."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from sim.scenario.faults import Fault
from sim.scenario.vocabulary import Scenario
from sim.theory.arrays import safe_power
from sim.world.protocols.registry import Luck, Table, needs_issues, protocol

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TILT = 0.25
"""Weight of the difference of gains in the aim of a wholly partial mediator."""


def _needs(scenario: Scenario, place: str) -> Iterator[Fault]:
    yield from needs_issues(scenario, place)
    if scenario.protocol.single_text.linked and scenario.protocol.rounds < 2:
        yield Fault("protocol.single_text.linked", "changes of two rounds are tried together; give protocol.rounds 2")


@protocol("single_text", _needs)
def single_text(table: Table, luck: Luck) -> Array:
    """Text after a week in which the mediator tried changes to one issue at a time.

    A change is kept if it serves the mediator's aim: the larger smallest gain, tilted by its bias towards a side.
    Ties keep the old text.  A mediator that anneals also lets worse texts pass, the less so the longer the talks
    last; only it does, not the parties, who would lose by it.  The text may lie below a reservation value, unless
    the scenario says never; nobody has to sign it.

    Parameters
    ----------
    table : Table
    luck : Luck
        The uniform draw of a round picks the issue, the normal one the change; where the draw lies within the
        share of its issue decides whether a worse text passes.

    Returns
    -------
    (issue, run) float in [0, 1]

    Source: [FisherUry1981]_ (Fisher and Ury, 1981); [KleinEtAl2003]_ (Klein and others, 2003).
    """
    rules = table.options("single_text")
    text, gains = table.text, table.gains(table.text)
    aim, heat = _aim(table, gains), _temperature(table, rules)
    for rounds in _trials(len(luck.uniform), linked=rules.linked):
        changed = _changed(table, text, luck, rounds)
        new_gains = table.gains(changed)
        new_aim = _aim(table, new_gains)
        better = new_aim > aim
        if heat is not None:
            better |= _passes(new_aim - aim, heat, _within(table.open_issues, luck.uniform[rounds[0]]))
        if rules.never_below:
            better &= (new_gains >= np.minimum(gains, 0.0)).all(axis=0)
            gains = np.where(better, new_gains, gains)
        text = np.where(better, changed, text)
        aim = np.where(better, new_aim, aim)
    return text


def _trials(rounds: int, *, linked: bool) -> list[tuple[int, ...]]:
    """Rounds whose changes are tried together."""
    if linked:
        return [(first, first + 1) for first in range(0, rounds - 1, 2)]
    return [(place,) for place in range(rounds)]


def _changed(table: Table, text: Array, luck: Luck, rounds: tuple[int, ...]) -> Array:
    """The text with one issue changed for each of the rounds."""
    for place in rounds:
        issue = _pick(table.open_issues, luck.uniform[place])
        text = np.where(issue, np.clip(text + table.step * luck.normal[place], 0.0, 1.0), text)
    return text


def _aim(table: Table, gains: Array) -> Array:
    gain_a, gain_b = gains[:2]
    least = np.minimum(gain_a, gain_b)
    for gain in gains[2:]:
        least = np.minimum(least, gain)
    return least + TILT * table.bias * (gain_a - gain_b)


def _temperature(table: Table, rules: SimpleNamespace) -> Array | None:
    """Temperature of the week, (run,); None where nobody anneals."""
    if not np.any(rules.annealing):
        return None
    return np.asarray(rules.annealing * safe_power(rules.cooling, table.age.astype(np.float64)))


def _passes(change: Array, heat: Array, mark: Array) -> Flags:
    """Whether a change that does not serve the aim passes all the same."""
    warm = heat > 0.0
    chance = np.exp(np.minimum(change, 0.0) / np.where(warm, heat, 1.0))
    return np.asarray(warm & (mark < chance))


def _pick(open_issues: Flags, uniform: Array) -> Flags:
    """One open issue a run, each as likely as the other; none where none is open."""
    rank = np.cumsum(open_issues, axis=0)
    wanted = np.minimum(np.floor(uniform * rank[-1]) + 1.0, np.maximum(rank[-1], 1))
    return np.asarray(open_issues & (rank == wanted))


def _within(open_issues: Flags, uniform: Array) -> Array:
    """Where a draw lies within the share of the issue that it picks: uniform, whichever issue that is."""
    shares = uniform * np.maximum(open_issues.sum(axis=0), 1)
    return np.asarray(shares - np.floor(shares))
