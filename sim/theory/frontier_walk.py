"""Places along a frontier: where a side gets what it asks for, and even steps from one end to the other.

The frontier itself and the bargaining solutions on it are in ``frontier``; what sides offer while they walk
along it is in ``frontier_offers``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number, row_of
from sim.theory.frontier import Frontier


class Room(NamedTuple):
    """Part of a frontier on which both sides gain: positions of its ends, (runs,).

    ``first`` is the place nearest A's end that B would take, ``last`` the place nearest B's end that A would;
    where ``some`` is false there is no such place, and the ends mean nothing.
    """

    first: Array
    last: Array
    some: BoolArray


def value_at(corners: Array, position: Array) -> Array:
    """Value at a position along a chain of corners, linear between them.

    Parameters
    ----------
    corners : Array, (corners, runs)
        Values at the corners, two or more.
    position : Array, (..., runs)
        From 0 to the number of pieces.

    Returns
    -------
    Array, (..., runs)

    >>> value_at(np.array([[0.0], [1.0], [3.0]]), np.array([1.5]))
    array([2.])
    """
    piece = np.minimum(position, len(corners) - 2.0).astype(np.int64)
    left = row_of(corners, piece)
    return np.asarray(left + (position - piece) * (row_of(corners, piece + 1) - left))


def place_of(corners: Array, wanted: Array) -> Array:
    """Position at which values that rise along a chain reach what is wanted.

    Parameters
    ----------
    corners : Array, (corners, runs)
        Values at the corners, nowhere falling.
    wanted : Array, (..., runs)

    Returns
    -------
    Array, (..., runs)
        The last such position where the values stand still; an end where nothing is low or high enough.

    >>> place_of(np.array([[0.0], [1.0], [1.0], [3.0]]), np.array([[-1.0], [1.0], [2.0], [4.0]])).T
    array([[0. , 2. , 2.5, 3. ]])
    """
    # A loop over the corners adds whole rows, which is faster than one wide comparison and as exact.
    piece = np.zeros(wanted.shape, dtype=np.int64)
    for corner in corners[1:-1]:
        piece += wanted >= corner
    left = row_of(corners, piece)
    rise = row_of(corners, piece + 1) - left
    some = rise > 0.0
    part = np.where(some, (wanted - left) / np.where(some, rise, 1.0), wanted > left)
    return np.asarray(piece + np.clip(part, 0.0, 1.0))


def way(frontier: Frontier) -> Array:
    """How far along the frontier each corner lies, from 0 at A's end to 1 at B's.

    Half of the way is what A has lost of all that it loses along the frontier, the other half what B has won,
    so that the way is the same seen from either side.

    Parameters
    ----------
    frontier : Frontier

    Returns
    -------
    Array, (corners, runs)
        0 everywhere where nothing is contested.
    """
    lost = frontier.utility_a[0] - frontier.utility_a
    won = frontier.utility_b - frontier.utility_b[0]
    return np.asarray(0.5 * (_share(lost) + _share(won)))


def _share(values: Array) -> Array:
    whole = values[-1]
    return np.where(whole > 0.0, values / np.where(whole > 0.0, whole, 1.0), 0.0)


def room(frontier: Frontier, needed_a: Number, needed_b: Number) -> Room:
    """Part of the frontier that gives both sides what they need.

    Parameters
    ----------
    frontier : Frontier
    needed_a, needed_b : float or Array, (runs,)
        Reservation values in the units of the frontier.

    Returns
    -------
    Room

    Source: [Raiffa1982]_ (Raiffa, 1982), the zone of possible agreement.
    """
    runs = np.zeros(frontier.utility_a.shape[-1])
    first = place_of(frontier.utility_b, needed_b + runs)
    last = place_of(-frontier.utility_a, -(needed_a + runs))
    # The position of B's need is the end of a stretch on which B stands still, and may lie beyond A's.
    first = np.where(frontier.utility_b[0] >= needed_b, 0.0, first)
    enough = (frontier.utility_a[0] >= needed_a) & (frontier.utility_b[-1] >= needed_b)
    return Room(first, last, np.asarray(enough & (first <= last)))


def place_between(frontier: Frontier, first: Array, last: Array, part: Array) -> Array:
    """Position at a part of the way between two positions.

    Parameters
    ----------
    frontier : Frontier
    first, last : Array, (runs,)
        Positions of the ends; taken as they are at the parts 0 and 1.
    part : Array, (..., runs) or (..., 1)
        In [0, 1].

    Returns
    -------
    Array, (..., runs)

    """
    along = way(frontier)
    begin, end = value_at(along, first), value_at(along, last)
    place = place_of(along, begin + part * (end - begin))
    place = np.where(part <= 0.0, first, np.where(part >= 1.0, last, place))
    return np.asarray(np.minimum(np.maximum(place, first), np.maximum(first, last)))
