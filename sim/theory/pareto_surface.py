"""Texts on the Pareto surface of any number of parties over several issues, for tables of more than two.

Utilities add over the issues and are concave, so that whatever is efficient is best for some weights of the
parties. Against each of the two sides all others are taken together, with weights on a lattice; the exact frontier
between the two camps is then walked in even steps. What two sides alone do along theirs is in ``frontier_offers``.
"""

from collections.abc import Iterator
from itertools import combinations_with_replacement

import numpy as np

from sim.theory.arrays import Array, ordered_sum
from sim.theory.frontier import NO_LENGTH, frontier, terms_at
from sim.theory.frontier_walk import place_between
from sim.theory.worth import Tastes, worth


def blends(members: int, steps: int) -> Array:
    """Weights of the members of a camp on a lattice.

    Parameters
    ----------
    members : int
        From 1.
    steps : int
        Parts into which the whole weight is cut, from 1.

    Returns
    -------
    Array, (blends, members)
        Rows add to 1; every member has the whole weight in one of them.

    >>> blends(2, 2).tolist()
    [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]
    """
    shares = combinations_with_replacement(range(members), steps)
    return np.array([[chosen.count(member) / steps for member in range(members)] for chosen in shares])


def surface_terms(judges: Tastes, steps: int = 4, places: int = 15) -> Array:
    """Terms on the Pareto surface of two sides and of others beside them.

    Parameters
    ----------
    judges : Tastes
        Weights of the parties, the two sides first and last; curved losses count as the straight ones with the
        same ends.
    steps : int
        Parts into which the weight of a camp is cut among its members, from 1.
    places : int
        Even steps along each frontier between a camp and a side, both ends among them, from 2.

    Returns
    -------
    Array, (texts, issues, runs)
        Efficient terms in [0, 1], some more than once; with two parties all lie along their frontier. The more
        steps, the nearer the others' gains can be brought to any that are possible.

    Source: [Raiffa1982]_ (Raiffa, 1982), on the efficient frontier as what is best for some weights.

    >>> one = np.ones((2, 1, 1))
    >>> opposed = Tastes(np.array([[[0.0]], [[1.0]]]), one, one, 1.0, one, 0 * one, 0 * one, 0 * one[0])
    >>> surface_terms(opposed, 1, 3)[:3].ravel()
    array([0. , 0.5, 1. ])
    """
    knots = _knots(judges)
    slopes, start = _slopes(judges, knots), worth(np.zeros(knots.shape[::2]), judges)
    return np.concatenate([_walk(knots, *camp, places) for camp in _camps(slopes, start, steps)])


def _knots(judges: Tastes) -> Array:
    """Where somebody's loss bends, (issues, knots, runs), from 0 to 1 on every issue."""
    ideal, width = judges.ideal_point, np.minimum(judges.red_line, 2.0)
    charter = np.broadcast_to(judges.charter, ideal.shape[1:])
    bends = np.concatenate([ideal, ideal - width, ideal + width, charter[None]])
    ends = np.zeros((1, *ideal.shape[1:]))
    knots = np.sort(np.moveaxis(np.concatenate([ends, np.clip(bends, 0.0, 1.0), ends + 1.0]), 0, 1), axis=1)
    apart = np.any(np.diff(knots, axis=1) > NO_LENGTH, axis=(0, 2))
    return np.compress([True, *apart], knots, axis=1)


def _slopes(judges: Tastes, knots: Array) -> Array:
    """Gain of each party a unit of terms between the knots, (parties, issues, pieces, runs)."""
    middle = 0.5 * (knots[:, 1:] + knots[:, :-1])
    toward = np.sign(judges.ideal_point[:, :, None] - middle)
    beyond = np.abs(judges.ideal_point[:, :, None] - middle) > judges.red_line[:, :, None]
    steepness = np.broadcast_to(judges.steepness, judges.ideal_point.shape)[:, :, None]
    norm = np.broadcast_to(judges.norm, judges.ideal_point.shape)[:, :, None]
    gentle = (judges.salience / judges.scale)[:, :, None]
    lawful = np.sign(np.broadcast_to(judges.charter, knots[:, 0].shape)[:, None] - middle)
    return np.asarray(toward * (gentle + np.where(beyond, steepness, 0.0)) + norm * lawful)


def _camps(slopes: Array, start: Array, steps: int) -> Iterator[tuple[Array, Array, Array]]:
    """Slopes of A's camp and of B's with their utilities at the first knot: A and others together, then B and they."""
    others = blends(len(slopes) - 1, steps)
    for weights in others:
        yield _blend(slopes[:-1], weights), slopes[-1], np.stack([_blend(start[:-1], weights), start[-1]])
    # With all the weight on a side it is the frontier of the two sides again.
    for weights in others[1:]:
        mine = _blend(slopes[:0:-1], weights), _blend(start[:0:-1], weights)
        yield slopes[0], mine[0], np.stack([start[0], mine[1]])


def _blend(values: Array, weights: Array) -> Array:
    return ordered_sum(np.stack([weight * own for weight, own in zip(weights, values, strict=True)]))


def _walk(knots: Array, slope_a: Array, slope_b: Array, start: Array, places: int) -> Array:
    """Terms at even steps along the frontier between two camps, (places, issues, runs)."""
    chain = frontier(knots, slope_a, slope_b, start)
    first = np.zeros(knots.shape[-1])
    last, part = first + len(chain.order), np.arange(places)[:, None] / (places - 1.0)
    return np.stack([terms_at(chain, knots, place) for place in place_between(chain, first, last, part)])
