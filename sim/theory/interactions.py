"""Losses that hang on two issues at once: a quadratic form in the scaled distances, added to the loss by issue.

Preferences over one issue then depend on what is agreed on another, and improving a text issue by issue can
end on a hill that is not the highest. The loss by issue is in ``preferences``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, IntArray, Number, ordered_sum


class Pairs(NamedTuple):
    """Entries of a symmetric matrix over the issues: rows ``first`` and ``second`` (pairs,), and what stands there.

    ``weight`` (parties, pairs, runs) is the entry S_kl; off the diagonal it stands for S_lk too.
    """

    first: IntArray
    second: IntArray
    weight: Array

    @property
    def counted(self) -> Array:
        """Weight of each product of distances, (parties, pairs, runs): entries off the diagonal count twice."""
        return self.weight * np.where(self.first == self.second, 1.0, 2.0)[:, None]


def interaction_loss(pairs: Pairs, distance: Array) -> Array:
    """Loss d'Sd by the interaction of issues.

    Parameters
    ----------
    pairs : Pairs
        Of a positive semidefinite matrix.
    distance : Array, (parties, issues, runs)
        Signed distance from the ideal point over the largest one, in [-1, 1].

    Returns
    -------
    Array, (parties, runs)
        Zero or more but for rounding; 0 at the ideal point.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984); [KleinEtAl2003]_ (Klein and others, 2003).

    >>> pairs = Pairs(np.array([0, 1, 0]), np.array([0, 1, 1]), np.array([[[1.0], [1.0], [-1.0]]]))
    >>> float(interaction_loss(pairs, np.array([[[0.5], [0.5]]]))[0, 0])
    0.0
    """
    return _summed(pairs, _of(distance, pairs.first) * _of(distance, pairs.second))


def expected_interaction_loss(pairs: Pairs, agreed: Array, wartime: Array, delivery: Array) -> Array:
    """Expected d'Sd where every issue is delivered by itself with some probability, and else stays as in wartime.

    Parameters
    ----------
    pairs : Pairs
    agreed, wartime : Array, (parties, issues, runs)
        Signed scaled distances of the terms and of the wartime values.
    delivery : Array, (issues, runs)
        Probability in [0, 1] that an issue is delivered: 0 off the table.

    Returns
    -------
    Array, (parties, runs)
        The loss of the terms at full delivery, that of wartime at none.

    Source: as :func:`interaction_loss`; deliveries taken as independent.

    >>> one = np.ones((1, 1, 1))
    >>> alone = Pairs(np.array([0]), np.array([0]), one)
    >>> expected_interaction_loss(alone, 0.0 * one, one, np.array([[0.25]]))
    array([[0.75]])
    """
    mean = delivery * agreed + (1.0 - delivery) * wartime
    square = delivery * (agreed * agreed) + (1.0 - delivery) * (wartime * wartime)
    diagonal = (pairs.first == pairs.second)[:, None]
    across = _of(mean, pairs.first) * _of(mean, pairs.second)
    return _summed(pairs, np.where(diagonal, _of(square, pairs.first), across))


def interaction_slope(pairs: Pairs, distance: Array, issue: int, scale: Array) -> Array:
    """Change of d'Sd per unit of terms on one issue.

    Parameters
    ----------
    pairs : Pairs
    distance : Array, (parties, issues, runs)
        As in :func:`interaction_loss`.
    issue : int
        Row of the issue that moves.
    scale : Array, (parties, runs)
        Its largest distance.

    Returns
    -------
    Array, (parties, runs)

    >>> one = np.ones((1, 1, 1))
    >>> interaction_slope(Pairs(np.array([0]), np.array([0]), one), 0.5 * one, 0, one[0])
    array([[1.]])
    """
    left, right = (pairs.first == issue)[:, None], (pairs.second == issue)[:, None]
    met = left * _of(distance, pairs.second) + right * _of(distance, pairs.first)
    return np.asarray(ordered_sum(np.swapaxes(pairs.counted * met, 0, 1)) / scale)


def interaction_bend(pairs: Pairs, issue: int, scale: Number) -> Array:
    """Second derivative of d'Sd along one issue, zero or more, (parties, runs).

    >>> float(interaction_bend(Pairs(np.array([0]), np.array([0]), np.ones((1, 1, 1))), 0, 0.5)[0, 0])
    8.0
    """
    own = ((pairs.first == issue) & (pairs.second == issue))[:, None]
    total = ordered_sum(np.swapaxes(pairs.weight * own, 0, 1))
    return np.asarray(2.0 * total / (np.asarray(scale) * scale))


def _of(distance: Array, rows: IntArray) -> Array:
    return np.take(distance, rows, axis=1)


def _summed(pairs: Pairs, products: Array) -> Array:
    return ordered_sum(np.swapaxes(pairs.counted * products, 0, 1))
