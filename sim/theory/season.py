"""Seasons and counts: the yearly wave of a rate, its integral over a window, Poisson counts from one uniform.

Nothing is drawn here: a count is the inverse of its distribution at a uniform that the caller brings. What a
strike does to the grid is in `grid`.
"""

import numpy as np

from sim.theory.arrays import Array, IntArray, Number

WEEKS_IN_YEAR = 52.0


def seasonal(week: Number, amplitude: Number, peak_week: Number, period: float = WEEKS_IN_YEAR) -> Array:
    """Factor by which a rate stands above or below its yearly mean.

    1 + a·cos(2π(week − peak)/period).

    Parameters
    ----------
    week : float or Array
        Week of the calendar; only its difference from the peak matters.
    amplitude : float or Array, (R,)
        a in [0, 1]: 0 has no seasons, 1 falls to nothing half a period from the peak.
    peak_week : float or Array, (R,)
        Week at which the factor is highest.
    period : float
        Length of a year in weeks.

    Returns
    -------
    Array, broadcast shape
        Factor in [1−a, 1+a], with mean 1 over a period.

    >>> float(seasonal(3.0, 0.8, 3.0))
    1.8
    """
    angle = 2.0 * np.pi * np.subtract(week, peak_week) / period
    result: Array = 1.0 + amplitude * np.cos(angle)
    return result


def expected_count(
    rate: Number,
    amplitude: Number,
    start: Number,
    end: Number,
    peak: Number,
    period: float = WEEKS_IN_YEAR,
) -> Array:
    """Expected number of events between two moments of a seasonal Poisson process.

    The integral of rate·(1 + a·cos(2π(t − peak)/period)) from start to end.

    Parameters
    ----------
    rate : float or Array, (R,)
        Yearly mean of the rate, events a week.
    amplitude : float or Array, (R,)
        a in [0, 1].
    start, end : float or Array
        Window in weeks, start no later than end.
    peak : float or Array, (R,)
        Moment of the highest rate.
    period : float
        Length of a year in weeks.

    Returns
    -------
    Array, broadcast shape
        Expected events; rate·period over a whole year whatever the amplitude.

    Source: [Kingman1993]_ (Kingman, 1993), mean measure of an inhomogeneous process.

    >>> round(float(expected_count(1.0, 0.8, -6.5, 6.5, 0.0)) / 52.0, 4)
    0.4301
    """
    turn = 2.0 * np.pi / period
    wave = np.sin(turn * np.subtract(end, peak)) - np.sin(turn * np.subtract(start, peak))
    result: Array = rate * (np.subtract(end, start) + amplitude * wave / turn)
    return result


def expected_count_weekly(
    rate: Number,
    amplitude: Number,
    first: Number,
    last: Number,
    peak: Number,
    period: float = WEEKS_IN_YEAR,
) -> Array:
    """Expected number of events over whole weekly steps, each at the rate of its own week.

    The sum of rate·(1 + a·cos(2π(k − peak)/period)) over k = first … last in closed form; it exceeds the
    integral over a window at the peak by about (π/period)²/6 of the wave.

    Parameters
    ----------
    rate, amplitude, peak, period
        As in `expected_count`.
    first, last : float or Array
        First and last week, both counted.

    Returns
    -------
    Array, broadcast shape
        Expected events.

    >>> round(float(expected_count_weekly(1.0, 1.0, -6.0, 6.0, 0.0)), 6)
    24.711235
    """
    weeks = np.subtract(last, first) + 1.0
    middle = 0.5 * np.add(first, last)
    half_turn = np.pi / period
    wave = np.cos(2.0 * half_turn * (middle - peak)) * np.sin(half_turn * weeks) / np.sin(half_turn)
    result: Array = rate * (weeks + amplitude * wave)
    return result


def peak_share(amplitude: Number, window: Number, period: float = WEEKS_IN_YEAR) -> Array:
    """Share of a year's events that falls in a window centred on the peak.

    Parameters
    ----------
    amplitude : float or Array, (R,)
        Seasonal amplitude in [0, 1].
    window : float or Array
        Length of the window in weeks, in [0, period].
    period : float
        Length of a year in weeks.

    Returns
    -------
    Array, broadcast shape
        Share in [0, 1].

    >>> round(float(peak_share(0.8, 13.0)), 3)
    0.43
    """
    half = np.multiply(0.5, window)
    result: Array = expected_count(1.0, amplitude, -half, half, 0.0, period) / period
    return result


def poisson_from_uniform(uniform: Array, rate: Number, maximum: int) -> IntArray:
    """Poisson count at a given point of its distribution.

    The smallest n whose cumulative probability reaches the uniform, found by the recursion p(n) =
    p(n−1)·rate/n with the same steps for every run. A higher rate never gives a lower count at the same
    uniform.

    Parameters
    ----------
    uniform : Array, (..., R)
        Points in [0, 1).
    rate : float or Array, (R,) or broadcast
        Expected count, zero or more and below 700 (beyond it the first probability vanishes in float64).
    maximum : int
        Largest count given out; what lies beyond it is counted as it.

    Returns
    -------
    int64 array, broadcast shape
        Counts in 0 … maximum; 0 wherever the rate is 0.

    Source: [Devroye1986]_ (Devroye, 1986), inversion by sequential search.

    >>> poisson_from_uniform(np.array([0.1, 0.5, 0.99]), 1.0, 20).tolist()
    [0, 1, 4]
    """
    probability = np.exp(-np.asarray(rate, dtype=np.float64))
    cumulative = probability
    counts: IntArray = np.zeros(np.broadcast_shapes(uniform.shape, probability.shape), dtype=np.int64)
    for number in range(1, maximum + 1):
        above = uniform > cumulative
        if not above.any():
            break
        counts += above
        probability = probability * (rate / number)
        cumulative = cumulative + probability
    return counts
