"""Who guarantees an agreement, and what the parties make of the promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from sim.scenario.vocabulary import Scenario
from sim.theory.presence import reputation
from sim.world.parameters import MediatorParameters
from sim.world.society import Society

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Guarantors:
    """All that guarantee, mediators first: (guarantor, run)."""

    strength: Array
    """Capacity times credibility at the start, ties included."""
    credibility: Array
    donors: tuple[str | None, ...]
    """For each, the target of the shocks that say what it still gives to the side that it arms."""


def guarantors(
    scenario: Scenario, tree: SimpleNamespace, mediators: MediatorParameters, society: Society
) -> Guarantors:
    """Third parties that would guarantee an agreement of a scenario."""
    runs = society.runs
    strength, credibility, donors = [], [], []
    weight = tree.mediation.guarantee_ties if scenario.mechanisms.reliability else 0.0
    for row, key in enumerate(mediators.keys if scenario.mechanisms.mediation else ()):
        actor = scenario.mediators[key]
        strength.append(mediators.guarantee[row] * (1.0 - weight * (1.0 - tie(scenario, society, actor.iso3))))
        credibility.append(mediators.guarantee_credibility[row])
        donors.append(f"aid.{actor.iso3}" if actor.arms else None)
    for key, bloc in scenario.blocs.items():
        own = tree.actors[key]
        nearness = 1.0 - weight * (1.0 - tie(scenario, society, None, bloc.members))
        strength.append(own.guarantee * own.guarantee_credibility * nearness)
        credibility.append(own.guarantee_credibility)
        donors.append(None)
    return Guarantors(_table(strength, runs), _table(credibility, runs), tuple(donors))


def _table(rows: list[Array | float], runs: int) -> Array:
    return np.array([np.broadcast_to(row, (runs,)) for row in rows], dtype=np.float64).reshape(len(rows), runs)


def tie(scenario: Scenario, society: Society, iso3: str | None, group: str | None = None) -> float:
    """Nearness of a guarantor to the belligerents, in [0, 1]: its share of their ties over the largest of any state.

    The belligerent to whom it is nearer counts. A guarantor that stands in no table of ties counts as near.
    """
    if society.rows is None or not society.ties.nnz:
        return 1.0
    members = society.rows.members(group) if group else np.array([code == iso3 for code in society.rows.iso3])
    if not members.any():
        return 1.0
    return max((_share(row, members) for row in _rows(scenario, society)), default=1.0)


def _rows(scenario: Scenario, society: Society) -> Iterator[Array]:
    for side in "AB":
        place = society.place.get(scenario.belligerent(side).iso3 or "")
        if place is not None:
            yield society.ties[[place], :].toarray()[0]


def _share(row: Array, members: npt.NDArray[np.bool_]) -> float:
    largest = float(row.max())
    return min(float(sum(row[members])) / largest, 1.0) if largest > 0.0 else 0.0


def on_offer(strength: Array) -> Array:
    """Strength of all guarantees together, (run,) in [0, 1]: that not all of them fail."""
    unguarded = np.ones(strength.shape[1])
    for row in strength:
        unguarded = unguarded * (1.0 - row)
    return 1.0 - unguarded


def believed(found: Guarantors, trials: Array | float | None, kept: Array, broken: Array) -> Array:
    """Strength of each guarantee after what became of those before, (guarantor, run) in [0, 1]."""
    if trials is None:
        return found.strength
    return np.minimum(found.strength * reputation(found.credibility, trials, kept, broken), 1.0)
