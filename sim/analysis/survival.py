"""Waiting times that may be cut off: Kaplan-Meier curves, competing ends, medians and restricted means.

Times are whole weeks or any other numbers.  What is waited for in a result is said in `waiting`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.measures import NOTHING, Estimate
from sim.record.intervals import CONFIDENCE, wilson

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Curve:
    """A step function of time with its 95 % band; it holds from each time to the next.

    Parameters
    ----------
    times : (time,) float
        Where something ended or was cut off, ascending.
    value, low, high : (time,) float
        Share that has not ended (of `kaplan_meier`) or that has ended in one way (of `cumulative_incidence`).
    at_risk : (time,) int
        How many still stood just before.
    events : (time,) int
        How many ended then.
    start : float
        Value before the first time: 1 or 0.
    """

    times: Array
    value: Array
    low: Array
    high: Array
    at_risk: npt.NDArray[np.int64]
    events: npt.NDArray[np.int64]
    start: float = 1.0

    def at(self, time: float) -> Estimate:
        """Value at a time, with n the number still watched then; NaN beyond the last time watched."""
        if not self.times.size or time > self.times[-1]:
            return NOTHING
        row = int(np.searchsorted(self.times, time, side="right")) - 1
        n = int(self.at_risk[np.searchsorted(self.times, time)])
        if row < 0:
            low, high = wilson(self.start, n)
            return Estimate(self.start, float(low), float(high), n)
        return Estimate(float(self.value[row]), float(self.low[row]), float(self.high[row]), n)


def kaplan_meier(durations: npt.ArrayLike, observed: npt.ArrayLike, clusters: npt.ArrayLike | None = None) -> Curve:
    """Share that has not ended yet, by time, where some durations are cut off.

    Parameters
    ----------
    durations : (case,) float, at least 0
    observed : (case,) bool
        Whether the end was seen; otherwise the duration is cut off.  What is cut off at a time still stood
        when others ended then.
    clusters : (case,) int, optional
        Cases that belong together, as agreements of one run do; the band then counts clusters as the
        independent units.  Without them it is Greenwood's.

    Returns
    -------
    Curve with the band on the log-log scale, which stays in [0, 1].  While nothing has ended the band is
    Wilson's for the cases (or clusters) still watched; at 0 it is missing.

    Source: [KaplanMeier1958]_; band [Greenwood1926]_, [KalbfleischPrentice2002]_, [Wilson1927]_; clusters
    [YingWei1994]_.

    >>> kaplan_meier([1, 2, 3], [True, False, True]).value.round(4).tolist()
    [0.6667, 0.6667, 0.0]
    """
    duration, seen = np.asarray(durations, dtype=np.float64), np.asarray(observed, dtype=bool)
    times, at_risk, ended = _table(duration, seen)
    value = np.cumprod(1.0 - ended / at_risk, dtype=np.float64)
    if clusters is None:
        left = at_risk - ended
        variance = np.cumsum(np.divide(ended, at_risk * left, out=np.full(times.size, np.inf), where=left > 0))
        watched = at_risk
    else:
        variance, watched = _clustered(duration, seen, np.asarray(clusters), times, at_risk, ended)
    low, high = _log_log(value, variance)
    return Curve(times, value, np.where(value >= 1, wilson(1.0, watched)[0], low), high, at_risk, ended)


def _table(duration: Array, seen: Flags) -> tuple[Array, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Times, how many stood before each, how many ended at each."""
    times, place = np.unique(duration, return_inverse=True)
    leaving = np.bincount(place, minlength=times.size)
    ended = np.bincount(place, weights=seen, minlength=times.size).astype(np.int64)
    at_risk = duration.size - np.concatenate([[0], np.cumsum(leaving)[:-1]])[: times.size]
    return times, at_risk.astype(np.int64), ended


def _clustered(
    duration: Array, seen: Flags, clusters: npt.NDArray[np.generic], times: Array,
    at_risk: npt.NDArray[np.int64], ended: npt.NDArray[np.int64],
) -> tuple[Array, npt.NDArray[np.int64]]:  # fmt: skip
    """Variance of the log of the curve, by what each cluster adds to it; clusters watched at each time."""
    _, group = np.unique(clusters, return_inverse=True)
    groups = int(group.max(initial=-1)) + 1
    place = np.searchsorted(times, duration)
    ending, leaving = np.zeros((2, groups, times.size))
    np.add.at(ending, (group[seen], place[seen]), 1.0)
    np.add.at(leaving, (group, place), 1.0)
    standing = leaving[:, ::-1].cumsum(axis=1)[:, ::-1]
    # Where all that stood ended at once the curve is at 0 and has no band.
    own = np.cumsum((ending - standing * (ended / at_risk)) / np.maximum(at_risk - ended, 1), axis=1)
    variance = np.square(own).sum(axis=0) * groups / max(groups - 1, 1)
    return np.asarray(variance, dtype=np.float64), np.count_nonzero(standing, axis=0)


def _log_log(value: Array, variance: Array) -> tuple[Array, Array]:
    inside = (value > 0) & (value < 1)
    log = np.log(np.where(inside, value, 0.5))
    width = np.exp(CONFIDENCE * np.sqrt(np.where(inside, variance, 0.0)) / log)
    end = np.where(value >= 1, 1.0, np.nan)
    return np.where(inside, np.exp(log / width), end), np.where(inside, np.exp(log * width), end)


def cumulative_incidence(durations: npt.ArrayLike, causes: npt.ArrayLike) -> dict[int, Curve]:
    """Share that has ended in each of several ways, by time; the ways exclude one another.

    Parameters
    ----------
    durations : (case,) float
    causes : (case,) int
        How a case ended: 1, 2, ...; 0 where it was cut off.

    Returns
    -------
    Curve by cause.  At each time the curves and the share that still stands sum to 1.

    Source: [AalenJohansen1978]_; variance by the delta method [MarubiniValsecchi1995]_.

    >>> {cause: curve.value.tolist() for cause, curve in cumulative_incidence([1, 2], [1, 2]).items()}
    {1: [0.5, 0.5], 2: [0.0, 0.5]}
    """
    duration, cause = np.asarray(durations, dtype=np.float64), np.asarray(causes, dtype=np.int64)
    times, at_risk, ended = _table(duration, cause > 0)
    standing = np.cumprod(1.0 - ended / at_risk)
    before = np.concatenate([[1.0], standing[:-1]])[: times.size]
    curves = {}
    for one in np.unique(cause[cause > 0]):
        _, _, own = _table_of(duration, cause == one, times)
        value = np.cumsum(before * own / at_risk)
        spread = np.sqrt(_incidence_variance(value, before, at_risk, ended, own))
        low, high = _complement_log_log(value, spread)
        curves[int(one)] = Curve(times, value, low, high, at_risk, own, start=0.0)
    return curves


def _table_of(duration: Array, seen: Flags, times: Array) -> tuple[Array, None, npt.NDArray[np.int64]]:
    place = np.searchsorted(times, duration)
    return times, None, np.bincount(place, weights=seen, minlength=times.size).astype(np.int64)


def _incidence_variance(
    value: Array,
    before: Array,
    at_risk: npt.NDArray[np.int64],
    ended: npt.NDArray[np.int64],
    own: npt.NDArray[np.int64],
) -> Array:
    n = at_risk.astype(np.float64)
    left = np.maximum(n - ended, 1.0)
    greenwood = ended / (n * left)
    binomial = before**2 * own * (n - own) / n**3
    cross = before * own / n**2
    # Sums over the past of (I(t) - I(s))^2 g, b and -2 (I(t) - I(s)) c, expanded so that each is cumulative.
    squares = (
        value**2 * np.cumsum(greenwood) - 2 * value * np.cumsum(greenwood * value) + np.cumsum(greenwood * value**2)
    )
    mixed = value * np.cumsum(cross) - np.cumsum(cross * value)
    return np.maximum(squares + np.cumsum(binomial) - 2 * mixed, 0.0)


def _complement_log_log(value: Array, spread: Array) -> tuple[Array, Array]:
    """Band of an incidence on the log(-log) scale of its own value, in [0, 1]; no width at 0."""
    inside = (value > 0) & (value < 1)
    log = np.log(np.where(inside, value, 0.5))
    width = np.exp(CONFIDENCE * np.where(inside, spread, 0.0) / (np.where(inside, value, 0.5) * log))
    return np.where(inside, np.exp(log / width), value), np.where(inside, np.exp(log * width), value)


def median(curve: Curve) -> Estimate:
    """Time at which half has ended, with the interval in which the band holds one half.

    An end, or the median itself, is infinite where too few have ended for it.  n is the number of cases.

    Source: [BrookmeyerCrowley1982]_.

    >>> median(kaplan_meier([1, 2, 3, 4], [True] * 4)).value
    2.0
    """
    n = int(curve.at_risk[0]) if curve.times.size else 0
    if not n:
        return NOTHING
    return Estimate(_crossing(curve, curve.value), _crossing(curve, curve.low), _crossing(curve, curve.high), n)


def _crossing(curve: Curve, line: Array) -> float:
    """First time at which a falling line is at one half or below."""
    below = np.flatnonzero(np.nan_to_num(line, nan=0.0) <= 0.5 + 1e-12)
    return float(curve.times[below[0]]) if below.size else float("inf")


def restricted_mean(curve: Curve, horizon: float) -> Estimate:
    """Mean time until the end or the horizon, whichever comes first: the area under a Kaplan-Meier curve.

    Parameters
    ----------
    curve : Curve
        Of `kaplan_meier`.
    horizon : float
        Not beyond the last time watched, unless everything has ended by then.

    Returns
    -------
    Estimate with 1.96 standard errors to either side; NaN where the curve does not reach the horizon.

    Source: [KleinMoeschberger2003]_, section 4.5.

    >>> restricted_mean(kaplan_meier([1, 3], [True, True]), 4).value
    2.0
    """
    if not curve.times.size or (horizon > curve.times[-1] and curve.value[-1] > 0):
        return NOTHING
    inside = curve.times < horizon
    edges = np.concatenate([[0.0], curve.times[inside], [horizon]])
    areas = np.concatenate([[1.0], curve.value[inside]]) * np.diff(edges)
    left = areas.sum() - np.cumsum(areas)[:-1]
    at_risk, ended = curve.at_risk[inside], curve.events[inside]
    weight = np.divide(ended, at_risk * (at_risk - ended), out=np.zeros(left.size), where=at_risk > ended)
    half = CONFIDENCE * float(np.sqrt((left**2 * weight).sum()))
    total = float(areas.sum())
    return Estimate(total, total - half, total + half, int(curve.at_risk[0]))
