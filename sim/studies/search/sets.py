"""Sets of levers as such: how many there are, which lie beside one another, which none beats on every aim.

A set is a strength for each lever, 0 for one that is not pulled.  What was played of them is not known here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Set = tuple[int, ...]


def pulled(one: Set) -> int:
    """How many levers a set pulls.

    >>> pulled((0, 2, 1))
    2
    """
    return sum(strength > 0 for strength in one)


def count(most: Sequence[int], size: int) -> int:
    """How many sets pull so many levers.

    Parameters
    ----------
    most : (lever,) int
        How many strengths each lever has.
    size : int

    >>> count((2, 1, 1), 2)
    5
    """
    ways = [1, *[0] * size]
    for top in most:
        for pulls in range(size, 0, -1):
            ways[pulls] += top * ways[pulls - 1]
    return ways[size]


def of_size(most: Sequence[int], size: int) -> Iterator[Set]:
    """Every set that pulls so many levers, in the order of the levers.

    >>> list(of_size((2, 1), 1))
    [(1, 0), (2, 0), (0, 1)]
    """
    for places in itertools.combinations(range(len(most)), size):
        for strengths in itertools.product(*(range(1, most[place] + 1) for place in places)):
            chosen = dict(zip(places, strengths, strict=True))
            yield tuple(chosen.get(place, 0) for place in range(len(most)))


def larger(one: Set, most: Sequence[int]) -> Iterator[Set]:
    """Each set with one lever more, at each of its strengths.

    >>> list(larger((0, 1), (2, 1)))
    [(1, 1), (2, 1)]
    """
    for place, top in enumerate(most):
        if not one[place]:
            yield from ((*one[:place], strength, *one[place + 1 :]) for strength in range(1, top + 1))


def neighbours(one: Set, *, drop: bool) -> list[tuple[int, Set]]:
    """Each pulled lever, and the set without it, or one strength weaker where that is something else.

    >>> neighbours((2, 0, 1), drop=False)
    [(0, (1, 0, 1))]
    """
    found = []
    for place, strength in enumerate(one):
        less = 0 if drop else strength - 1
        if strength and (drop or less > 0):
            found.append((place, (*one[:place], less, *one[place + 1 :])))
    return found


def layers(aims: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Layer of each point: 0 for those that none beats, 1 for those that only these beat, and so on.

    Parameters
    ----------
    aims : (point, aim) float
        Each aim is to be small. A point beats another that it nowhere exceeds and somewhere undercuts.

    Source: [DebEtAl2002]_.

    >>> layers([[0, 1], [1, 0], [1, 1], [2, 2]]).tolist()
    [0, 0, 1, 2]
    """
    points = np.asarray(aims, dtype=np.float64)
    pairs = points[:, None], points[None]
    beats = np.asarray((pairs[0] <= pairs[1]).all(axis=2) & (pairs[0] < pairs[1]).any(axis=2))
    found = np.full(len(points), -1, dtype=np.int64)
    beaten = beats.sum(axis=0)
    layer = 0
    while (found < 0).any():
        here = (found < 0) & (beaten == 0)
        found[here] = layer
        beaten = beaten - beats[here].sum(axis=0)
        layer += 1
    return found
