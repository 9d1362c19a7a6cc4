"""Two sides without a mediator: each week one of them proposes, and knows what the other needs only roughly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import row_of
from sim.theory.choice import acceptance_probability, logit_choice
from sim.theory.frontier import Frontier
from sim.theory.frontier_walk import place_of, value_at
from sim.theory.ultimatum import ultimatum_along
from sim.world.protocols.registry import Luck, Table, needs_issues, protocol

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TINY = 1e-300


@protocol("alternating_texts", needs_issues)
def alternating_texts(table: Table, luck: Luck) -> Array:
    """Text that the side whose turn it is likes best, weighed with the chance that the other signs it.

    The proposer looks at the corners of the frontier only, and passes over those between issues of one price,
    whose order says nothing; or it takes the best place of the whole; or it chooses among even steps, where it
    gains, by logit with its own precision.  Where it has nothing to hope for, the text stays as it is; ties go to the
    place nearest its own end.

    Parameters
    ----------
    table : Table
    luck : Luck
        The uniform draw of the first round chooses where the choice is by logit; else it is not used.

    Returns
    -------
    (issue, run) float in [0, 1]

    Source: [Signorino1999]_ (Signorino, 1999) for the expectation over a quantal response.
    """
    rules, proposes_a = table.options("alternating_texts"), table.proposer == 0
    corners = _corners(table, proposes_a)
    answers = np.where(proposes_a, table.precision[1], table.precision[0])
    if rules.choice == "best":
        place = ultimatum_along(corners.own, corners.other, answers)
        hopes = _worth(value_at(corners.own, place), value_at(corners.other, place), answers) > 0.0
    else:
        offers = corners if rules.choice == "corner" else _along(corners, rules.candidates)
        worth = _worth(offers.own, offers.other, answers)
        if rules.choice == "corner":
            best = np.argmax(np.where(offers.seen, worth, 0.0), axis=0)
        else:
            own_precision = np.where(proposes_a, table.precision[0], table.precision[1])
            best = logit_choice(worth, offers.seen, own_precision, luck.uniform[0])
        place, hopes = row_of(offers.place, best), row_of(worth, best) > 0.0
    position = np.where(proposes_a, place, len(corners.own) - 1.0 - place)
    return np.where(hopes & table.open_issues, table.terms_at(position), table.text)


def _worth(own: Array, other: Array, answers: Array) -> Array:
    """What a proposer expects to gain."""
    return np.asarray(np.maximum(own, 0.0) * acceptance_probability(other, answers))


class _Offers(NamedTuple):
    """Places that a proposer looks at, from its own end: (place, run) each.

    ``place`` on the frontier, what it gains (``own``), what the other does (``other``), and which are ``seen``.
    """

    place: Array
    own: Array
    other: Array
    seen: Flags


def _corners(table: Table, proposes_a: Flags) -> _Offers:
    """The corners of the frontier, seen but for those between issues of one price."""
    chain = table.frontier
    gain_a, gain_b, bends = chain.utility_a - table.needed[0], chain.utility_b - table.needed[1], _bends(chain)
    own, other = np.where(proposes_a, gain_a, gain_b[::-1]), np.where(proposes_a, gain_b, gain_a[::-1])
    place = np.arange(len(own), dtype=np.float64)[:, None] + np.zeros(own.shape[-1])
    return _Offers(place, own, other, np.where(proposes_a, bends, bends[::-1]))


def _along(corners: _Offers, candidates: int) -> _Offers:
    """Even steps of the way from the proposer's end of the frontier to the other's."""
    lost, won = corners.own[0] - corners.own, corners.other - corners.other[0]
    along = 0.5 * (lost / np.maximum(lost[-1], TINY) + won / np.maximum(won[-1], TINY))
    place = place_of(along, (np.arange(candidates) / (candidates - 1.0))[:, None] * along[-1])
    own = value_at(corners.own, place)
    return _Offers(place, own, value_at(corners.other, place), own > 0.0)


def _bends(frontier: Frontier) -> Flags:
    """Corners that do not lie within a stretch of one price, (corner, run)."""
    bends = np.ones(frontier.utility_a.shape, dtype=np.bool_)
    bends[1:-1] = frontier.first[1:] > frontier.first[:-1]
    return bends
