"""What the model has to beat: predictions that need no model, with probabilities learned from their own past errors.

Each gives a vote to every state. Its probabilities put a share on that vote and spread the rest as states voted
before; the share is how often it was right on earlier texts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize

from sim.studies.assembly.habits import last_vote
from sim.studies.assembly.record import Record, RollCall
from sim.theory.arrays import Array
from sim.theory.item_response_site import choice_probabilities
from sim.theory.voting import ABSENT, ABSTAIN, Votes

START_RIGHT, START_WEIGHT = 0.8, 20.0
LAST = 5


def same_family(record: Record, text: RollCall) -> Votes:
    """A state's last vote on an own text of the family; if it has none, its last vote."""
    found = last_vote(record, text.day, lambda other: other.own and other.family == text.family)
    return np.where(found == ABSENT, any_text(record, text), found)


def related_family(record: Record, text: RollCall) -> Votes:
    """The same, earlier texts of the family in the regular sessions included."""
    found = last_vote(record, text.day, lambda other: other.family == text.family)
    return np.where(found == ABSENT, any_text(record, text), found)


def any_text(record: Record, text: RollCall) -> Votes:
    """A state's last vote on any own text; an abstention if it has none."""
    found = last_vote(record, text.day, lambda other: other.own)
    return np.where(found == ABSENT, np.int8(ABSTAIN), found)


def last_five(record: Record, text: RollCall) -> Votes:
    """The majority of a state's last five votes on own texts; ties go to the latest of the tied."""
    past = [other for other in record.texts if other.own and other.votes is not None and other.day < text.day]
    counts = np.zeros((len(record.states), 3))
    number = np.zeros(len(record.states), dtype=np.int64)
    for other in reversed(past):
        use = (other.known != ABSENT) & (number < LAST)
        counts[np.flatnonzero(use), other.known[use]] += 1.0 - 0.01 * number[use]
        number += use
    return np.where(number == 0, np.int8(ABSTAIN), counts.argmax(axis=1).astype(np.int8))


def group_majority(record: Record, text: RollCall) -> Votes:
    """The commonest last vote on the family within a state's regional group."""
    own = same_family(record, text)
    found = own.copy()
    for group in np.unique(record.groups):
        members = record.groups == group
        found[members] = np.bincount(own[members], minlength=3).argmax()
    return found


POINTWISE: dict[str, Callable[[Record, RollCall], Votes]] = {
    "last vote, same family": same_family,
    "last vote, family with regular sessions": related_family,
    "last vote": any_text,
    "majority of last five": last_five,
    "group majority": group_majority,
}


def smoothed(votes: Votes, right: float, shares: Array) -> Array:
    """Probabilities, (states, 3): a share on the vote that is predicted, the rest as states voted before."""
    chance = (1.0 - right) * np.tile(shares, (len(votes), 1))
    chance[np.arange(len(votes)), votes] += right
    return chance


def learned_share(hits: float, cases: float, chance: float) -> float:
    """Share to put on a prediction that was right so often, chance hits taken off.

    >>> round(learned_share(80.0, 80.0, 0.0), 2)
    0.96
    """
    rate = (hits + START_RIGHT * START_WEIGHT) / (cases + START_WEIGHT)
    return float(np.clip((rate - chance) / (1.0 - chance), 0.01, 0.99))


def one_dimension(record: Record, text: RollCall, points: Array) -> Array:
    """Probabilities, (states, 3), of an ordered probit on the first dimension alone, fitted to the last such text."""
    past = [other for other in record.texts if other.own and other.votes is not None and other.day < text.day]
    family = [other for other in past if other.family == text.family]
    votes = (family or past)[-1].known
    cast = votes != ABSENT

    def cost(values: Array) -> float:
        shares = _on_line(points, values)[np.flatnonzero(cast), votes[cast]]
        return float(0.05 * (values[0] ** 2) - np.log(np.clip(shares, 1e-9, 1.0)).sum())

    found = minimize(cost, np.array([1.5, -1.0, 0.5]), method="Nelder-Mead").x
    return _on_line(points, np.asarray(found))


def _on_line(points: Array, values: Array) -> Array:
    slope, demand, log_band = values
    return choice_probabilities(slope * points, np.zeros(len(points)), float(demand), float(np.exp(log_band)))
