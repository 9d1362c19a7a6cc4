"""Unilateral steps that are meant to be believed: who takes one, and what it teaches, by what it costs.

A step that costs nothing is taken by whoever is asked for it and says nothing.  What small deals between two
sides teach is in ``ladder``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, Number
from sim.theory.ladder import IMPOSSIBLE


class StepLesson(NamedTuple):
    """Factors on the odds that a side is trustworthy: after a step of its own, and after a time without one."""

    taken: Array
    absent: Array


def step_probability(cost: Number, price: Number) -> Array:
    """Probability that a side takes an occasion for a unilateral step.

    What it is worth to a side to be trusted differs from occasion to occasion, exponentially about a mean; it
    takes those that are worth the cost.

    Parameters
    ----------
    cost : float or Array
        What the step costs, zero or more.
    price : float or Array
        Mean of what it would pay for being trusted, zero or more, in the unit of the cost.

    Returns
    -------
    Array
        Probability in [0, 1]; 1 for a step that costs nothing, 0 for any other at a price of zero.

    Source: after [Osgood1962]_ (Osgood, 1962), [Kydd2000]_ (Kydd, 2000).

    >>> float(step_probability(0.0, 0.0)), round(float(step_probability(0.01, 0.02)), 6)
    (1.0, 0.606531)
    """
    cost, price = np.asarray(cost, dtype=np.float64), np.asarray(price, dtype=np.float64)
    pays = price > 0.0
    taken = np.exp(-cost / np.where(pays, price, 1.0))
    return np.where(pays, taken, np.where(cost > 0.0, 0.0, 1.0))


def step_lesson(
    cost: Number, good_price: Number, bad_price: Number, occasion: Number, silence: Number = 1.0
) -> StepLesson:
    """What an observer of known occasions learns from a unilateral step, and from a week without one.

    Parameters
    ----------
    cost : float or Array
        What the step costs, zero or more.
    good_price, bad_price : float or Array
        Mean of what a trustworthy and an untrustworthy side would pay for being trusted, in the unit of the cost.
    occasion : float or Array
        Probability of an occasion within the week, in [0, 1].
    silence : float or Array
        How far a week without a step is read: 1 as Bayes has it, 0 not at all, as by an observer who never looked
        for one.

    Returns
    -------
    StepLesson
        Likelihood ratios, above zero. After a step it is the exponential of the cost times the difference of the
        inverse prices: 1 for a free step, rising with the cost where the good price is the higher one. A week
        without a step takes back, on average, what steps give, where it is read in full.

    Source: after [Osgood1962]_ (Osgood, 1962), [Kydd2000]_ (Kydd, 2000).

    >>> round(float(step_lesson(0.01, 0.02, 0.005, 0.1).taken), 6), float(step_lesson(0.0, 0.02, 0.005, 0.1).taken)
    (4.481689, 1.0)
    """
    good, bad = step_probability(cost, good_price), step_probability(cost, bad_price)
    taken = np.maximum(good, IMPOSSIBLE) / np.maximum(bad, IMPOSSIBLE)
    idle = [np.maximum(1.0 - np.asarray(occasion) * chance, IMPOSSIBLE) for chance in (good, bad)]
    return StepLesson(np.asarray(taken), np.asarray(np.exp(silence * (np.log(idle[0]) - np.log(idle[1])))))
