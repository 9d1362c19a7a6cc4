"""A regularised ordered-probit item-response model, fitted by its posterior mode; a vote is a number here.

A vote is yes if y* > h, no if y* < -h and an abstention between, where `y* = known * known_slope + trait *
slope - demand + noise`, the noise is standard normal and h is half the band. Absences are missing. The
analytic gradient goes to L-BFGS; every parameter has a normal prior (h a log-normal one).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_ndtr

Array = NDArray[np.float64]
LOG_ROOT_TWO_PI = 0.5 * np.log(2.0 * np.pi)
DEMAND_SD = 2.0
LOG_HALF_SD = 0.7


@dataclass(frozen=True)
class Prior:
    """Normal priors (mean, deviation) of the slopes of the trait and of the known covariate."""

    slope_mean: float = 0.0
    slope_sd: float = 2.0
    known_mean: float = 0.0
    known_sd: float = 1.0


@dataclass(frozen=True)
class Fit:
    """Posterior mode: traits by state, item parameters by text, standard errors of the traits."""

    trait: Array
    trait_se: Array
    slope: Array
    known_slope: Array
    demand: Array
    half: Array

    def index(self, known: Array) -> Array:
        """Latent support (states, texts), before noise."""
        return latent(known, self.trait, self.known_slope, self.slope, self.demand)


def latent(known: Array, trait: Array, known_slope: Array, slope: Array, demand: Array) -> Array:
    """Latent support (states, texts) without its noise."""
    return known[:, None] * known_slope + trait[:, None] * slope - demand


def log_density(x: Array) -> Array:
    """Log of the standard normal density."""
    return np.asarray(-0.5 * x * x - LOG_ROOT_TWO_PI)


def choice_log_probabilities(index: Array, half: Array) -> tuple[Array, Array, Array]:
    """Log probabilities of yes, abstention and no, stable in both tails.

    Parameters
    ----------
    index : (states, texts) latent support.
    half : (texts,) half of the abstention band, > 0.
    """
    away = np.abs(index)
    upper, lower = log_ndtr(half - away), log_ndtr(-half - away)
    abstain = upper + np.log(-np.expm1(lower - upper))
    return log_ndtr(index - half), abstain, log_ndtr(-index - half)


def choice_gradients(index: Array, half: Array) -> tuple[tuple[Array, Array, Array], tuple[Array, Array, Array]]:
    """Derivatives of the three log probabilities by the index and by half the band."""
    yes, abstain, no = choice_log_probabilities(index, half)
    up, down = log_density(index - half), log_density(index + half)
    yes_ratio, no_ratio = np.exp(up - yes), np.exp(down - no)
    above, below = np.exp(up - abstain), np.exp(down - abstain)
    return (yes_ratio, below - above, -no_ratio), (-yes_ratio, above + below, -no_ratio)


def pick(votes: Array, options: tuple[Array, Array, Array]) -> Array:
    """For each cell the option that was voted: 1 yes, 0 abstention, -1 no; zero where the vote is missing."""
    yes, abstain, no = options
    chosen = np.where(votes > 0.5, yes, np.where(votes < -0.5, no, abstain))
    return np.where(np.isnan(votes), 0.0, chosen)


def pack(trait: Array, slope: Array, known_slope: Array, demand: Array, log_half: Array) -> Array:
    """All parameters in one vector."""
    return np.concatenate([trait, slope, known_slope, demand, log_half])


def unpack(vector: Array, states: int, texts: int) -> tuple[Array, Array, Array, Array, Array]:
    """Inverse of `pack`."""
    edges = states + texts * np.arange(4)
    trait, slope, known_slope, demand, log_half = np.split(vector, edges)
    return trait, slope, known_slope, demand, log_half


def objective(vector: Array, votes: Array, weights: Array, known: Array, prior: Prior) -> tuple[float, Array]:
    """Negative log posterior and its gradient.

    A text's weight multiplies its votes and its item priors alike: it says how much the text tells about the
    traits, and leaves the text's own parameters, given the traits, untouched.
    """
    trait, slope, known_slope, demand, log_half = unpack(vector, *votes.shape)
    half = np.exp(log_half)
    index = latent(known, trait, known_slope, slope, demand)
    value = (pick(votes, choice_log_probabilities(index, half)) * weights).sum()
    by_index, by_half = (pick(votes, part) * weights for part in choice_gradients(index, half))
    deviation = [
        (slope - prior.slope_mean) / prior.slope_sd,
        (known_slope - prior.known_mean) / prior.known_sd,
        demand / DEMAND_SD,
        log_half / LOG_HALF_SD,
    ]
    value -= 0.5 * (trait**2).sum() + 0.5 * sum((weights * part**2).sum() for part in deviation)
    gradient = pack(
        (by_index * slope).sum(axis=1) - trait,
        (by_index * trait[:, None]).sum(axis=0) - weights * deviation[0] / prior.slope_sd,
        (by_index * known[:, None]).sum(axis=0) - weights * deviation[1] / prior.known_sd,
        -by_index.sum(axis=0) - weights * deviation[2] / DEMAND_SD,
        by_half.sum(axis=0) * half - weights * deviation[3] / LOG_HALF_SD,
    )
    return -float(value), -gradient


def information(index: Array, half: Array) -> Array:
    """Expected information of one vote about its latent index (states, texts)."""
    probabilities = choice_log_probabilities(index, half)
    by_index, _ = choice_gradients(index, half)
    return np.add.reduce([np.exp(p) * d * d for p, d in zip(probabilities, by_index, strict=True)], axis=0)


def standard_errors(votes: Array, weights: Array, index: Array, slope: Array, half: Array) -> Array:
    """Standard errors of the traits from the diagonal of the expected Hessian, prior included."""
    cast = np.where(np.isnan(votes), 0.0, weights)
    return 1.0 / np.sqrt(1.0 + (cast * slope**2 * information(index, half)).sum(axis=1))


def fit(votes: Array, weights: Array, known: Array, prior: Prior, start: Array) -> Fit:
    """Posterior mode of traits and item parameters, on a scale where the traits have mean 0 and deviation 1.

    Parameters
    ----------
    votes : (states, texts) 1 yes, 0 abstention, -1 no, NaN not voting.
    weights : (texts,) in (0, 1], what a text counts for the traits.
    known : (states,) covariate with a slope of its own; zeros if there is none.
    prior : priors of the slopes.
    start : (states,) first guess of the traits.
    """
    states, texts = votes.shape
    zero = np.zeros(texts)
    first = pack(start, zero + max(prior.slope_mean, 0.5), zero + prior.known_mean, zero, zero)
    found = minimize(
        objective,
        first,
        args=(votes, weights, known, prior),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 5000, "maxfun": 6000, "ftol": 1e-14, "gtol": 1e-7, "maxcor": 30},
    )
    trait, slope, known_slope, demand, log_half = unpack(found.x, states, texts)
    half = np.exp(log_half)
    se = standard_errors(votes, weights, latent(known, trait, known_slope, slope, demand), slope, half)
    centre, scale = trait.mean(), trait.std()
    return Fit((trait - centre) / scale, se / scale, slope * scale, known_slope, demand - slope * centre, half)
