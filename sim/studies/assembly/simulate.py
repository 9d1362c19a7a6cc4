"""Simulated Assemblies on one text: thousands of votes of all states at once, and the interval of the tally."""

from __future__ import annotations

import numpy as np

from sim.studies.assembly.forecast import Forecast
from sim.studies.assembly.habits import LEAST
from sim.theory.arrays import Array, IntArray
from sim.theory.voting import tally

LEVEL = 0.90
BLOCK = 1024


def assemblies(
    forecast: Forecast,
    probabilities: Array,
    absence: Array,
    shock: float,
    *,
    number: int,
    seed: int,
    weight: float = 1.0,
) -> IntArray:
    """Tallies of simulated votes.

    Each Assembly draws what the text demands, how wide the band is and how many stay away; given these its states
    vote on their own.

    Parameters
    ----------
    forecast : Forecast
    probabilities : Array, (states, 3)
        Yes, no and abstention of each state that votes, on average over Assemblies.
    absence : Array, (states,)
        Probability of absence, in (0, 1).
    shock : float
        Deviation of the common shift of the log odds of absence, zero or more.
    number : int
        Assemblies.
    seed : int
        Of the luck.
    weight : float
        How much of the model's shift from its average reaches the probabilities.

    Returns
    -------
    int64 array, (4, number)
        Yes, no, abstaining, absent.
    """
    luck = np.random.default_rng(seed)
    average = np.log(np.clip(forecast.probabilities(), LEAST, 1.0)) * weight
    base = np.log(np.clip(probabilities, 1e-12, 1.0)) - average
    odds = np.log(absence / (1.0 - absence))
    grid = _grid(forecast, base, weight)
    parts = [_block(grid, odds, shock, min(BLOCK, number - done), luck) for done in range(0, number, BLOCK)]
    return np.concatenate(parts, axis=1)


POINTS = 41


def _grid(forecast: Forecast, base: Array, weight: float) -> Array:
    """Cumulative probabilities, (2, states, points), at equally likely demands, each with a band of its own."""
    from scipy.special import ndtri

    ranks = (np.arange(POINTS * POINTS) + 0.5) / (POINTS * POINTS)
    demands, bands = ndtri(ranks), ndtri((np.arange(POINTS * POINTS) * 0.6180339887498949 + 0.5) % 1.0)
    cumulated = np.empty((2, len(base), len(ranks)), dtype=np.float32)
    for place, (demand, band) in enumerate(zip(demands, bands, strict=True)):
        utility = base + weight * np.log(np.clip(forecast.at(demand, band), LEAST, 1.0))
        raised = np.exp(utility)
        shares = raised / raised.sum(axis=1, keepdims=True)
        cumulated[0, :, place] = shares[:, 0]
        cumulated[1, :, place] = shares[:, 0] + shares[:, 1]
    return np.asarray(cumulated)


def _block(grid: Array, odds: Array, shock: float, number: int, luck: np.random.Generator) -> IntArray:
    """Tallies of one block of Assemblies, (4, number)."""
    places = luck.integers(grid.shape[2], size=number)
    away = 1.0 / (1.0 + np.exp(-(odds[:, None] + shock * luck.standard_normal(number)))).astype(np.float32)
    shape = (len(odds), number)
    absent = luck.random(shape, dtype=np.float32) < away
    rank = luck.random(shape, dtype=np.float32)
    yes, no = np.take(grid[0], places, axis=1), np.take(grid[1], places, axis=1)
    votes = np.where(absent, np.int8(3), np.where(rank < yes, np.int8(0), np.where(rank < no, np.int8(1), np.int8(2))))
    return tally(votes)


def interval(tallies: IntArray) -> IntArray:
    """Interval of each outcome, (4, 2): the middle share ``LEVEL`` of simulated tallies, ends included."""
    edge = 0.5 * (1.0 - LEVEL)
    low = np.quantile(tallies, edge, axis=1, method="lower")
    high = np.quantile(tallies, 1.0 - edge, axis=1, method="higher")
    return np.stack([low, high], axis=1).astype(np.int64)
