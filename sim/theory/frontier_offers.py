"""Offers of two sides along their frontier: stacked offers of sides that concede, and offers of the patient.

Stacked offers over any finite set of outcomes and for more than two parties are in ``stacked_offers``, whose
rules are played here; the closed forms on a single pie are in ``bargaining``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, Number
from sim.theory.frontier import Frontier
from sim.theory.frontier_walk import place_of, room, value_at, way
from sim.theory.stacked_offers import SAME_UTILITY, acceptance_limit

AT_A_STEP = 1e-9
"""Part of a step by which a place may be missed and still count as reached."""

MOST_PATIENT = 1.0 - 1e-9
"""Stands in for a discount factor of 1, at which any division can be held to for ever."""


class Walk(NamedTuple):
    """How stacked offers along a frontier ended: (runs,) each.

    ``position`` of the agreement, ``step`` as in :func:`~sim.theory.stacked_offers.negotiate`, and whether
    there was one; the position is 0 and the step the number of rounds where there was none.
    """

    position: Array
    step: IntArray
    agreed: BoolArray


class _Side(NamedTuple):
    """A side's utility falling along its own way (corners, runs), that way, its end values and its exponent."""

    utility: Array
    along: Array
    least: Array
    most: Array
    exponent: Array


def concede_along(
    frontier: Frontier,
    needed: Array,
    exponent: Array,
    opens: IntArray,
    *,
    rounds: int = 100,
    candidates: int = 1001,
) -> Walk:
    """Stacked alternating offers of two sides that put forward places along their frontier.

    The rules are those of :func:`~sim.theory.stacked_offers.negotiate` on candidates at even steps of the
    way. What a side offers gets better for the other from round to round and what it accepts falls, so that
    the first offer that is accepted is found by halving.

    Parameters
    ----------
    frontier : Frontier
    needed : Array, (sides, runs)
        Reservation values in the units of the frontier.
    exponent : Array, (sides, runs) or (sides, 1)
        Exponent of concession, zero or more; above 1 concedes late.
    opens : IntArray, (runs,)
        Side that acts first in every round.
    rounds : int
        Number of rounds, from 1.
    candidates : int
        Number of places that can be offered, from 2.

    Returns
    -------
    Walk

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017), [FaratinSierraJennings1998]_
    (Faratin, Sierra and Jennings, 1998).
    """
    along = way(frontier)
    sides = (
        _side(frontier.utility_a, along, needed[0], exponent[0]),
        _side(frontier.utility_b[::-1], 1.0 - along[::-1], needed[1], exponent[1]),
    )
    first = [_first_accepted(sides, side, opens, rounds, candidates) for side in (0, 1)]
    answered = [np.where(opens == side, at, at + 1) for side, at in enumerate(first)]
    # In one round the opener answers the offer of the round before, ahead of an offer of its own.
    by_a = (answered[0] < answered[1]) | ((answered[0] == answered[1]) & (opens == 1))
    taken = np.where(by_a, answered[0], answered[1])
    possible = (needed[0] <= sides[0].most) & (needed[1] <= sides[1].most)
    agreed = possible & (taken < rounds)
    at = np.where(by_a, first[0], first[1])
    offers = [_offer(sides[side], np.minimum(at, rounds - 1), rounds, candidates) for side in (0, 1)]
    part = np.where(by_a, offers[0], 1.0 - offers[1])
    return Walk(np.where(agreed, place_of(along, part), 0.0), np.where(agreed, taken + 1, rounds), agreed)


def _side(utility: Array, along: Array, needed: Array, exponent: Array) -> _Side:
    """One side, looking along its own way from its best end."""
    most = utility[0]
    least = np.minimum(np.maximum(needed, utility[-1]), most)
    return _Side(utility, along, least, most, exponent)


def _limit(side: _Side, at: IntArray, rounds: int) -> Array:
    """Utility from which on a side accepts in a round."""
    time = np.asarray(at + 1, dtype=np.float64) / (rounds + 1)
    return acceptance_limit(side.least, side.most, time, side.exponent)


def _offer(side: _Side, at: IntArray, rounds: int, candidates: int) -> Array:
    """Place on its own way, in [0, 1], of the farthest candidate that meets a side's limit in a round."""
    wanted = np.maximum(_limit(side, at, rounds) - SAME_UTILITY, side.least)
    part = value_at(side.along, place_of(-side.utility, -wanted))
    return np.asarray(np.floor(part * (candidates - 1) + AT_A_STEP) / (candidates - 1))


def _first_accepted(sides: tuple[_Side, _Side], offers: int, opens: IntArray, rounds: int, candidates: int) -> IntArray:
    """First round whose offer by a side the other accepts when it acts next; the number of rounds if none."""
    one, other = sides[offers], sides[1 - offers]
    later = np.where(opens == offers, 0, 1)
    # The last offer of the round's second party finds nobody to answer it.
    low, high = np.zeros(opens.shape, dtype=np.int64), rounds - later
    for _ in range(rounds.bit_length()):
        middle = np.minimum((low + high) // 2, rounds - 1)
        place = place_of(other.along, 1.0 - _offer(one, middle, rounds, candidates))
        takes = value_at(other.utility, place) >= _limit(other, middle + later, rounds)
        searching = low < high
        high = np.where(searching & takes, middle, high)
        low = np.where(searching & ~takes, middle + 1, low)
    return np.where(low < rounds - later, low, rounds)


class Proposals(NamedTuple):
    """What each side proposes where nobody gains by waiting: positions (runs,), and whether both gain there."""

    by_a: Array
    by_b: Array
    some: BoolArray


def patient_proposals(
    frontier: Frontier, needed_a: Number, needed_b: Number, discount_a: Number, discount_b: Number
) -> Proposals:
    """Equilibrium of alternating offers without an end along a frontier, in closed form.

    A proposes what leaves B as much as B's own proposal would next time, and B the same to A. Both have their
    reservation values meanwhile, which is war where war goes on. In terms of what B gains the frontier is
    linear by pieces, and so is the condition; it is solved exactly between two of the places where either
    bends.

    Parameters
    ----------
    frontier : Frontier
    needed_a, needed_b : float or Array, (runs,)
        Reservation values in the units of the frontier.
    discount_a, discount_b : float or Array, (runs,)
        Discount factors from one offer to the next, above 0 and at most 1; 1 counts as very nearly 1.

    Returns
    -------
    Proposals
        At an end of the frontier where it gives the other side more than its due.

    Source: [Rubinstein1982]_ (Rubinstein, 1982), [BinmoreRubinsteinWolinsky1986]_ (Binmore, Rubinstein and
    Wolinsky, 1986).

    >>> one, two = np.ones((1, 1, 1)), np.array([[1.0], [0.0]])
    >>> from sim.theory.frontier import frontier
    >>> pie = frontier(np.array([[[0.0], [1.0]]]), -one, one, two)
    >>> 1.0 - patient_proposals(pie, 0.0, 0.0, 0.9, 0.95).by_a.round(6)
    array([0.344828])
    """
    factor_a, factor_b = np.minimum(discount_a, MOST_PATIENT), np.minimum(discount_b, MOST_PATIENT)
    gain_a, gain_b = frontier.utility_a - needed_a, frontier.utility_b - needed_b
    ends = room(frontier, needed_a, needed_b)
    least = np.maximum(value_at(gain_b, ends.first), 0.0)
    most = np.maximum(value_at(gain_b, ends.last), least)
    top = np.maximum(factor_b * most, least)
    bends = np.concatenate([gain_b, factor_b * gain_b, least[None], top[None]])
    bends = np.minimum(np.maximum(bends, least), top)
    after = np.minimum(bends / factor_b, most)
    slack = _of_a(gain_a, gain_b, after) - factor_a * _of_a(gain_a, gain_b, bends)
    by_a = _root(bends, slack, least)
    place_a = np.clip(place_of(gain_b, by_a), ends.first, ends.last)
    place_b = place_of(-gain_a, -factor_a * value_at(gain_a, place_a))
    return Proposals(place_a, np.clip(place_b, ends.first, ends.last), ends.some)


def proposals_beside_options(
    frontier: Frontier,
    option_a: Number,
    option_b: Number,
    discount_a: Number,
    discount_b: Number,
    *,
    risk: Number = 0.0,
) -> Proposals:
    """Equilibrium of alternating offers along a frontier between sides that may leave for what they have elsewhere.

    Meanwhile a side has no more than the other's best terms give it. Who is asked may take its option instead of
    answering, and talks may collapse into both options; so an option below what bargaining gives anyway changes
    nothing unless talks may collapse, and a better one is met exactly.

    Parameters
    ----------
    frontier : Frontier
    option_a, option_b : float or Array, (runs,)
        What each side has by leaving, in the units of the frontier.
    discount_a, discount_b : float or Array, (runs,)
        Discount factors from one offer to the next, above 0 and at most 1.
    risk : float or Array, (runs,)
        Probability that talks collapse after a refusal, in [0, 1).

    Returns
    -------
    Proposals
        As of :func:`patient_proposals`; ``some`` where a place gives both sides as much as their options.

    Source: [Sutton1986]_ (Sutton, 1986) for leaving, [BinmoreRubinsteinWolinsky1986]_ (Binmore, Rubinstein and
    Wolinsky, 1986) for collapse.

    >>> one, two = np.ones((1, 1, 1)), np.array([[1.0], [0.0]])
    >>> from sim.theory.frontier import frontier
    >>> pie = frontier(np.array([[[0.0], [1.0]]]), -one, one, two)
    >>> [float(proposals_beside_options(pie, 0.0, out, 0.9, 0.9).by_a[0].round(6)) for out in (0.4, 0.6)]
    [0.473684, 0.6]
    """
    least_a, least_b = frontier.utility_a[-1], frontier.utility_b[0]
    worth_a, worth_b = np.maximum(option_a - least_a, 0.0), np.maximum(option_b - least_b, 0.0)
    stays_a, stays_b = (np.minimum((1.0 - risk) * factor, MOST_PATIENT) for factor in (discount_a, discount_b))
    # What collapse leaves is worth a constant for ever; above it the game is one without collapse.
    for_ever_a, for_ever_b = risk * worth_a / (1.0 - stays_a), risk * worth_b / (1.0 - stays_b)
    free = patient_proposals(frontier, least_a + for_ever_a, least_b + for_ever_b, stays_a, stays_b)
    gain_a, gain_b = frontier.utility_a - least_a, frontier.utility_b - least_b
    ends = room(frontier, option_a, option_b)
    enough_b = risk * worth_b + stays_b * value_at(gain_b, ends.last)
    enough_a = risk * worth_a + stays_a * value_at(gain_a, ends.first)
    due_b = np.maximum(np.minimum(value_at(gain_b, free.by_a), enough_b), worth_b)
    due_a = np.maximum(np.minimum(value_at(gain_a, free.by_b), enough_a), worth_a)
    by_a, by_b = place_of(gain_b, due_b), place_of(-gain_a, -due_a)
    return Proposals(np.clip(by_a, ends.first, ends.last), np.clip(by_b, ends.first, ends.last), ends.some)


def _of_a(gain_a: Array, gain_b: Array, wanted: Array) -> Array:
    """What A gains where B gains so much."""
    return value_at(gain_a, place_of(gain_b, wanted))


def _root(bends: Array, slack: Array, least: Array) -> Array:
    """Where a falling function, linear between its bends, passes zero; an end where it never does."""
    good = slack >= 0.0
    low = np.max(np.where(good, bends, -np.inf), axis=0)
    high = np.min(np.where(good, np.inf, bends), axis=0)
    above = np.min(np.where(good & (bends == low), slack, np.inf), axis=0)
    below = np.max(np.where(~good & (bends == high), slack, -np.inf), axis=0)
    inside = np.isfinite(low) & np.isfinite(high)
    fall = np.where(inside, above - below, 1.0)
    length, slack_above = np.where(inside, high, 0.0) - np.where(inside, low, 0.0), np.where(inside, above, 0.0)
    step = length * slack_above / np.where(fall > 0.0, fall, 1.0)
    return np.where(np.isfinite(low), low + step, least)
