"""What a party makes of terms, all at once: spatial losses, red lines and the norm, from weights laid out before.

The pieces are those of ``preferences``; here they are put together for the many evaluations of a table, where
the weights stay and only the terms change. What a war is worth, or an agreement that may break, is elsewhere.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import Array
from sim.theory.preferences import distance_scale, issue_loss, issue_penalty, issue_sum


class Tastes(NamedTuple):
    """Weights by which parties judge terms; arrays are (parties, issues, runs) unless said otherwise.

    ``salience`` and ``scale`` (largest distance) make the loss with ``curvature`` (1.0, or (parties, 1 or issues,
    runs)); ``red_line`` is the width of what a party would sign and ``steepness`` its loss per unit beyond, zero for
    issues that are not signed; ``norm`` is its loss per unit of distance from ``charter`` (issues, runs).
    """

    ideal_point: Array
    salience: Array
    scale: Array
    curvature: float | Array
    red_line: Array
    steepness: Array
    norm: Array
    charter: Array

    def take(self, runs: npt.NDArray[np.intp]) -> "Tastes":
        """The same weights for some of the runs, in their order."""
        fields: list[Any] = [field if isinstance(field, float) else np.take(field, runs, axis=-1) for field in self]
        return Tastes(*fields)


def tastes(
    ideal_point: Array,
    salience: Array,
    *,
    curvature: float | Array = 1.0,
    red_line: Array,
    steepness: Array,
    norm: Array,
    charter: Array,
) -> Tastes:
    """Weights of parties, with the scale of distances worked out once.

    Parameters
    ----------
    ideal_point, salience, red_line, steepness, norm, curvature, charter
        As in :class:`Tastes`.

    Returns
    -------
    Tastes
    """
    return Tastes(ideal_point, salience, distance_scale(ideal_point), curvature, red_line, steepness, norm, charter)


def worth(terms: Array, tastes: Tastes) -> Array:
    """Flow utility of signed terms to each party.

    Parameters
    ----------
    terms : Array, (issues, runs)
        Terms in [0, 1].
    tastes : Tastes
        Weights of the parties.

    Returns
    -------
    Array, (parties, runs)
        At most 1, which is the ideal point of a party that the norm does not hold back.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).

    >>> one = np.ones((1, 1, 1))
    >>> worth(np.array([[0.5]]), tastes(0 * one, one, red_line=one, steepness=one, norm=one / 10, charter=0 * one[0]))
    array([[0.45]])
    """
    distance = np.abs(terms - tastes.ideal_point)
    lost = issue_loss(distance / tastes.scale, tastes.salience, tastes.curvature)
    lost += issue_penalty(distance, tastes.red_line, tastes.steepness)
    lost += tastes.norm * np.abs(terms - tastes.charter)
    return np.asarray(1.0 - issue_sum(lost))


def unsigned_worth(conditions: Array, tastes: Tastes) -> Array:
    """Flow utility of conditions that nobody signed: red lines and the norm do not count.

    Parameters
    ----------
    conditions : Array, (issues, runs)
        The state of the issues in [0, 1].
    tastes : Tastes
        Weights of the parties.

    Returns
    -------
    Array, (parties, runs)
        At most 1; what `worth` gives where steepness and norm are zero.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).

    >>> one = np.ones((1, 1, 1))
    >>> judge = tastes(0 * one, one, red_line=0 * one, steepness=one, norm=one, charter=0 * one[0])
    >>> unsigned_worth(np.array([[0.5]]), judge)
    array([[0.5]])
    """
    distance = np.abs(conditions - tastes.ideal_point)
    return np.asarray(1.0 - issue_sum(issue_loss(distance / tastes.scale, tastes.salience, tastes.curvature)))
