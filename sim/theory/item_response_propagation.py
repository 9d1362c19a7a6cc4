"""Supports of all states for all texts from their votes, by expectation propagation.

Each state's supports are jointly normal beforehand (one covariance for all states); each vote is replaced by
the normal factor that leaves the same mean and variance. States are worked on together and never mixed.

Source: [Minka2001]_ (Minka, 2001); [RasmussenWilliams2006]_ (Rasmussen and Williams, 2006, section 3.6).
"""

from dataclasses import dataclass

import numpy as np

from sim.theory.arrays import Array, BoolArray
from sim.theory.item_response_site import Site, site
from sim.theory.voting import ABSENT, Votes

DAMPING = 0.8
SMALLEST = 1e-8
LEAST_LEFT = 1e-6


@dataclass(frozen=True)
class Propagated:
    """What votes say about supports.

    `mean` and `variance` are the posterior's, `pull` is the gradient of the evidence by the prior mean, `gain`
    the precision with which a state's votes speak, (states, texts, texts), `sites` and `precision`, `shift` the
    normal factors, `evidence` the log probability of all votes.
    """

    mean: Array
    variance: Array
    pull: Array
    gain: Array
    sites: Site
    precision: Array
    shift: Array
    evidence: float


def propagate(
    votes: Votes,
    prior_mean: Array,
    covariance: Array,
    upper: Array,
    lower: Array,
    *,
    start: tuple[Array, Array] | None = None,
    sweeps: int = 60,
    tolerance: float = 1e-6,
    damping: float = DAMPING,
) -> Propagated:
    """Posterior of every state's supports.

    Parameters
    ----------
    votes : int8 array, (states, texts)
        Codes of `voting.OUTCOMES`; an absence says nothing.
    prior_mean : Array, (states, texts)
        Supports beforehand.
    covariance : Array, (texts, texts)
        Covariance of any state's supports beforehand, positive definite.
    upper, lower : Array, (texts,) or (states, texts)
        Borders of the band of abstention, upper above lower.
    start : (precision, shift), each (states, texts), optional
        Factors to begin with.
    sweeps, tolerance : int, float
        When to stop: after so many sweeps, or when no precision moves by more.
    damping : float, in (0, 1]
        How far the factors move in a sweep; near the end the whole way is quicker.

    Returns
    -------
    Propagated

    Source: [RasmussenWilliams2006]_ (Rasmussen and Williams, 2006, section 3.6).
    """
    seen = votes != ABSENT
    precision, shift = (np.zeros(votes.shape),) * 2 if start is None else start
    precision, shift = precision * seen, shift * seen
    for _ in range(max(sweeps, 1)):
        gain = _gain(covariance, precision)
        spread_gain = covariance @ gain
        variance = np.diag(covariance) - np.einsum("nij,ji->ni", spread_gain, covariance)
        away = (shift - precision * prior_mean) @ covariance
        mean = prior_mean + away - np.einsum("nij,nj->ni", spread_gain, away)
        cavity = 1.0 / np.maximum(1.0 / variance - precision, LEAST_LEFT)
        centre = cavity * (mean / variance - shift)
        sites = site(centre, cavity, votes, upper, lower, seen)
        left = np.maximum(1.0 - cavity * np.maximum(sites.curvature, 0.0), LEAST_LEFT)
        sharper = np.where(seen, np.maximum(sites.curvature / left, SMALLEST), 0.0)
        shifted = np.where(seen, (sites.slope + centre * np.maximum(sites.curvature, 0.0)) / left, 0.0)
        moved = float(np.abs(sharper - precision).max(initial=0.0))
        precision = precision + damping * (sharper - precision)
        shift = shift + damping * (shifted - shift)
        if moved < tolerance:
            break
    deviation = shift - precision * prior_mean
    pull = deviation - np.einsum("nij,nj->ni", gain, deviation @ covariance)
    evidence = _evidence(sites, centre, cavity, precision, shift, prior_mean, covariance, gain, seen)
    return Propagated(mean, variance, pull, gain, sites, precision, shift, evidence)


def _gain(covariance: Array, precision: Array) -> Array:
    """(K + P⁻¹)⁻¹ by state, with zeros where a precision is zero."""
    root = np.sqrt(precision)
    inner = np.eye(covariance.shape[0]) + root[:, :, None] * covariance * root[:, None, :]
    gain: Array = root[:, :, None] * np.linalg.inv(inner) * root[:, None, :]
    return gain


def _evidence(
    sites: Site,
    centre: Array,
    cavity: Array,
    precision: Array,
    shift: Array,
    prior_mean: Array,
    covariance: Array,
    gain: Array,
    seen: BoolArray,
) -> float:
    """Approximate log probability of all votes."""
    safe = np.where(seen, precision, 1.0)
    target = np.where(seen, shift / safe, 0.0)
    wide = cavity + 1.0 / safe
    factors = sites.log_evidence + np.where(seen, 0.5 * np.log(wide) + 0.5 * (centre - target) ** 2 / wide, 0.0)
    root = np.sqrt(precision)
    inner = np.eye(covariance.shape[0]) + root[:, :, None] * covariance * root[:, None, :]
    volume = np.linalg.slogdet(inner)[1].sum() - np.where(seen, np.log(safe), 0.0).sum()
    off = np.where(seen, target - prior_mean, 0.0)
    return float(factors.sum() - 0.5 * volume - 0.5 * np.einsum("ni,nij,nj->", off, gain, off))
