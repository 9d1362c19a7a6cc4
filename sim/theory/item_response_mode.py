"""A regularised ordered item-response model, fitted by its posterior mode with an analytic gradient.

Every parameter has a normal prior (half the band a log-normal one). What a single vote says is in
`item_response`; the same model with its trait integrated out is in `item_response_marginal`.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from sim.theory.arrays import Array
from sim.theory.item_response import choice_gradients, choice_log_probabilities, information, latent, pick

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


def standard_errors(votes: Array, weights: Array, index: Array, slope: Array, half: Array) -> Array:
    """Standard errors of the traits from the diagonal of the expected Hessian, prior included."""
    cast = np.where(np.isnan(votes), 0.0, weights)
    return np.asarray(1.0 / np.sqrt(1.0 + (cast * slope**2 * information(index, half)).sum(axis=1)))


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
