"""What a coming text will demand: demand and band predicted from those of like texts, with their uncertainty."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from sim.theory.arrays import Array
from sim.theory.text_likeness import Likeness, item_covariance

DEMAND = {"common": 2.0, "kind": 1.5, "family": 0.7, "period": 0.7, "kind_period": 1.0, "family_period": 0.5}
LOG_BAND = {"common": 0.3, "kind": 0.3, "family": 0.15, "period": 0.15}
DEMAND_NUGGET, LOG_BAND_NUGGET = 0.4, 0.1
FATIGUE_SD = 0.5
YEARS = 2.0
MEAN_DEMAND, MEAN_LOG_BAND = -2.0, float(np.log(6.0))
FURTHEST = 60.0


@dataclass(frozen=True)
class Coming:
    """Demand and log of the band of a coming text, means and variances, in units of a vote's luck."""

    demand: float
    demand_variance: float
    log_band: float
    log_band_variance: float


def coming_text(
    demand: Array, log_band: Array, alike: Likeness, looseness: Array, fatigue: Array | None = None
) -> Coming:
    """Demand and band of the last of some texts, from those of the others.

    How far fatigue widens the band is not known beforehand: the log of the band moves with it by a coefficient with
    mean zero and deviation `FATIGUE_SD`.

    Parameters
    ----------
    demand, log_band : Array, (texts − 1,)
        Of the texts before.
    alike : Likeness
        Of all texts, the coming one last.
    looseness : Array, (texts − 1,)
        Further deviation of each text's demand, zero or more: how little it tells.
    fatigue : Array, (texts,), optional
        Weariness of the Assembly at each text, in [0, 1].

    Returns
    -------
    Coming

    Source: [RasmussenWilliams2006]_ (Rasmussen and Williams, 2006, section 2.2).
    """
    tired = np.zeros(len(alike)) if fatigue is None else fatigue
    widened = item_covariance(alike, LOG_BAND, YEARS) + FATIGUE_SD**2 * np.multiply.outer(tired, tired)
    asked = _predicted(demand - MEAN_DEMAND, item_covariance(alike, DEMAND, YEARS), DEMAND_NUGGET, looseness)
    band = _predicted(log_band - MEAN_LOG_BAND, widened, LOG_BAND_NUGGET, looseness * LOG_BAND["common"])
    return Coming(MEAN_DEMAND + asked[0], asked[1], MEAN_LOG_BAND + band[0], band[1])


def _predicted(gaps: Array, covariance: Array, nugget: float, looseness: Array) -> tuple[float, float]:
    known = covariance[:-1, :-1] + np.diag(nugget**2 + looseness**2)
    weights = np.linalg.solve(known, covariance[:-1, -1]) if len(gaps) else np.zeros(0)
    variance = covariance[-1, -1] + nugget**2 - float((weights * covariance[:-1, -1]).sum())
    return float((weights * gaps).sum()), variance


def carried_demand(alike: Likeness, looseness: Array) -> Array:
    """Correlation of what each of some coming texts demands with what the one before it does.

    Parameters
    ----------
    alike : Likeness
        Of all texts, the coming ones last and in the order of their days.
    looseness : Array, (texts before,)
        As in `coming_text`; its length says how many texts came before.

    Returns
    -------
    Array, (coming texts − 1,)
        In (−1, 1), given the demands of the texts before.

    Source: [RasmussenWilliams2006]_ (Rasmussen and Williams, 2006, section 2.2).
    """
    covariance, number = item_covariance(alike, DEMAND, YEARS), len(looseness)
    noisy = covariance + DEMAND_NUGGET**2 * np.eye(len(alike))
    noisy[:number, :number] += np.diag(looseness**2)
    across = covariance[:number, number:]
    left = noisy[number:, number:] - across.T @ np.linalg.solve(noisy[:number, :number], across)
    deviation = np.sqrt(np.diag(left))
    return np.asarray(np.diag(left, 1) / (deviation[:-1] * deviation[1:]))


def demand_of_totals(mean: Array, variance: Array, yes: int, no: int, abstain: int) -> tuple[float, float]:
    """Demand and band under which states' supports give the totals of a vote.

    Parameters
    ----------
    mean, variance : Array, (states,)
        Supports without demand.
    yes, no, abstain : int
        Totals; half a vote stands for none.

    Returns
    -------
    demand, band : float
        In units of a vote's luck.

    Raises
    ------
    ValueError
        Nobody voted.

    >>> demand, band = demand_of_totals(np.zeros(4), np.zeros(4), 2, 2, 0)
    >>> abs(demand) < 1e-9, band < 0.7
    (True, True)
    """
    if yes + no + abstain < 1:
        raise ValueError("the totals of a vote in which nobody voted say nothing")
    counts = np.maximum(np.array([yes, no, abstain], dtype=np.float64), 0.5)
    shares = counts / counts.sum()
    spread = np.sqrt(1.0 + variance)
    upper = _root(lambda cut: float(ndtr((mean - cut) / spread).mean()) - shares[0])
    lower = _root(lambda cut: shares[1] - float(ndtr((cut - mean) / spread).mean()))
    return 0.5 * (upper + lower), upper - lower


def _root(gap: Callable[[float], float]) -> float:
    return float(brentq(gap, -FURTHEST, FURTHEST))
