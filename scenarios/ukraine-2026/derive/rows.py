"""One row of the table of estimates, and the small statistics that several rows share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from sim.theory.arrays import Array

NORMAL_90 = 1.6448536269514722


@dataclass(frozen=True)
class Row:
    """An estimate with its 90% interval, unit, number of observations, window, source and method."""

    parameter: str
    estimate: float
    standard_error: float
    low: float
    high: float
    unit: str
    n: int
    window: str
    source: str
    method: str


def significant(value: float, digits: int = 3) -> float:
    """Number rounded to significant digits."""
    if not np.isfinite(value) or value == 0:
        return value
    return round(value, digits - 1 - int(np.floor(np.log10(abs(value)))))


def normal_interval(estimate: float, error: float) -> tuple[float, float]:
    """90% interval of a normal estimate."""
    return estimate - NORMAL_90 * error, estimate + NORMAL_90 * error


def rate_interval(count: float, exposure: float) -> tuple[float, float]:
    """Exact 90% interval of a Poisson rate."""
    low = chi2.ppf(0.05, 2 * count) / 2 if count else 0.0
    return low / exposure, chi2.ppf(0.95, 2 * (count + 1)) / 2 / exposure


def persistence(series: Array) -> float:
    """First autocorrelation."""
    centred = series - series.mean()
    return float((centred[1:] * centred[:-1]).sum() / (centred**2).sum())


def mean_and_error(series: Array) -> tuple[float, float]:
    """Mean and its standard error, widened for first-order autocorrelation."""
    rho = min(max(persistence(series), 0.0), 0.95)
    error = series.std(ddof=1) / np.sqrt(len(series)) * np.sqrt((1 + rho) / (1 - rho))
    return float(series.mean()), float(error)


def trend(series: Array) -> tuple[float, float]:
    """Slope of a series on its index and its standard error, widened for autocorrelated residuals."""
    time = np.arange(len(series)) - (len(series) - 1) / 2
    slope = float((time * series).sum() / (time**2).sum())
    residual = series - series.mean() - slope * time
    rho = min(max(persistence(residual), 0.0), 0.95)
    error = np.sqrt((residual**2).sum() / (len(series) - 2) / (time**2).sum() * (1 + rho) / (1 - rho))
    return slope, float(error)


def ratio_and_error(upper: Array, lower: Array) -> tuple[float, float]:
    """Ratio of two sums and its linearised standard error over the periods."""
    ratio = float(upper.sum() / lower.sum())
    error = np.sqrt(((upper - ratio * lower) ** 2).sum() * len(upper) / (len(upper) - 1)) / lower.sum()
    return ratio, float(error)


def with_error(
    parameter: str, pair: tuple[float, float], unit: str, n: int, window: str, source: str, method: str
) -> Row:
    """Row of an estimate with a standard error and a normal interval."""
    low, high = normal_interval(*pair)
    return Row(parameter, pair[0], pair[1], low, high, unit, n, window, source, method)


def with_range(
    parameter: str,
    triple: tuple[float, float, float],
    unit: str,
    n: int,
    window: str,
    source: str,
    method: str,
) -> Row:
    """Row of an estimate with a range and no standard error."""
    return Row(parameter, triple[0], float("nan"), triple[1], triple[2], unit, n, window, source, method)
