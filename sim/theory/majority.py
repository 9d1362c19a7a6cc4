"""Majorities of those present and voting: two thirds, one half, and how far above it a text comes.

Abstentions and absences count for nothing here. Rules in which members have weights or vetoes are in `rules`
and `council`.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray


def two_thirds(yes: IntArray, no: IntArray) -> BoolArray:
    """Whether a text passes by two thirds of those present and voting; abstentions do not count.

    Parameters
    ----------
    yes, no : int64 array, (R,)
        Votes for and against.

    Returns
    -------
    bool array, (R,)
        True from exactly two thirds on; False when nobody votes.

    Source: [UNRulesGA]_ (General Assembly rules 83–86).

    >>> two_thirds(np.array([107, 2, 0]), np.array([12, 2, 0])).tolist()
    [True, False, False]
    """
    passed: BoolArray = (np.asarray(yes) >= 2 * np.asarray(no)) & (np.asarray(yes) > 0)
    return passed


def simple_majority(yes: IntArray, no: IntArray) -> BoolArray:
    """Whether a text passes by a majority of those present and voting; abstentions do not count.

    Parameters
    ----------
    yes, no : int64 array, (R,)
        Votes for and against.

    Returns
    -------
    bool array, (R,)
        True when yes exceeds no; a tie fails, and so does a vote in which nobody votes.

    Source: [UNRulesGA]_ (General Assembly rules 85–86 and 95).

    >>> simple_majority(np.array([2, 2, 0]), np.array([1, 2, 0])).tolist()
    [True, False, False]
    """
    passed: BoolArray = np.greater(yes, no)
    return passed


def yes_share(yes: IntArray, no: IntArray) -> Array:
    """Share of yes among those present and voting.

    Parameters
    ----------
    yes, no : int64 array, (R,)
        Votes for and against.

    Returns
    -------
    Array, (R,)
        Share in [0, 1]; 0 when nobody votes.

    >>> yes_share(np.array([3, 0]), np.array([1, 0])).tolist()
    [0.75, 0.0]
    """
    share: Array = np.asarray(yes) / np.maximum(np.add(yes, no), 1)
    return share


def adoption_margin(yes: IntArray, no: IntArray) -> Array:
    """How far a text rises above half of the votes: the measure of its political weight.

    Parameters
    ----------
    yes, no : int64 array, (R,)
        Votes for and against.

    Returns
    -------
    Array, (R,)
        max(0, yes share − 1/2), in [0, 1/2]; 0 when nobody votes.

    >>> adoption_margin(np.array([3, 1]), np.array([1, 3])).tolist()
    [0.25, 0.0]
    """
    margin: Array = np.maximum(yes_share(yes, no) - 0.5, 0.0)
    return margin
