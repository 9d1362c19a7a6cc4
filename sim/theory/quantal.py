"""Logit quantal response equilibrium of small games of two players in normal form.

One player's response to given alternatives is in ``choice``; here both respond to each other.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, Number, ordered_sum

STEPS = 64
"""Steps from no precision to the full one."""

CORRECTIONS = 4
"""Newton corrections a step."""

SMALLEST_PIVOT = 1e-12
"""A pivot nearer to zero than this is taken for this."""


class Equilibrium(NamedTuple):
    """Mixed strategies that answer each other: ``row`` (rows, runs), ``column`` (columns, runs).

    ``gap`` (runs,) is the largest difference between a probability of the row player and its logit answer to
    the column player's answer; near zero at an equilibrium.
    """

    row: Array
    column: Array
    gap: Array


def logit_response(worth: Array) -> Array:
    """Probabilities of a logit choice among alternatives.

    Parameters
    ----------
    worth : Array, (alternatives, ...)
        Precision times payoff, finite.

    Returns
    -------
    Array, same shape
        Probabilities that add to 1 over the leading axis.

    Source: [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995).

    >>> logit_response(np.array([0.0, 0.0]))
    array([0.5, 0.5])
    """
    raised = np.exp(worth - np.max(worth, axis=0))
    return np.asarray(raised / ordered_sum(raised))


def quantal_response_equilibrium(row_payoff: Array, column_payoff: Array, precision: Number) -> Equilibrium:
    """Logit equilibrium that is reached from even chances as the precision grows.

    The path of equilibria is followed from precision zero, where all is even, in a fixed number of steps
    that grow with the precision, each corrected by Newton's method. Where the path turns back on itself
    (games with several equilibria, at large precision) the steps leave it; ``gap`` tells whether they met
    another one.

    Parameters
    ----------
    row_payoff, column_payoff : Array, (rows, columns, runs)
        Payoffs of both players for every pair of actions.
    precision : float or Array, (runs,)
        Precision of both players, zero or more: 0 plays at random, infinity would be Nash.

    Returns
    -------
    Equilibrium
        Strategies of both.

    Source: [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995); the path as in [Turocy2005]_ (Turocy, 2005).

    >>> match, differ = np.diag([9.0, 1.0])[..., None], 1.0 - np.eye(2)[..., None]
    >>> quantal_response_equilibrium(match, differ, 1.0).row.round(4).T
    array([[0.8936, 0.1064]])
    """
    precision = np.broadcast_to(np.asarray(precision, dtype=np.float64), row_payoff.shape[-1:])
    scale = np.maximum(_spread(row_payoff), _spread(column_payoff))
    scale = np.where(scale > 0.0, scale, 1.0)
    worth = np.zeros((row_payoff.shape[0], row_payoff.shape[-1]))
    for step in range(1, STEPS + 1):
        now = precision if step == STEPS else np.expm1(step / STEPS * np.log1p(precision * scale)) / scale
        for _ in range(CORRECTIONS):
            worth = _corrected(worth, row_payoff, column_payoff, now)
    row, column = logit_response(worth), _column_answer(worth, column_payoff, precision)
    answer = logit_response(precision * _expected(row_payoff, column))
    return Equilibrium(row, column, np.max(np.abs(row - answer), axis=0))


def _spread(payoff: Array) -> Array:
    """Distance of the best from the worst payoff."""
    return np.asarray(np.max(payoff, axis=(0, 1)) - np.min(payoff, axis=(0, 1)))


def _expected(payoff: Array, column: Array) -> Array:
    """Expected payoff of every row against a mixed column."""
    return ordered_sum(np.moveaxis(payoff * column, 1, 0))


def _column_answer(worth: Array, column_payoff: Array, precision: Array) -> Array:
    """The column player's logit answer to the rows' logit choice."""
    return logit_response(precision * ordered_sum(column_payoff * logit_response(worth)[:, None]))


def _corrected(worth: Array, row_payoff: Array, column_payoff: Array, precision: Array) -> Array:
    """One Newton step towards rows whose worth is what the column's answer to them makes it.

    The step is the better one of a full and shorter ones, so that a bad start does not throw it far away.
    """
    row, column = logit_response(worth), _column_answer(worth, column_payoff, precision)
    miss = worth - precision * _expected(row_payoff, column)
    change = _solve(_slope(row, column, row_payoff, column_payoff, precision), miss)
    best, best_miss = worth, np.max(np.abs(miss), axis=0)
    for part in (1.0, 0.5, 0.125):
        tried = worth - part * change
        answer = precision * _expected(row_payoff, _column_answer(tried, column_payoff, precision))
        tried_miss = np.max(np.abs(tried - answer), axis=0)
        better = tried_miss < best_miss
        best, best_miss = np.where(better, tried, best), np.where(better, tried_miss, best_miss)
    return np.asarray(best)


def _slope(row: Array, column: Array, row_payoff: Array, column_payoff: Array, precision: Array) -> Array:
    """How the miss of every row (leading axis) changes with the worth of every row."""
    above = column_payoff - ordered_sum(column_payoff * row[:, None])
    answer = column * precision * (above - ordered_sum(np.moveaxis(above * column, 1, 0))[:, None])
    through = ordered_sum(np.moveaxis(row_payoff[:, None] * answer[None], 2, 0))
    return np.eye(len(row))[:, :, None] - precision * row * through


def _solve(matrix: Array, right: Array) -> Array:
    """Solution of a small linear system (n, n, runs) in every run, by elimination with pivots."""
    system = np.concatenate([matrix, right[:, None]], axis=1)
    size = len(right)
    for place in range(size):
        pivot = place + np.argmax(np.abs(system[place:, place]), axis=0)
        order = np.repeat(np.arange(size)[:, None], right.shape[-1], axis=1)
        order[place], order[pivot, np.arange(right.shape[-1])] = pivot, place
        system = np.take_along_axis(system, order[:, None], axis=0)
        head = system[place, place]
        head = np.where(np.abs(head) > SMALLEST_PIVOT, head, SMALLEST_PIVOT)
        system[place] = system[place] / head
        others = np.arange(size) != place
        system[others] = system[others] - system[others, place][:, None] * system[place]
    return np.asarray(system[:, -1])
