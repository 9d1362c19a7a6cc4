"""What one vote says about a support that is itself uncertain: the ordered model with its support integrated out.

The support of a state for a text is normal beforehand, with a mean and a variance; the vote adds its own
standard normal luck. Everything here is in closed form. A vote is a code of `voting.OUTCOMES`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr, ndtr

from sim.theory.arrays import Array, BoolArray, Number
from sim.theory.voting import NO, YES, Votes

NARROWEST = 1e-12
LOG_ROOT_TWO_PI = 0.5 * np.log(2.0 * np.pi)


@dataclass(frozen=True)
class Site:
    """Evidence of each vote about its support, (states, texts); zero where nobody voted.

    `log_evidence` is the log probability of the vote, `slope` and `curvature` its first and its negative
    second derivative by the mean of the support, `by_upper` and `by_lower` its derivatives by the two borders.
    """

    log_evidence: Array
    slope: Array
    curvature: Array
    by_upper: Array
    by_lower: Array


def site(mean: Array, variance: Array, votes: Votes, upper: Array, lower: Array, seen: BoolArray) -> Site:
    """Evidence of votes about supports that are normal beforehand.

    Parameters
    ----------
    mean, variance : Array, (states, texts)
        Of the support beforehand, without the luck of the vote; variance zero or more.
    votes : int8 array, (states, texts)
        Codes of `voting.OUTCOMES`.
    upper, lower : Array, (texts,) or (states, texts)
        Borders of the band of abstention, upper above lower.
    seen : bool array, (states, texts)
        Where the vote counts.

    Returns
    -------
    Site

    Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.
    """
    spread = np.sqrt(1.0 + variance)
    high, low = (mean - lower) / spread, (mean - upper) / spread
    yes, no = votes == YES, votes == NO
    log_evidence = np.where(yes, log_ndtr(low), np.where(no, log_ndtr(-high), _between(low, high)))
    at_high = np.exp(np.where(yes, -np.inf, log_density(high) - log_evidence)) * np.where(no, -1.0, 1.0)
    at_low = np.exp(np.where(no, -np.inf, log_density(low) - log_evidence)) * np.where(yes, 1.0, -1.0)
    slope = at_high + at_low
    curvature = high * at_high + low * at_low + slope * slope
    parts = (log_evidence, slope / spread, curvature / spread**2, -at_low / spread, -at_high / spread)
    return Site(*(np.where(seen, part, 0.0) for part in parts))


def log_density(x: Array) -> Array:
    """Log of the standard normal density."""
    return np.asarray(-0.5 * x * x - LOG_ROOT_TWO_PI)


def _between(low: Array, high: Array) -> Array:
    """Log of Φ(high) − Φ(low), stable in both tails."""
    mirrored = low + high > 0.0
    top, bottom = np.where(mirrored, -low, high), np.where(mirrored, -high, low)
    above, below = log_ndtr(top), log_ndtr(bottom)
    between: Array = above + np.log(-np.expm1(np.minimum(below - above, -NARROWEST)))
    return between


def choice_probabilities(mean: Array, variance: Array, demand: Number, band: Number) -> Array:
    """Probability of yes, no and abstention of states whose support is uncertain.

    Parameters
    ----------
    mean, variance : Array, (states,)
        Of the support before demand, without the luck of the vote.
    demand : float or Array
        D, what the text asks for.
    band : float or Array
        Width of the band of abstention, zero or more.

    Returns
    -------
    Array, (states, 3)
        In the order of `voting.OUTCOMES`; they sum to one.

    >>> choice_probabilities(np.array([0.0]), np.array([0.0]), 0.0, 0.0).tolist()
    [[0.5, 0.5, 0.0]]
    """
    spread = np.sqrt(1.0 + variance)
    half = np.multiply(0.5, band)
    yes, no = ndtr((mean - demand - half) / spread), ndtr((demand - half - mean) / spread)
    return np.stack([yes, no, 1.0 - yes - no], axis=-1)
