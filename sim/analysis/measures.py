"""Estimates with their intervals: shares of runs, differences between variants, means, rates, quantiles.

An interval here is 95 % Monte-Carlo error: what other luck of the same world would do to the number.  It says
nothing about whether the world is right.  Waiting times are in `survival`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.record.intervals import CONFIDENCE, wilson

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A number with its interval and what it rests on.

    Parameters
    ----------
    value, low, high : float
        NaN where there is nothing to estimate from.
    n : int
        Runs, or whatever else was counted.
    """

    value: float
    low: float
    high: float
    n: int


NOTHING = Estimate(np.nan, np.nan, np.nan, 0)


def proportion(flags: npt.ArrayLike) -> Estimate:
    """Share of runs in which something is true, with Wilson's interval.

    Source: [Wilson1927]_.

    >>> proportion([True, False]).value
    0.5
    """
    flags = np.asarray(flags, dtype=bool)
    if not flags.size:
        return NOTHING
    share = float(flags.mean())
    low, high = wilson(share, flags.size)
    return Estimate(share, float(low), float(high), flags.size)


def difference(first: npt.ArrayLike, second: npt.ArrayLike, *, paired: bool) -> Estimate:
    """Share of the first minus share of the second, with Newcombe's interval from Wilson's.

    Parameters
    ----------
    first, second : (run,) bool
    paired : bool
        Whether run i of both met the same luck; then both must be as long, and what they share narrows the
        interval.

    Returns
    -------
    Estimate, with n the runs of the first.

    Source: [Newcombe1998]_ for independent runs, [Newcombe1998Paired]_ for paired ones (method 10 of each).

    >>> difference([True] * 9 + [False], [True] * 3 + [False] * 7, paired=False).low.__round__(4)
    0.1705
    """
    one, two = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    if not one.size or not two.size:
        return NOTHING
    shared = _phi(one, two) if paired else 0.0
    a, b = proportion(one), proportion(two)
    down = _legs(a.value - a.low, b.high - b.value, shared)
    up = _legs(a.high - a.value, b.value - b.low, shared)
    gap = a.value - b.value
    return Estimate(gap, gap - down, gap + up, one.size)


def _legs(first: float, second: float, shared: float) -> float:
    return float(np.sqrt(max(first**2 - 2 * shared * first * second + second**2, 0.0)))


def _phi(first: npt.NDArray[np.bool_], second: npt.NDArray[np.bool_]) -> float:
    """Correlation of paired flags, half a run nearer to 0 where it is positive; 0 where one never varies."""
    if first.size != second.size:
        raise ValueError(f"paired runs are asked for, and there are {first.size} and {second.size} of them")
    n = first.size
    both, neither = int((first & second).sum()), int((~first & ~second).sum())
    cross = both * neither - int((first & ~second).sum()) * int((~first & second).sum())
    margins = float(first.sum()) * float((~first).sum()) * float(second.sum()) * float((~second).sum())
    if margins == 0:
        return 0.0
    return (max(cross - n / 2, 0.0) if cross > 0 else float(cross)) / float(np.sqrt(margins))


def mean(values: npt.ArrayLike) -> Estimate:
    """Mean over the runs in which a number exists, plus and minus 1.96 standard errors.

    >>> mean([1.0, 3.0, np.nan]).value
    2.0
    """
    there = _existing(values)
    if not there.size:
        return NOTHING
    middle = float(there.mean())
    half = CONFIDENCE * float(there.std(ddof=1)) / np.sqrt(there.size) if there.size > 1 else np.nan
    return Estimate(middle, float(middle - half), float(middle + half), there.size)


def difference_of_differences(
    first: tuple[npt.ArrayLike, npt.ArrayLike], second: tuple[npt.ArrayLike, npt.ArrayLike]
) -> Estimate:
    """One paired contrast minus another in the same runs: whether an effect is larger here than there.

    Parameters
    ----------
    first, second : pair of (run,) bool or float
        With and without, here and there; run i of all four met the same luck. NaN leaves a run out.

    Returns
    -------
    Estimate: the mean over runs plus and minus 1.96 standard errors.

    Raises
    ------
    ValueError
        The four are not as long as one another.

    >>> difference_of_differences(([1, 1], [0, 0]), ([1, 0], [0, 0])).value
    0.5
    """
    tables = [np.asarray(one, dtype=np.float64) for one in (*first, *second)]
    if len({one.shape for one in tables}) > 1:
        raise ValueError(
            f"paired runs are asked for, and there are {', '.join(str(one.size) for one in tables)} of them"
        )
    return mean((tables[0] - tables[1]) - (tables[2] - tables[3]))


def ratio(counts: npt.ArrayLike, exposure: npt.ArrayLike) -> Estimate:
    """Sum of counts over sum of exposures, (run,) each, as a rate; runs are the independent units.

    The interval is the estimate plus and minus 1.96 linearised standard errors, cut off at 0.  n is the
    number of runs with any exposure.

    Source: [Cochran1977]_, chapter 6.

    >>> ratio([1, 3], [2, 2]).value
    1.0
    """
    top, bottom = np.asarray(counts, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    runs, total = int((bottom > 0).sum()), float(bottom.sum())
    if total <= 0:
        return NOTHING
    rate = float(top.sum()) / total
    spread = np.sqrt(np.square(top - rate * bottom).sum() * runs / max(runs - 1, 1)) / total
    half = CONFIDENCE * float(spread) if runs > 1 else np.nan
    return Estimate(rate, max(rate - half, 0.0) if runs > 1 else np.nan, rate + half, runs)


def ratio_difference(
    first: tuple[npt.ArrayLike, npt.ArrayLike], second: tuple[npt.ArrayLike, npt.ArrayLike]
) -> Estimate:
    """First rate minus second rate in paired runs, plus and minus 1.96 linearised standard errors.

    Parameters
    ----------
    first, second : pair of (run,) float
        Counts and exposures; run i of both met the same luck.

    Returns
    -------
    Estimate, with n the runs that have an exposure in either.

    Source: [Cochran1977]_, chapter 6.

    >>> ratio_difference(([1, 3], [2, 2]), ([0, 2], [2, 2])).value
    0.5
    """
    tables = [np.asarray(one, dtype=np.float64) for one in (*first, *second)]
    if tables[1].sum() <= 0 or tables[3].sum() <= 0:
        return NOTHING
    rates = [float(tables[k].sum() / tables[k + 1].sum()) for k in (0, 2)]
    parts = [(tables[k] - rate * tables[k + 1]) / tables[k + 1].sum() for k, rate in zip((0, 2), rates, strict=True)]
    runs = int(((tables[1] > 0) | (tables[3] > 0)).sum())
    spread = np.sqrt(np.square(parts[0] - parts[1]).sum() * runs / max(runs - 1, 1))
    half, gap = CONFIDENCE * float(spread) if runs > 1 else np.nan, rates[0] - rates[1]
    return Estimate(gap, gap - half, gap + half, runs)


def quantile(values: npt.ArrayLike, level: float) -> Estimate:
    """Quantile over the runs, with the interval between two order statistics that holds in 95 % at least.

    Parameters
    ----------
    values : (run,) float
        NaN where the number does not exist in a run: that run is left out.
    level : float in (0, 1)

    Returns
    -------
    Estimate; an end that no order statistic can bound is infinite.

    Source: [Conover1999]_, section 3.2.
    """
    from scipy.stats import binom

    there = np.sort(_existing(values))
    if not there.size:
        return NOTHING
    n = there.size
    lower = int(binom.ppf(0.025, n, level))
    upper = int(binom.ppf(0.975, n, level)) + 1
    low = float(there[lower - 1]) if lower >= 1 else -np.inf
    high = float(there[upper - 1]) if upper <= n else np.inf
    return Estimate(float(np.quantile(there, level, method="inverted_cdf")), low, high, n)


def _existing(values: npt.ArrayLike) -> Array:
    numbers = np.asarray(values, dtype=np.float64)
    return numbers[~np.isnan(numbers)]
