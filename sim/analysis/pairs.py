"""Differences between runs that met the same luck, with their intervals and what the pairing bought.

Two variants played with one seed meet the same luck replicate by replicate, so run i of one is compared with
run i of the other.  Which outcomes are compared is said in `contrasts`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.measures import NOTHING, Estimate, difference

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pairing:
    """A difference of paired runs beside what it would be without the pairing.

    Parameters
    ----------
    first, second : float
        Share or mean of either, over the runs that count in both.
    paired, unpaired : Estimate
        First minus second, with the interval of paired and of independent runs.
    reduction : float
        Variance of the difference without the pairing over that with it: how many times as many independent
        runs would have been needed.  NaN where neither varies, infinite where the difference never varies.
    """

    first: float
    second: float
    paired: Estimate
    unpaired: Estimate
    reduction: float


NO_PAIRS = Pairing(np.nan, np.nan, NOTHING, NOTHING, np.nan)


def pair_flags(first: npt.ArrayLike, second: npt.ArrayLike) -> Pairing:
    """Difference of two shares of the same replicates, (run,) bool each.

    Source: [Newcombe1998Paired]_ for the paired interval, [Newcombe1998]_ for the other.

    >>> round(pair_flags([True, True, False, False], [True, False, False, False]).paired.value, 2)
    0.25
    """
    one, two = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    if not one.size:
        return NO_PAIRS
    return Pairing(
        float(one.mean()), float(two.mean()), difference(one, two, paired=True),
        difference(one, two, paired=False), variance_reduction(one, two),
    )  # fmt: skip


def pair_numbers(first: npt.ArrayLike, second: npt.ArrayLike) -> Pairing:
    """Difference of two means over the replicates in which both numbers exist, (run,) float each.

    The intervals are Student's for paired differences, and Welch's for independent runs.

    Source: [Student1908]_, [Welch1947]_.

    >>> pair_numbers([2.0, 4.0, np.nan], [1.0, 2.0, 9.0]).paired.value
    1.5
    """
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape != two.shape:
        raise ValueError(f"paired runs are asked for, and there are {one.size} and {two.size} of them")
    both = ~(np.isnan(one) | np.isnan(two))
    one, two = one[both], two[both]
    n = one.size
    if not n:
        return NO_PAIRS
    gap = float((one - two).mean())
    if n < 2:
        bare = Estimate(gap, np.nan, np.nan, n)
        return Pairing(float(one.mean()), float(two.mean()), bare, bare, np.nan)
    own = float((one - two).var(ddof=1)) / n
    parts = float(one.var(ddof=1)) / n, float(two.var(ddof=1)) / n
    apart = sum(parts)
    freedom = apart**2 * (n - 1) / sum(part**2 for part in parts) if apart > 0 else n - 1.0
    return Pairing(
        float(one.mean()), float(two.mean()), _student(gap, own, n - 1.0, n), _student(gap, apart, freedom, n),
        variance_reduction(one, two),
    )  # fmt: skip


def _student(value: float, variance: float, freedom: float, n: int) -> Estimate:
    from scipy.special import stdtrit

    half = float(stdtrit(freedom, 0.975)) * float(np.sqrt(variance))
    return Estimate(value, value - half, value + half, n)


def variance_reduction(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Variance that a difference of means of independent runs would have, over that of the paired runs.

    >>> variance_reduction([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 4.0]).__round__(1)
    18.3
    """
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.size < 2:
        return np.nan
    apart = float(one.var(ddof=1) + two.var(ddof=1))
    together = float((one - two).var(ddof=1))
    if together > 0:
        return apart / together
    return np.inf if apart > 0 else np.nan


def resampled(statistic: Callable[[npt.NDArray[np.int64]], float], n: int, seed: int, times: int = 400) -> Estimate:
    """A statistic of runs with the interval of its percentiles when whole runs are drawn again.

    Parameters
    ----------
    statistic : callable
        Given the rows of the runs that count, repeated where they were drawn more than once.
    n : int
        Runs that there are; a pair of runs is one.
    seed : int
    times : int
        How often they are drawn again.

    Returns
    -------
    Estimate; without an interval where the statistic does not exist in more than one in twenty of the draws.

    Source: [EfronTibshirani1993]_, chapter 13.

    >>> resampled(lambda rows: float(rows.mean()), 11, 1).value
    5.0
    """
    value = statistic(np.arange(n))
    luck = np.random.default_rng(seed)
    drawn = np.array([statistic(luck.integers(0, n, n)) for _ in range(times)])
    there = drawn[~np.isnan(drawn)]
    if np.isnan(value) or there.size < 0.95 * times:
        return Estimate(value, np.nan, np.nan, n)
    low, high = np.quantile(there, (0.025, 0.975))
    return Estimate(value, float(low), float(high), n)
