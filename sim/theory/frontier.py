"""The exact Pareto frontier of two sides over several issues, and the bargaining solutions on it.

Utilities add over the issues and are concave and linear by pieces along each, so that the frontier is a
chain of pieces in the order of what A loses for what B gains. The pieces come from ``segments``. Curved
losses, more than two sides and the way a table reaches a point are not here.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, Number, ordered_sum, row_of
from sim.theory.segments import issue_segments

__all__ = ["Frontier", "Point", "egalitarian_point", "frontier", "issue_segments"]
__all__ += ["kalai_smorodinsky_point", "nash_point", "terms_at"]

NO_GAIN = -1e300
"""Stands in for the logarithm of no gain, finite so that a weight of zero can cancel it."""

NO_LENGTH = 1e-12
"""Pieces shorter than this are not bargained over."""

SAME_PRICE = 1.0 + 1e-12
"""Pieces whose rates of exchange differ by less than this factor are exchanged together."""


class Frontier(NamedTuple):
    """Pareto-efficient utilities from A's best end to B's.

    ``utility_a`` and ``utility_b`` (corners, runs) belong to the corners of the chain; ``order`` (pieces,
    runs) are the pieces along it, as flat indices issue * pieces + piece; ``first`` and ``last`` (pieces,
    runs) the ranks between which a rank shares its rate of exchange; ``origin`` (issues, runs) the terms at
    the first corner; ``step`` (issues, pieces, runs) the change of terms along each contested piece.
    """

    utility_a: Array
    utility_b: Array
    order: IntArray
    rank: IntArray
    first: IntArray
    last: IntArray
    origin: Array
    step: Array


class Point(NamedTuple):
    """A solution on a frontier: both utilities and the position along the chain, all (runs,).

    The whole part of ``position`` is a corner, the rest the part of the piece after it. Where ``feasible`` is
    false no terms give both sides their disagreement utilities, which then stand in for the utilities.
    """

    utility_a: Array
    utility_b: Array
    position: Array
    feasible: BoolArray


class _Chain(NamedTuple):
    """Gains over disagreement at the start of each piece, what it takes and gives, and its feasible part."""

    gain_a: Array
    gain_b: Array
    taken: Array
    given: Array
    first: Array
    last: Array
    feasible: BoolArray


def frontier(knots: Array, slope_a: Array, slope_b: Array, start: Array) -> Frontier:
    """Pareto frontier of two sides with additive concave utilities, linear by pieces.

    Pieces on which A loses and B gains are contested and make the chain; pieces on which A gains and B loses
    are contested backwards. Pieces that one side wants and the other does not mind are conceded beforehand.

    Parameters
    ----------
    knots : Array, (issues, pieces + 1, runs)
        Ends of the pieces of every issue, monotone along the piece axis, up or down.
    slope_a, slope_b : Array, (issues, pieces, runs)
        Gain of either side per unit moved along the knots, finite, not rising along an issue.
    start : Array, (sides, runs)
        Utilities of A and B where every issue stands at its first knot.

    Returns
    -------
    Frontier
        Chain of ``issues * pieces + 1`` corners; pieces with the same rate of exchange are in the order of
        their flat index, and are conceded in proportion.

    Source: [Raiffa1982]_ (Raiffa, 1982).

    >>> one = np.ones((1, 1, 1))
    >>> frontier(np.array([[[0.0], [1.0]]]), -one, one, np.array([[1.0], [0.0]])).utility_b.ravel()
    array([0., 1.])
    """
    step = np.diff(knots, axis=1)
    backward = (slope_a > 0.0) & (slope_b < 0.0)
    contested = ((slope_a < 0.0) & (slope_b > 0.0)) | backward
    conceded = ((slope_a >= 0.0) & (slope_b >= 0.0) & (slope_a + slope_b > 0.0)) | backward
    direction = np.where(contested & (np.abs(step) > NO_LENGTH), np.where(backward, -1.0, 1.0), 0.0)
    price = np.abs(slope_a) / np.where(direction != 0.0, np.abs(slope_b), 1.0)
    price = np.where(direction != 0.0, price, np.inf).reshape(-1, step.shape[-1])
    order = np.argsort(price, axis=0, kind="stable")
    first, last = _same_price(np.take_along_axis(price, order, axis=0))
    utility_a = _corners(start[0], slope_a * np.abs(step), conceded, direction, order)
    utility_b = _corners(start[1], slope_b * np.abs(step), conceded, direction, order)
    origin = knots[:, 0] + _along_issue(np.where(conceded, step, 0.0))
    return Frontier(utility_a, utility_b, order, np.argsort(order, axis=0), first, last, origin, step * direction)


def _along_issue(values: Array) -> Array:
    """Sum over the pieces of each issue."""
    return ordered_sum(np.moveaxis(values, 1, 0))


def _same_price(price: Array) -> tuple[IntArray, IntArray]:
    """First and last rank of the run of equal prices of each rank; pieces without one stay alone."""
    rank = np.broadcast_to(np.arange(len(price))[:, None], price.shape)
    rises = np.ones((len(price) + 1, price.shape[-1]), dtype=np.bool_)
    rises[1:-1] = (price[1:] > price[:-1] * SAME_PRICE) | np.isinf(price[1:])
    first = np.maximum.accumulate(np.where(rises[:-1], rank, 0), axis=0)
    last = np.minimum.accumulate(np.where(rises[1:], rank, len(price))[::-1], axis=0)[::-1]
    return first, last


def _corners(start: Array, change: Array, conceded: BoolArray, direction: Array, order: IntArray) -> Array:
    """Utility of one side at the corners of the chain."""
    base = start + ordered_sum(np.where(conceded, change, 0.0).reshape(order.shape))
    moved = np.take_along_axis((change * direction).reshape(order.shape), order, axis=0)
    return np.cumsum(np.concatenate([base[None], moved], axis=0), axis=0)


def terms_at(frontier: Frontier, knots: Array, position: Array) -> Array:
    """Terms that give the utilities at a position along the frontier.

    Parameters
    ----------
    frontier : Frontier
        From :func:`frontier`.
    knots : Array, (issues, pieces + 1, runs)
        The knots it was made from.
    position : Array, (runs,)
        Position along the chain, from a :class:`Point`.

    Returns
    -------
    Array, (issues, runs)
        Terms between the first and the last knot of each issue. Issues with the same rate of exchange are
        conceded in proportion, so that their order and the names of the sides do not matter.

    >>> one, knots = np.ones((1, 1, 1)), np.array([[[0.0], [1.0]]])
    >>> terms_at(frontier(knots, -one, one, np.array([[1.0], [0.0]])), knots, np.array([0.25]))
    array([[0.25]])
    """
    part = np.clip(position - frontier.rank, 0.0, 1.0)
    alone = frontier.first == frontier.last
    if not alone.all():
        shared = row_of(_shared_part(frontier, position), frontier.rank)
        part = np.where(row_of(alone, frontier.rank), part, shared)
    terms = frontier.origin + _along_issue(part.reshape(*frontier.step.shape[:2], -1) * frontier.step)
    low, high = np.minimum(knots[:, 0], knots[:, -1]), np.maximum(knots[:, 0], knots[:, -1])
    return np.minimum(np.maximum(terms, low), high)


def _shared_part(frontier: Frontier, position: Array) -> Array:
    """Part conceded of each rank's run of equal prices, by what it has given B."""
    corner = np.minimum(np.floor(position), len(frontier.order) - 1.0).astype(np.int64)
    left, right = row_of(frontier.utility_b, corner), row_of(frontier.utility_b, corner + 1)
    here = left + (position - corner) * (right - left)
    before = row_of(frontier.utility_b, frontier.first)
    whole = row_of(frontier.utility_b, frontier.last + 1) - before
    some = whole > 0.0
    return np.where(some, np.clip((here - before) / np.where(some, whole, 1.0), 0.0, 1.0), 0.0)


def _chain(frontier: Frontier, disagreement_a: Number, disagreement_b: Number) -> _Chain:
    """The frontier seen from the disagreement point."""
    gain_a, gain_b = frontier.utility_a - disagreement_a, frontier.utility_b - disagreement_b
    taken, given = gain_a[:-1] - gain_a[1:], gain_b[1:] - gain_b[:-1]
    gain_a, gain_b = gain_a[:-1], gain_b[:-1]
    first = np.where(gain_b < 0.0, -gain_b / np.where(given > 0.0, given, 1.0), 0.0)
    last = np.minimum(gain_a / np.where(taken > 0.0, taken, 1.0), 1.0)
    last = np.where(taken > 0.0, last, np.where(gain_a >= 0.0, 1.0, -1.0))
    feasible = (first <= last) & ((given > 0.0) | (gain_b >= 0.0))
    return _Chain(gain_a, gain_b, taken, given, first, last, feasible)


def _within(chain: _Chain, part: Array) -> Array:
    """Part of each piece, cut to where both sides gain."""
    return np.minimum(np.maximum(part, chain.first), chain.last)


def _after(chain: _Chain, part: Array) -> tuple[Array, Array]:
    """Gains of both sides after a part of each piece, not below zero."""
    gain_a = np.maximum(chain.gain_a - part * chain.taken, 0.0)
    return gain_a, np.maximum(chain.gain_b + part * chain.given, 0.0)


def _at(corners: Array, piece: IntArray, part: Array) -> Array:
    """Utility a part along a piece of the chain."""
    left, right = row_of(corners, piece), row_of(corners, piece + 1)
    return np.asarray(np.where(part >= 1.0, right, left + part * (right - left)), dtype=np.float64)


def _pick(frontier: Frontier, disagreement: tuple[Number, Number], chain: _Chain, part: Array, worth: Array) -> Point:
    """The first of the best pieces, and the point a part along it; disagreement where none is feasible."""
    piece = np.argmax(np.where(chain.feasible, worth, -np.inf), axis=0)
    feasible, part = row_of(chain.feasible, piece), row_of(part, piece)
    utility_a, utility_b = (
        np.where(feasible, np.maximum(_at(corners, piece, part), floor), floor)
        for corners, floor in zip((frontier.utility_a, frontier.utility_b), disagreement, strict=True)
    )
    return Point(utility_a, utility_b, np.where(feasible, piece + part, 0.0), feasible)


def _log_gain(gain: Array) -> Array:
    """Logarithm of a gain, very low but finite where there is none."""
    some = gain > 0.0
    return np.where(some, np.log(np.where(some, gain, 1.0)), NO_GAIN)


def nash_point(frontier: Frontier, disagreement_a: Number, disagreement_b: Number, weight: Number = 0.5) -> Point:
    """Nash solution, in closed form on every piece of the frontier.

    Parameters
    ----------
    frontier : Frontier
        From :func:`frontier`.
    disagreement_a, disagreement_b : float or Array, (runs,)
        What each side keeps if talks fail, finite.
    weight : float or Array, (runs,)
        A's bargaining power in [0, 1]; the gains are raised to ``weight`` and ``1 - weight``.

    Returns
    -------
    Point
        Ties go to the point nearest A's end. Where no terms are good enough for both, ``feasible`` is
        false and the disagreement utilities are returned.

    Source: [Nash1950]_ (Nash, 1950).

    >>> one = np.ones((1, 1, 1))
    >>> pie = frontier(np.array([[[0.0], [1.0]]]), -one, one, np.array([[1.0], [0.0]]))
    >>> round(float(nash_point(pie, 0.5, 0.2).utility_a[0]), 6)
    0.65
    """
    chain, weight = _chain(frontier, disagreement_a, disagreement_b), np.asarray(weight)
    contested = (chain.taken > 0.0) & (chain.given > 0.0)
    pull = (1.0 - weight) * chain.given * chain.gain_a - weight * chain.taken * chain.gain_b
    best = pull / np.where(contested, chain.taken * chain.given, 1.0)
    part = _within(chain, np.where(contested, best, np.where(chain.given > 0.0, 1.0, 0.0)))
    gain_a, gain_b = _after(chain, part)
    worth = weight * _log_gain(gain_a) + (1.0 - weight) * _log_gain(gain_b)
    return _pick(frontier, (disagreement_a, disagreement_b), chain, part, worth)


def _proportional(frontier: Frontier, disagreement: tuple[Number, Number], scale: tuple[Number, Number]) -> Point:
    """Point with the largest smaller gain, gains measured in the units of each side.

    A's gain falls along the chain and B's rises, so that only the piece on which they meet is worked out.
    """
    meeting = _meeting_piece(frontier, disagreement, scale)
    ends = np.stack([meeting, meeting + 1])
    piece = frontier._replace(utility_a=row_of(frontier.utility_a, ends), utility_b=row_of(frontier.utility_b, ends))
    chain = _chain(piece, *disagreement)
    pull = scale[0] * chain.gain_a - scale[1] * chain.gain_b
    rate = scale[0] * chain.taken + scale[1] * chain.given
    part = _within(chain, np.where(rate > 0.0, pull / np.where(rate > 0.0, rate, 1.0), 0.0))
    gain_a, gain_b = _after(chain, part)
    point = _pick(piece, disagreement, chain, part, np.minimum(scale[0] * gain_a, scale[1] * gain_b))
    return point._replace(position=np.where(point.feasible, meeting + point.position, 0.0))


def _meeting_piece(frontier: Frontier, disagreement: tuple[Number, Number], scale: tuple[Number, Number]) -> IntArray:
    """First piece after which A no longer gains more than B, or which reaches B's best end, (runs,)."""
    gain_a, gain_b = frontier.utility_a - disagreement[0], frontier.utility_b - disagreement[1]
    excess = scale[0] * gain_a - scale[1] * gain_b
    return np.asarray(np.add.reduce(excess[1:] > np.maximum(excess[-1], 0.0), axis=0, dtype=np.int64))


def egalitarian_point(frontier: Frontier, disagreement_a: Number, disagreement_b: Number) -> Point:
    """Point of equal gains, or, where the frontier ends before it, of the largest smaller gain.

    Parameters and failure as in :func:`nash_point`.

    Source: [Kalai1977]_ (Kalai, 1977).

    >>> one = np.ones((1, 1, 1))
    >>> pie = frontier(np.array([[[0.0], [1.0]]]), -one, one, np.array([[1.0], [0.0]]))
    >>> round(float(egalitarian_point(pie, 0.5, 0.2).utility_a[0]), 6)
    0.65
    """
    return _proportional(frontier, (disagreement_a, disagreement_b), (1.0, 1.0))


def kalai_smorodinsky_point(frontier: Frontier, disagreement_a: Number, disagreement_b: Number) -> Point:
    """Point where both gains are the same share of the most each side could gain.

    The most is what a side gains while the other keeps its disagreement utility. Parameters and failure as
    in :func:`nash_point`.

    Source: [KalaiSmorodinsky1975]_ (Kalai and Smorodinsky, 1975).

    >>> one = np.ones((1, 1, 1))
    >>> pie = frontier(np.array([[[0.0], [1.0]]]), -one, one, np.array([[1.0], [0.0]]))
    >>> round(float(kalai_smorodinsky_point(pie, 0.5, 0.2).utility_a[0]), 6)
    0.65
    """
    chain = _chain(frontier, disagreement_a, disagreement_b)
    most_a = np.max(np.where(chain.feasible, _after(chain, chain.first)[0], 0.0), axis=0)
    most_b = np.max(np.where(chain.feasible, _after(chain, chain.last)[1], 0.0), axis=0)
    scale_a, scale_b = (1.0 / np.where(most > 0.0, most, 1.0) for most in (most_a, most_b))
    return _proportional(frontier, (disagreement_a, disagreement_b), (scale_a, scale_b))
